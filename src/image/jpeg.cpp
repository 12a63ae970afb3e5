// JPEG: ITU-T T.81, annex B (markers and segments); EXIF in the segment APP1.
#include <cstdint>

#include "image/byte_reader.h"
#include "image/formats.h"
#include "image/limits.h"

namespace vitrine::image {

namespace {

constexpr std::string_view kName = "JPEG";
constexpr std::string_view kExifPrefix("Exif\0\0", 6);

constexpr std::uint8_t kMarkerPrefix = 0xFF;
constexpr std::uint8_t kTemporary = 0x01;
constexpr std::uint8_t kFirstRestart = 0xD0;
constexpr std::uint8_t kStartOfImage = 0xD8;
constexpr std::uint8_t kEndOfImage = 0xD9;
constexpr std::uint8_t kStartOfScan = 0xDA;
constexpr std::uint8_t kApp1 = 0xE1;

// Markers without a segment behind them (B.1.1.3).
bool stands_alone(std::uint8_t marker) {
  return marker == kTemporary || (marker >= kFirstRestart && marker <= kEndOfImage);
}

// Start of frame: C0 to CF but for the tables DHT, JPG and DAC.
bool is_frame(std::uint8_t marker) {
  return (marker & 0xF0) == 0xC0 && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

std::uint8_t next_marker(ByteReader& reader) {
  if (reader.u8() != kMarkerPrefix) fail_damaged(kName, "a segment has the wrong length");
  std::uint8_t marker = reader.u8();
  while (marker == kMarkerPrefix) marker = reader.u8();  // fill bytes
  return marker;
}

// Over the compressed pixels, up to the marker that ends them; FF 00 is a pixel's FF, and restart
// markers belong to them.
void skip_scan(ByteReader& reader) {
  while (true) {
    const auto prefix = reader.rest().find(static_cast<char>(kMarkerPrefix));
    if (prefix == std::string_view::npos) fail_cut_short(kName);
    reader.skip(prefix);
    if (reader.remaining() < 2) fail_cut_short(kName);
    const auto marker = static_cast<std::uint8_t>(reader.rest()[1]);
    const bool is_restart = marker >= kFirstRestart && marker < kStartOfImage;
    if (marker != 0 && !is_restart && marker != kMarkerPrefix) return;
    reader.skip(marker == kMarkerPrefix ? 1 : 2);
  }
}

void read_frame(std::uint8_t marker, ByteReader segment, ImageFacts& facts) {
  // Baseline, extended and progressive, 8 bits a sample: what browsers decode.
  const std::uint8_t bits = segment.u8();
  if (marker > 0xC2 || bits != 8)
    fail_image("unsupported",
               "This is a rare kind of JPEG picture that browsers do not show: save it as an "
               "ordinary JPEG.");
  const std::uint16_t height = segment.u16_be();
  const std::uint16_t width = segment.u16_be();
  check_size(width, height);
  facts.width = width;
  facts.height = height;
}

void read_app1(ByteReader segment, ImageFacts& facts) {
  const std::string_view data = segment.rest();
  if (data.substr(0, kExifPrefix.size()) == kExifPrefix)
    facts.orientation = exif_orientation(data.substr(kExifPrefix.size()));
}

}  // namespace

bool is_jpeg(std::string_view bytes) { return bytes.substr(0, 3) == "\xFF\xD8\xFF"; }

void read_jpeg(std::string_view bytes, ImageFacts& facts) {
  ByteReader reader(bytes, kName);
  reader.skip(2);
  facts.format = Format::jpeg;
  bool has_pixels = false;
  while (true) {
    const std::uint8_t marker = next_marker(reader);
    if (marker == kEndOfImage) break;
    if (stands_alone(marker)) continue;
    const std::uint16_t size = reader.u16_be();
    if (size < 2) fail_damaged(kName, "a segment has the wrong length");
    const ByteReader segment = reader.part(size - 2u);
    if (is_frame(marker)) {
      if (facts.width != 0) fail_damaged(kName, "it has two sizes");
      read_frame(marker, segment, facts);
    }
    if (marker == kApp1) read_app1(segment, facts);
    if (marker != kStartOfScan) continue;
    if (facts.width == 0) fail_damaged(kName, "its pixels come before its size");
    has_pixels = true;
    skip_scan(reader);
  }
  if (!has_pixels) fail_damaged(kName, "it holds no pixels");
}

}  // namespace vitrine::image
