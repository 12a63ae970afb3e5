// WebP: RFC 9649: the container (RIFF, VP8X, ANMF), lossy frames (VP8, RFC 6386 section 9.1) and
// lossless ones (VP8L, section 3.4).
#include <cstdint>

#include "image/byte_reader.h"
#include "image/formats.h"
#include "image/limits.h"

namespace vitrine::image {

namespace {

constexpr std::string_view kName = "WebP";
constexpr std::string_view kLossyStart = "\x9d\x01\x2a";
constexpr std::uint8_t kLosslessStart = 0x2F;
constexpr std::uint32_t kFourteenBits = 0x3FFF;
constexpr std::uint32_t kFrameHeaderBytes = 16;

struct Size {
  std::int64_t width = 0;
  std::int64_t height = 0;
};

struct Chunk {
  std::string_view type;
  ByteReader data;
};

// Chunks are padded to an even length; the padding of the last one is often left out.
Chunk next_chunk(ByteReader& reader) {
  const std::string_view type = reader.take(4);
  const std::uint32_t size = reader.u32_le();
  Chunk chunk{type, reader.part(size)};
  if (size % 2 != 0 && !reader.at_end()) reader.skip(1);
  return chunk;
}

Size lossy_size(ByteReader data) {
  const std::uint32_t tag = data.u24_le();
  if ((tag & 1) != 0 || data.take(3) != kLossyStart) fail_damaged(kName, "no key frame");
  const std::uint32_t width = data.u16_le() & kFourteenBits;
  const std::uint32_t height = data.u16_le() & kFourteenBits;
  // The first partition's length is in the tag's upper 19 bits.
  if (data.remaining() < tag >> 5) fail_cut_short(kName);
  return {width, height};
}

Size lossless_size(ByteReader data) {
  if (data.u8() != kLosslessStart) fail_damaged(kName, "no lossless frame");
  const std::uint32_t bits = data.u32_le();
  if (bits >> 29 != 0) fail_damaged(kName, "an unknown version");
  return {(bits & kFourteenBits) + 1, (bits >> 14 & kFourteenBits) + 1};
}

// The size of a chunk that holds pixels; of any other, nothing (0 x 0).
Size pixels_size(const Chunk& chunk) {
  if (chunk.type == "VP8 ") return lossy_size(chunk.data);
  if (chunk.type == "VP8L") return lossless_size(chunk.data);
  return {};
}

// The animation frame's chunks, of which one holds pixels.
void check_frame(ByteReader data) {
  data.skip(kFrameHeaderBytes);
  while (!data.at_end()) {
    const Size size = pixels_size(next_chunk(data));
    if (size.width > 0) return check_size(size.width, size.height);
  }
  fail_damaged(kName, "a frame without pixels");
}

Size canvas_size(ByteReader data) {
  data.skip(4);  // flags, which only repeat which chunks follow
  const std::int64_t width = data.u24_le() + 1;
  const std::int64_t height = data.u24_le() + 1;
  return {width, height};
}

}  // namespace

bool is_webp(std::string_view bytes) {
  return bytes.size() >= 12 && bytes.substr(0, 4) == "RIFF" && bytes.substr(8, 4) == "WEBP";
}

void read_webp(std::string_view bytes, ImageFacts& facts) {
  ByteReader file(bytes, kName);
  file.skip(4);
  ByteReader reader = file.part(file.u32_le());
  reader.skip(4);
  Chunk chunk = next_chunk(reader);
  const bool is_extended = chunk.type == "VP8X";
  Size size = is_extended ? canvas_size(chunk.data) : pixels_size(chunk);
  check_size(size.width, size.height);
  facts.format = Format::webp;
  facts.width = static_cast<int>(size.width);
  facts.height = static_cast<int>(size.height);
  int frames = is_extended ? 0 : 1;
  while (is_extended && !reader.at_end()) {
    chunk = next_chunk(reader);
    const Size pixels = pixels_size(chunk);
    if (chunk.type == "ANMF") check_frame(chunk.data);
    if (pixels.width > 0) check_size(pixels.width, pixels.height);
    if (chunk.type == "ANMF" || pixels.width > 0) check_frames(++frames);
  }
  if (frames == 0) fail_damaged(kName, "it holds no pixels");
  facts.frames = frames;
}

}  // namespace vitrine::image
