// Buffer: bytes that are written once, one after the other, and read in place. Unlike a std::string
// it fills nothing and terminates nothing, so that writing is one comparison and one copy.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

namespace vitrine {

class Buffer {
 public:
  Buffer() = default;
  Buffer(Buffer&& other) noexcept { swap(other); }
  Buffer& operator=(Buffer&& other) noexcept {
    swap(other);
    return *this;
  }

  // Where at least `size_bytes` more may be written; take() then says how many were. The address is
  // aligned as all sizes taken so far allow, and good until the next room(). Fails with
  // std::bad_alloc.
  char* room(std::size_t size_bytes) {
    if (capacity_ - size_ < size_bytes) grow(size_bytes);
    return data_.get() + size_;
  }
  void take(std::size_t size_bytes) { size_ += size_bytes; }
  void append(std::string_view bytes) {
    if (bytes.empty()) return;
    std::memcpy(room(bytes.size()), bytes.data(), bytes.size());
    take(bytes.size());
  }

  // Empty again; the memory is kept.
  void clear() { size_ = 0; }
  char* data() const { return data_.get(); }
  std::size_t size() const { return size_; }
  std::string_view view() const { return {data_.get(), size_}; }

 private:
  struct Free {
    void operator()(char* bytes) const { std::free(bytes); }
  };

  void swap(Buffer& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
  }
  void grow(std::size_t size_bytes);

  std::unique_ptr<char, Free> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace vitrine
