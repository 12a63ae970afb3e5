// See the header. Doubling keeps the number of copies small; realloc often needs none.
#include "base/buffer.h"

#include <algorithm>
#include <new>

namespace vitrine {
namespace {

// The first piece, enough for the rows of an ordinary request.
constexpr std::size_t kLeastBytes = 4096;

}  // namespace

void Buffer::grow(std::size_t size_bytes) {
  const std::size_t wanted = std::max({kLeastBytes, capacity_ * 2, size_ + size_bytes});
  auto* grown = static_cast<char*>(std::realloc(data_.get(), wanted));
  if (grown == nullptr) throw std::bad_alloc();
  static_cast<void>(data_.release());
  data_.reset(grown);
  capacity_ = wanted;
}

}  // namespace vitrine
