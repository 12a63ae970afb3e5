// Choosing the format by the first bytes.
#include "image/sniff.h"

#include <string>

#include "base/check.h"
#include "base/error.h"
#include "image/formats.h"
#include "image/limits.h"

namespace vitrine::image {

namespace {

struct Reader {
  bool (*begins)(std::string_view);
  void (*read)(std::string_view, ImageFacts&);
};

constexpr Reader kReaders[] = {{is_jpeg, read_jpeg},
                               {is_png, read_png},
                               {is_gif, read_gif},
                               {is_webp, read_webp},
                               {is_avif, read_avif}};

const Reader& reader_of(std::string_view start) {
  if (start.empty()) fail_image("empty", "This file is empty: choose another.");
  for (const Reader& reader : kReaders) {
    if (reader.begins(start)) return reader;
  }
  fail_foreign(start);
}

void check_file_size(std::size_t bytes) {
  if (bytes <= kMaxBytes) return;
  fail_image("too_large", "This picture takes " + std::to_string(bytes >> 20) +
                              " MB, over the limit of " + std::to_string(kMaxBytes >> 20) +
                              " MB: make it smaller.");
}

}  // namespace

std::string_view mimetype(Format format) {
  switch (format) {
    case Format::jpeg:
      return "image/jpeg";
    case Format::png:
      return "image/png";
    case Format::gif:
      return "image/gif";
    case Format::webp:
      return "image/webp";
    case Format::avif:
      return "image/avif";
  }
  return {};
}

ImageFacts sniff_beginning(std::string_view start, std::size_t file_bytes) {
  const Reader& reader = reader_of(start);
  check_file_size(file_bytes);
  ImageFacts facts;
  try {
    reader.read(start, facts);
  } catch (const Error& error) {
    if (error.failure().reason != kCutShort) throw;
  }
  return facts;
}

ImageFacts sniff(std::string_view bytes) {
  const Reader& reader = reader_of(bytes);
  check_file_size(bytes.size());
  ImageFacts facts;
  reader.read(bytes, facts);
  VITRINE_CHECK(facts.width > 0 && facts.width <= kMaxSide && facts.height > 0 &&
                facts.height <= kMaxSide);
  return facts;
}

}  // namespace vitrine::image
