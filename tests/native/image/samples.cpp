// The writers of the samples. The CRC here is computed bit by bit, on purpose otherwise than in
// src/image, so that one checks the other.
#include "image/samples.h"

namespace vitrine::testing {

namespace {

std::uint32_t crc_by_bits(const std::string& bytes) {
  std::uint32_t crc = 0xFFFFFFFFu;
  for (const char byte : bytes) {
    crc ^= static_cast<unsigned char>(byte);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320u : 0);
  }
  return ~crc;
}

std::string zeroes(int count) { return std::string(static_cast<std::size_t>(count), '\0'); }

const std::string kPngStart = "\x89PNG\r\n\x1a\n";

}  // namespace

std::string big_endian(std::uint64_t number, int size) {
  std::string bytes;
  for (int shift = 8 * (size - 1); shift >= 0; shift -= 8)
    bytes += static_cast<char>(number >> shift & 0xFF);
  return bytes;
}

std::string little_endian(std::uint64_t number, int size) {
  const std::string bytes = big_endian(number, size);
  return {bytes.rbegin(), bytes.rend()};
}

std::string png_chunk(const std::string& type, const std::string& data) {
  return big_endian(data.size(), 4) + type + data + big_endian(crc_by_bits(type + data), 4);
}

std::string png_header(std::uint32_t width, std::uint32_t height) {
  const std::string rgba_of_8_bits("\x08\x06\0\0\0", 5);
  return kPngStart +
         png_chunk("IHDR", big_endian(width, 4) + big_endian(height, 4) + rgba_of_8_bits);
}

std::string png(std::uint32_t width, std::uint32_t height) {
  return png_header(width, height) + png_chunk("tEXt", "Title") + png_chunk("IDAT", zeroes(20)) +
         png_chunk("IEND", "");
}

std::string animated_png(std::uint32_t width, std::uint32_t height, std::uint32_t frames) {
  return png_header(width, height) + png_chunk("acTL", big_endian(frames, 4) + zeroes(4)) +
         png_chunk("IDAT", zeroes(20)) + png_chunk("IEND", "");
}

std::string jpeg_segment(int marker, const std::string& data) {
  return "\xFF" + big_endian(static_cast<std::uint64_t>(marker), 1) +
         big_endian(data.size() + 2, 2) + data;
}

std::string jpeg_frame(int marker, int bits, int width, int height) {
  const std::string one_component("\x01\x01\x11\0", 4);
  return jpeg_segment(marker, big_endian(static_cast<std::uint64_t>(bits), 1) +
                                  big_endian(static_cast<std::uint64_t>(height), 2) +
                                  big_endian(static_cast<std::uint64_t>(width), 2) + one_component);
}

std::string jpeg(int width, int height, const std::string& before) {
  const std::string scan_header("\x01\x01\0\0\x3f\0", 6);
  // A stuffed FF, a restart marker and fill bytes, which all belong to the scan.
  const std::string pixels("ab\xFF\0cd\xFF\xD3xy\xFF\xFF\0z", 14);
  return "\xFF\xD8" + jpeg_segment(0xE0, std::string("JFIF\0", 5)) + before +
         jpeg_segment(0xC4, zeroes(17)) + jpeg_frame(0xC0, 8, width, height) +
         jpeg_segment(0xDA, scan_header) + pixels + jpeg_segment(0xDA, scan_header) + "more" +
         "\xFF\xD9";
}

std::string exif(int orientation, bool little_endian_order) {
  const auto number = [&](std::uint64_t value, int size) {
    return little_endian_order ? little_endian(value, size) : big_endian(value, size);
  };
  const std::string software = number(0x0131, 2) + number(2, 2) + number(3, 4) + "ab" + zeroes(2);
  const std::string entry = number(0x0112, 2) + number(3, 2) + number(1, 4) +
                            number(static_cast<std::uint64_t>(orientation), 2) + zeroes(2);
  const std::string tiff = (little_endian_order ? "II" : "MM") + number(42, 2) + number(8, 4) +
                           number(2, 2) + software + entry + number(0, 4);
  return jpeg_segment(0xE1, std::string("Exif\0\0", 6) + tiff);
}

std::string gif_frame(int left, int top, int width, int height) {
  std::string frame = ",";
  for (const int number : {left, top, width, height})
    frame += little_endian(static_cast<std::uint64_t>(number), 2);
  const std::string two_colours = "\x80" + zeroes(6);
  return frame + two_colours + "\x02" + "\x03" + "abc" + "\x01" + "d" + zeroes(1);
}

std::string gif(int width, int height, int frames) {
  const std::string comment = std::string("!\xFE\x05hello", 8) + zeroes(1);
  std::string file = "GIF89a" + little_endian(static_cast<std::uint64_t>(width), 2) +
                     little_endian(static_cast<std::uint64_t>(height), 2) + "\x81" + zeroes(2) +
                     zeroes(12) + comment;
  for (int i = 0; i < frames; ++i) file += gif_frame(0, 0, width, height);
  return file + ";";
}

std::string webp_chunk(const std::string& type, const std::string& data) {
  return type + little_endian(data.size(), 4) + data + (data.size() % 2 != 0 ? zeroes(1) : "");
}

std::string webp_file(const std::string& chunks) {
  return "RIFF" + little_endian(chunks.size() + 4, 4) + "WEBP" + chunks;
}

std::string webp_lossy_data(int width, int height) {
  const std::uint64_t key_frame_with_partition_of_5_bytes = 5u << 5;
  return little_endian(key_frame_with_partition_of_5_bytes, 3) + "\x9d\x01\x2a" +
         little_endian(static_cast<std::uint64_t>(width), 2) +
         little_endian(static_cast<std::uint64_t>(height), 2) + "pixel";
}

std::string webp_lossless_data(int width, int height) {
  const auto bits = static_cast<std::uint64_t>(width - 1) | static_cast<std::uint64_t>(height - 1)
                                                                << 14;
  return "/" + little_endian(bits, 4) + "pixels";
}

std::string webp_canvas(int width, int height) {
  return webp_chunk("VP8X", zeroes(4) + little_endian(static_cast<std::uint64_t>(width - 1), 3) +
                                little_endian(static_cast<std::uint64_t>(height - 1), 3));
}

std::string webp_frame(const std::string& chunks) {
  return webp_chunk("ANMF", zeroes(16) + chunks);
}

std::string box(const std::string& type, const std::string& data) {
  return big_endian(data.size() + 8, 4) + type + data;
}

std::string full_box(const std::string& type, int version, int flags, const std::string& data) {
  return box(type, big_endian(static_cast<std::uint64_t>(version), 1) +
                       big_endian(static_cast<std::uint64_t>(flags), 3) + data);
}

std::string avif(int width, int height, const std::string& transforms, int transform_count) {
  const auto extent = [](int w, int h) {
    return full_box("ispe", 0, 0,
                    big_endian(static_cast<std::uint64_t>(w), 4) +
                        big_endian(static_cast<std::uint64_t>(h), 4));
  };
  std::string primary =
      big_endian(2, 2) + big_endian(1u + static_cast<unsigned>(transform_count), 1);
  for (int i = 0; i <= transform_count; ++i)
    primary += big_endian(0x82u + static_cast<unsigned>(i), 1);
  const std::string associations = big_endian(2, 4) + big_endian(1, 2) + "\x01\x01" + primary;
  const std::string meta =
      full_box("hdlr", 0, 0, zeroes(20)) + full_box("pitm", 0, 0, big_endian(2, 2)) +
      box("iprp", box("ipco", extent(1, 1) + extent(width, height) + transforms) +
                      full_box("ipma", 0, 0, associations));
  return box("ftyp", "avif" + zeroes(4) + "mif1miaf") + full_box("meta", 0, 0, meta) +
         box("mdat", "pixels");
}

std::string avif_movie(std::uint32_t samples) {
  const std::string sizes = full_box("stsz", 0, 0, zeroes(4) + big_endian(samples, 4));
  const std::string track = box("trak", box("mdia", box("minf", box("stbl", sizes))));
  return box("moov", full_box("mvhd", 0, 0, zeroes(8)) + track);
}

}  // namespace vitrine::testing
