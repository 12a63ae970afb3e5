// The formats, one function and one file each. Internal to the room: sniff() chooses among them.
#pragma once

#include <string_view>

#include "image/sniff.h"

namespace vitrine::image {

// Whether the bytes begin as this format does.
bool is_jpeg(std::string_view bytes);
bool is_png(std::string_view bytes);
bool is_gif(std::string_view bytes);
bool is_webp(std::string_view bytes);
bool is_avif(std::string_view bytes);

// Read the facts of bytes that begin so. Fail with IMAGE as sniff() does; `facts` then has what
// came before the failure.
void read_jpeg(std::string_view bytes, ImageFacts& facts);
void read_png(std::string_view bytes, ImageFacts& facts);
void read_gif(std::string_view bytes, ImageFacts& facts);
void read_webp(std::string_view bytes, ImageFacts& facts);
void read_avif(std::string_view bytes, ImageFacts& facts);

// The orientation in an EXIF block (from its TIFF header on), 1 when it has none or makes no sense:
// no viewer refuses a picture for its EXIF.
int exif_orientation(std::string_view tiff);

// Fails with IMAGE for bytes of no format above, naming what they are where that can be told.
[[noreturn]] void fail_foreign(std::string_view bytes);

}  // namespace vitrine::image
