// Pictures for tests, built byte by byte: right in everything that sniffing looks at, with pixels
// that no decoder would thank us for.
#pragma once

#include <cstdint>
#include <string>

namespace vitrine::testing {

// Whole numbers of `size` bytes, most or least significant byte first.
std::string big_endian(std::uint64_t number, int size);
std::string little_endian(std::uint64_t number, int size);

// A PNG chunk with its length and its CRC.
std::string png_chunk(const std::string& type, const std::string& data);
std::string png_header(std::uint32_t width, std::uint32_t height);
std::string png(std::uint32_t width, std::uint32_t height);
std::string animated_png(std::uint32_t width, std::uint32_t height, std::uint32_t frames);

// A JPEG segment: marker, length, data.
std::string jpeg_segment(int marker, const std::string& data);
std::string jpeg_frame(int marker, int bits, int width, int height);
// `before` is put ahead of the frame.
std::string jpeg(int width, int height, const std::string& before = "");
// The segment APP1 with this orientation, in either byte order.
std::string exif(int orientation, bool little_endian_order);

std::string gif_frame(int left, int top, int width, int height);
std::string gif(int width, int height, int frames = 1);

std::string webp_chunk(const std::string& type, const std::string& data);
std::string webp_file(const std::string& chunks);
std::string webp_lossy_data(int width, int height);
std::string webp_lossless_data(int width, int height);
std::string webp_canvas(int width, int height);
std::string webp_frame(const std::string& chunks);

// A box of ISO/IEC 14496-12: length, type, data; a full box adds version and flags.
std::string box(const std::string& type, const std::string& data);
std::string full_box(const std::string& type, int version, int flags, const std::string& data);
// Two items, a thumbnail of 1 x 1 first; the second one is primary, has this size, and
// `transforms` (boxes irot and imir) after it.
std::string avif(int width, int height, const std::string& transforms = "",
                 int transform_count = 0);
// A track of that many samples, in a moov box.
std::string avif_movie(std::uint32_t samples);

}  // namespace vitrine::testing
