// ByteReader: a place in a run of bytes that belongs to somebody else, and never leaves it.
// Whatever a damaged file claims about itself, reading beyond the end fails with IMAGE, truncated.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "image/limits.h"

namespace vitrine::image {

class ByteReader {
 public:
  // `format` names the picture's format in failures; both must outlive the reader.
  ByteReader(std::string_view bytes, std::string_view format) : bytes_(bytes), format_(format) {}

  bool at_end() const { return bytes_.empty(); }
  std::size_t remaining() const { return bytes_.size(); }
  // All that is left, without taking it.
  std::string_view rest() const { return bytes_; }

  // The next `size` bytes.
  std::string_view take(std::uint64_t size) {
    if (size > bytes_.size()) fail_cut_short(format_);
    const std::string_view taken = bytes_.substr(0, static_cast<std::size_t>(size));
    bytes_.remove_prefix(taken.size());
    return taken;
  }
  // A reader of the next `size` bytes alone.
  ByteReader part(std::uint64_t size) { return {take(size), format_}; }
  void skip(std::uint64_t size) { take(size); }

  std::uint8_t u8() { return static_cast<std::uint8_t>(take(1)[0]); }
  std::uint16_t u16_be() { return static_cast<std::uint16_t>(big_endian(2)); }
  std::uint32_t u32_be() { return static_cast<std::uint32_t>(big_endian(4)); }
  std::uint64_t u64_be() { return big_endian(8); }
  std::uint16_t u16_le() { return static_cast<std::uint16_t>(little_endian(2)); }
  std::uint32_t u24_le() { return static_cast<std::uint32_t>(little_endian(3)); }
  std::uint32_t u32_le() { return static_cast<std::uint32_t>(little_endian(4)); }

  // Whole numbers of 0 to 8 bytes.
  std::uint64_t big_endian(std::size_t size) {
    std::uint64_t number = 0;
    for (const char byte : take(size)) number = number << 8 | static_cast<unsigned char>(byte);
    return number;
  }
  std::uint64_t little_endian(std::size_t size) {
    std::uint64_t number = 0;
    int shift = 0;
    for (const char byte : take(size)) {
      number |= static_cast<std::uint64_t>(static_cast<unsigned char>(byte)) << shift;
      shift += 8;
    }
    return number;
  }

 private:
  std::string_view bytes_;
  std::string_view format_;
};

}  // namespace vitrine::image
