// PNG: W3C "Portable Network Graphics (Third Edition)", sections 5 (chunks) and 11 (IHDR, acTL).
#include <array>
#include <cstdint>

#include "image/byte_reader.h"
#include "image/formats.h"
#include "image/limits.h"

namespace vitrine::image {

namespace {

constexpr std::string_view kName = "PNG";
constexpr std::string_view kSignature = "\x89PNG\r\n\x1a\n";
constexpr std::uint32_t kHeaderBytes = 13;
constexpr std::uint32_t kMaxChunkBytes = 0x7FFFFFFF;

// CRC-32 as in annex D.
std::uint32_t crc_of(std::string_view bytes) {
  static const auto kTable = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < table.size(); ++i) {
      std::uint32_t value = i;
      for (int bit = 0; bit < 8; ++bit) value = (value >> 1) ^ ((value & 1) != 0 ? 0xEDB88320u : 0);
      table[i] = value;
    }
    return table;
  }();
  std::uint32_t crc = 0xFFFFFFFFu;
  for (const char byte : bytes)
    crc = kTable[(crc ^ static_cast<unsigned char>(byte)) & 0xFF] ^ (crc >> 8);
  return ~crc;
}

// One chunk; `checked` is type and data, which the CRC covers.
struct Chunk {
  std::string_view type;
  std::string_view data;
  std::string_view checked;
  std::uint32_t crc;
};

Chunk next_chunk(ByteReader& reader) {
  const std::uint32_t size = reader.u32_be();
  if (size > kMaxChunkBytes) fail_damaged(kName, "a chunk of over 2 GB");
  const std::string_view checked = reader.take(std::uint64_t{4} + size);
  return {checked.substr(0, 4), checked.substr(4), checked, reader.u32_be()};
}

// Only chunks that a number is taken from are checked: the pixels are the decoder's affair, and
// checking 25 MB would take longer than all the rest.
ByteReader checked_data(const Chunk& chunk) {
  if (crc_of(chunk.checked) != chunk.crc) fail_damaged(kName, "its header fails its checksum");
  return {chunk.data, kName};
}

void read_header(const Chunk& chunk, ImageFacts& facts) {
  if (chunk.type != "IHDR" || chunk.data.size() != kHeaderBytes)
    fail_damaged(kName, "it does not begin with a header");
  ByteReader header = checked_data(chunk);
  const std::uint32_t width = header.u32_be();
  const std::uint32_t height = header.u32_be();
  check_size(width, height);
  facts.width = static_cast<int>(width);
  facts.height = static_cast<int>(height);
}

}  // namespace

bool is_png(std::string_view bytes) { return bytes.substr(0, kSignature.size()) == kSignature; }

void read_png(std::string_view bytes, ImageFacts& facts) {
  ByteReader reader(bytes, kName);
  reader.skip(kSignature.size());
  facts.format = Format::png;
  read_header(next_chunk(reader), facts);
  bool has_pixels = false;
  while (true) {
    const Chunk chunk = next_chunk(reader);
    if (chunk.type == "IEND") break;
    if (chunk.type == "IDAT") has_pixels = true;
    // Viewers leave one aside that is damaged.
    if (chunk.type == "eXIf" && !has_pixels && crc_of(chunk.checked) == chunk.crc)
      facts.orientation = exif_orientation(chunk.data);
    // An animation announces its frames before its first pixels; later it is ignored, as 11.3.6
    // says.
    if (chunk.type == "acTL" && !has_pixels) {
      const std::uint32_t frames = checked_data(chunk).u32_be();
      check_frames(frames);
      if (frames > 0) facts.frames = static_cast<int>(frames);
    }
  }
  if (!has_pixels) fail_damaged(kName, "it holds no pixels");
}

}  // namespace vitrine::image
