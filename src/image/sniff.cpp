// Choosing the format by the first bytes.
#include "image/sniff.h"

#include <string>

#include "base/check.h"
#include "image/formats.h"
#include "image/limits.h"

namespace vitrine::image {

namespace {

struct Reader {
  bool (*begins)(std::string_view);
  ImageFacts (*read)(std::string_view);
};

constexpr Reader kReaders[] = {{is_jpeg, read_jpeg},
                               {is_png, read_png},
                               {is_gif, read_gif},
                               {is_webp, read_webp},
                               {is_avif, read_avif}};

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

std::string_view file_extension(Format format) {
  // The second halves of the MIME types, but for the one everybody shortens.
  return format == Format::jpeg ? "jpg" : mimetype(format).substr(sizeof("image/") - 1);
}

ImageFacts sniff(std::string_view bytes) {
  if (bytes.empty()) fail_image("empty", "This file is empty: choose another.");
  for (const Reader& reader : kReaders) {
    if (!reader.begins(bytes)) continue;
    if (bytes.size() > kMaxBytes)
      fail_image("too_large", "This picture takes " + std::to_string(bytes.size() >> 20) +
                                  " MB, over the limit of " + std::to_string(kMaxBytes >> 20) +
                                  " MB: make it smaller.");
    const ImageFacts facts = reader.read(bytes);
    VITRINE_CHECK(facts.width > 0 && facts.width <= kMaxSide && facts.height > 0 &&
                  facts.height <= kMaxSide);
    return facts;
  }
  fail_foreign(bytes);
}

}  // namespace vitrine::image
