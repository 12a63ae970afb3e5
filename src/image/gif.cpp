// GIF: CompuServe "Graphics Interchange Format, Version 89a", sections 15 to 27 (blocks).
#include <cstdint>

#include "image/byte_reader.h"
#include "image/formats.h"
#include "image/limits.h"

namespace vitrine::image {

namespace {

constexpr std::string_view kName = "GIF";
constexpr std::uint8_t kExtension = 0x21;
constexpr std::uint8_t kImage = 0x2C;
constexpr std::uint8_t kTrailer = 0x3B;

// The colour table that the flags of a descriptor announce: 2 to 256 colours of three bytes.
void skip_colour_table(ByteReader& reader, std::uint8_t flags) {
  if ((flags & 0x80) != 0) reader.skip(3u << ((flags & 0x07) + 1));
}

// Runs of up to 255 bytes; an empty one ends them.
void skip_sub_blocks(ByteReader& reader) {
  while (const std::uint8_t size = reader.u8()) reader.skip(size);
}

void skip_frame(ByteReader& reader) {
  const std::uint16_t left = reader.u16_le();
  const std::uint16_t top = reader.u16_le();
  const std::uint16_t width = reader.u16_le();
  const std::uint16_t height = reader.u16_le();
  // A frame may be larger than the screen it is drawn on, and viewers then grow the screen.
  check_size(left + width, top + height);
  skip_colour_table(reader, reader.u8());
  reader.skip(1);  // the code size of the compressed pixels
  skip_sub_blocks(reader);
}

}  // namespace

bool is_gif(std::string_view bytes) {
  return bytes.substr(0, 6) == "GIF87a" || bytes.substr(0, 6) == "GIF89a";
}

void read_gif(std::string_view bytes, ImageFacts& facts) {
  ByteReader reader(bytes, kName);
  reader.skip(6);
  facts.format = Format::gif;
  facts.width = reader.u16_le();
  facts.height = reader.u16_le();
  check_size(facts.width, facts.height);
  const std::uint8_t flags = reader.u8();
  reader.skip(2);  // background colour and pixel aspect ratio
  skip_colour_table(reader, flags);
  facts.frames = 0;
  while (true) {
    const std::uint8_t block = reader.u8();
    if (block == kTrailer) break;
    if (block == kExtension) {
      reader.skip(1);  // its label
      skip_sub_blocks(reader);
    } else if (block == kImage) {
      check_frames(++facts.frames);
      skip_frame(reader);
    } else {
      fail_damaged(kName, "an unknown block");
    }
  }
  if (facts.frames == 0) fail_damaged(kName, "it holds no pixels");
}

}  // namespace vitrine::image
