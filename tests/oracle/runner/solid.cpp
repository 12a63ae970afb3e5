// See the header: PNG as a palette of one colour, its pixels all zero, in stored blocks.
#include "runner/solid.h"

#include <array>
#include <cmath>
#include <cstdint>

#include "image/limits.h"
#include "image/sniff.h"

namespace vitrine::oracle {
namespace {

constexpr std::size_t kStoredBytes = 65535;

std::string number(std::uint32_t value, int bytes) {
  std::string text;
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
    text += static_cast<char>(value >> shift & 0xFF);
  return text;
}

std::uint32_t crc_of(const std::string& text) {
  std::uint32_t crc = 0xFFFFFFFFu;
  for (const char byte : text) {
    crc ^= static_cast<unsigned char>(byte);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320u : 0);
  }
  return ~crc;
}

std::string chunk(const std::string& type, const std::string& data) {
  const std::string checked = type + data;
  return number(static_cast<std::uint32_t>(data.size()), 4) + checked + number(crc_of(checked), 4);
}

// `size` zeros as a zlib stream. Their Adler-32 is 1 and their number modulo 65521.
std::string zeros(std::size_t size) {
  std::string stream = "\x78\x01";
  for (std::size_t left = size; left > 0;) {
    const std::size_t part = std::min(left, kStoredBytes);
    left -= part;
    stream += left == 0 ? '\1' : '\0';
    for (const std::size_t length : {part, part ^ 0xFFFF}) {
      stream += static_cast<char>(length & 0xFF);
      stream += static_cast<char>(length >> 8);
    }
    stream.append(part, '\0');
  }
  return stream + number(static_cast<std::uint32_t>(size % 65521), 2) + number(1, 2);
}

// What follows a chunk's type, its first `size` bytes.
std::string_view data_of(std::string_view bytes, std::string_view type, std::size_t size) {
  const std::size_t at = bytes.find(type);
  return at == std::string_view::npos ? std::string_view() : bytes.substr(at + 4, size);
}

int byte_of(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

std::string exif_segment(int orientation) {
  const std::string tiff = std::string("MM\0*\0\0\0\x8\0\1\x1\x12\0\3\0\0\0\1", 18) +
                           number(static_cast<std::uint32_t>(orientation), 2) +
                           std::string(6, '\0');
  const std::string data = std::string("Exif\0\0", 6) + tiff;
  return "\xFF\xE1" + number(static_cast<std::uint32_t>(data.size()) + 2, 2) + data;
}

Colour colour_of(const Json& image) {
  Colour colour;
  if (image.contains("rgb")) {
    const Json& rgb = image.at("rgb");
    colour = {rgb[0].get<int>(), rgb[1].get<int>(), rgb[2].get<int>()};
  }
  if (image.contains("alpha")) {
    const double alpha = std::stod(image.at("alpha").get<std::string>());
    colour.alpha = static_cast<int>(std::lround(alpha * 255));
  }
  return colour;
}

std::string whole(const Json& image) {
  if (image.contains("text")) return image.at("text").get<std::string>();
  const auto format = image.at("format").get<std::string>();
  const int width = image.at("width").get<int>();
  const int height = image.at("height").get<int>();
  if (format == "png") return solid_png(width, height, colour_of(image));
  const int orientation = image.value("exif_orientation", 0);
  const std::string segments = orientation == 0 ? "" : exif_segment(orientation);
  if (format == "jpeg") return solid_jpeg(width, height, colour_of(image), segments);
  if (format == "gif") return solid_gif(width, height);
  if (format == "webp") return solid_webp(width, height);
  // Formats that the catalog refuses by their first bytes.
  return format == "bmp" ? "BM" + std::string(60, '\0') : std::string("II*\0", 4);
}

}  // namespace

std::string solid_png(int width, int height, Colour colour) {
  const auto row = static_cast<std::size_t>((width + 7) / 8 + 1);
  const std::string header = number(static_cast<std::uint32_t>(width), 4) +
                             number(static_cast<std::uint32_t>(height), 4) +
                             std::string("\1\3\0\0\0", 5);
  const std::string palette = number(static_cast<std::uint32_t>(colour.red), 1) +
                              number(static_cast<std::uint32_t>(colour.green), 1) +
                              number(static_cast<std::uint32_t>(colour.blue), 1);
  return "\x89PNG\r\n\x1a\n" + chunk("IHDR", header) + chunk("PLTE", palette) +
         chunk("tRNS", number(static_cast<std::uint32_t>(colour.alpha), 1)) +
         chunk("IDAT", zeros(row * static_cast<std::size_t>(height))) + chunk("IEND", "");
}

Colour read_solid_png(std::string_view bytes) {
  const std::string_view palette = data_of(bytes, "PLTE", 3);
  const std::string_view alpha = data_of(bytes, "tRNS", 1);
  if (palette.size() < 3 || alpha.empty()) image::fail_damaged("PNG", "not of one colour");
  return {byte_of(palette, 0), byte_of(palette, 1), byte_of(palette, 2), byte_of(alpha, 0)};
}

std::string generated(const Json& image) {
  const std::string bytes = whole(image);
  const auto size = static_cast<double>(bytes.size()) * image.value("truncate", 1.0);
  return bytes.substr(0, static_cast<std::size_t>(size));
}

Json probe(std::string_view bytes) {
  const image::ImageFacts facts = image::sniff(bytes);
  const bool is_png = facts.format == image::Format::png;
  const Colour colour = is_png ? read_solid_png(bytes) : read_solid_jpeg(bytes);
  return {{"format", is_png ? "png" : "jpeg"},
          {"width", facts.width},
          {"height", facts.height},
          {"frames", facts.frames},
          {"rgb", {colour.red, colour.green, colour.blue}},
          {"alpha", std::round(colour.alpha / 25.5) / 10},
          {"has_exif", bytes.find("Exif") != std::string_view::npos}};
}

std::string SolidScaler::scale(std::string_view bytes, image::Size to) {
  const bool is_png = image::sniff(bytes).format == image::Format::png;
  return is_png ? solid_png(to.width, to.height, read_solid_png(bytes))
                : solid_jpeg(to.width, to.height, read_solid_jpeg(bytes));
}

}  // namespace vitrine::oracle
