// EXIF orientation: Exif 2.32, 4.6 (the TIFF structure) and table 4 (tag 0x0112, a SHORT from 1 to
// 8).
#include <cstdint>

#include "image/formats.h"

namespace vitrine::image {

namespace {

constexpr std::uint32_t kOrientationTag = 0x0112;
constexpr std::uint32_t kShortType = 3;
constexpr std::size_t kEntryBytes = 12;

// Reads numbers in either byte order; beyond the end there are zeroes, which mean nothing here.
struct Tiff {
  std::string_view bytes;
  bool little_endian;

  std::uint32_t number(std::size_t at, std::size_t size) const {
    std::uint32_t value = 0;
    if (at > bytes.size() || size > bytes.size() - at) return 0;
    for (std::size_t i = 0; i < size; ++i) {
      const std::size_t place = little_endian ? at + size - 1 - i : at + i;
      value = value << 8 | static_cast<unsigned char>(bytes[place]);
    }
    return value;
  }
};

}  // namespace

int exif_orientation(std::string_view tiff) {
  const bool little_endian = tiff.substr(0, 2) == "II";
  if (!little_endian && tiff.substr(0, 2) != "MM") return 1;
  const Tiff reader{tiff, little_endian};
  if (reader.number(2, 2) != 42) return 1;
  const std::size_t directory = reader.number(4, 4);
  const std::uint32_t entries = reader.number(directory, 2);
  for (std::uint32_t i = 0; i < entries; ++i) {
    const std::size_t entry = directory + 2 + i * kEntryBytes;
    if (entry + kEntryBytes > tiff.size()) return 1;
    if (reader.number(entry, 2) != kOrientationTag) continue;
    const std::uint32_t orientation = reader.number(entry + 8, 2);
    const bool is_valid =
        reader.number(entry + 2, 2) == kShortType && orientation >= 1 && orientation <= 8;
    return is_valid ? static_cast<int>(orientation) : 1;
  }
  return 1;
}

}  // namespace vitrine::image
