// Bytes of no format the catalog shows, named so that people know what to do about them.
#include <algorithm>
#include <string>

#include "base/text.h"
#include "image/formats.h"
#include "image/limits.h"

namespace vitrine::image {

namespace {

constexpr std::string_view kAccepted = "JPEG, PNG, GIF, WebP or AVIF";
// How far into a text a tag is looked for: comments and declarations may come first.
constexpr std::size_t kTextBytes = 4096;

struct Known {
  std::string_view magic;
  std::string_view name;
};

constexpr Known kKnown[] = {
    {"BM", "Windows bitmap (BMP)"},
    {std::string_view("II*\0", 4), "TIFF picture or camera's raw file"},
    {std::string_view("MM\0*", 4), "TIFF picture or camera's raw file"},
    {"%PDF", "PDF document"},
    {"8BPS", "Photoshop file"},
    {std::string_view("\0\0\1\0", 4), "Windows icon (ICO)"},
    {"\xFF\x0A", "JPEG XL picture"},
    {std::string_view("\0\0\0\x0CJXL ", 8), "JPEG XL picture"},
    {std::string_view("\0\0\0\x0CjP  ", 8), "JPEG 2000 picture"},
    {"PK\3\4", "ZIP archive or office document"},
    {"\x1A\x45\xDF\xA3", "video"},
};

// HEIF containers with other pictures than AV1's: brands of ISO/IEC 23008-12 and Apple's.
bool is_heic(std::string_view bytes) {
  if (bytes.size() < 12 || bytes.substr(4, 4) != "ftyp") return false;
  const std::string_view brand = bytes.substr(8, 4);
  constexpr std::string_view kBrands[] = {"heic", "heix", "hevc", "hevx",
                                          "heim", "heis", "mif1", "msf1"};
  return std::find(std::begin(kBrands), std::end(kBrands), brand) != std::end(kBrands);
}

bool contains_tag(std::string_view text, std::string_view tag) {
  const auto same_letter = [](char a, char b) { return (a | 0x20) == (b | 0x20); };
  return std::search(text.begin(), text.end(), tag.begin(), tag.end(), same_letter) != text.end();
}

// Text in UTF-8 (the cut may fall inside of a character) without control characters.
bool is_text(std::string_view start) {
  const auto malformed = first_malformed_byte(start);
  if (malformed.has_value() && start.size() - *malformed >= 4) return false;
  return std::none_of(start.begin(), start.end(), [](char character) {
    const auto byte = static_cast<unsigned char>(character);
    return byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t' && byte != '\f';
  });
}

[[noreturn]] void fail_text(std::string_view start) {
  if (contains_tag(start, "<svg"))
    fail_image("svg", "This is an SVG drawing, which can hold programs: save it as PNG.");
  if (contains_tag(start, "<html") || contains_tag(start, "<!doctype html"))
    fail_image("html",
               "This is a web page, not a picture: open its address in a browser and save the "
               "picture itself.");
  fail_image("not_an_image", "This is a text, not a picture, whatever its name says: choose a " +
                                 std::string(kAccepted) + " file.");
}

}  // namespace

void fail_foreign(std::string_view bytes) {
  if (is_heic(bytes))
    fail_image("heic",
               "This is a HEIC photo (of an iPhone, probably), which browsers do not show: export "
               "it as JPEG.");
  for (const Known& known : kKnown) {
    if (bytes.substr(0, known.magic.size()) != known.magic) continue;
    fail_image("unsupported", "This is a " + std::string(known.name) + ": save the picture as " +
                                  std::string(kAccepted) + ".");
  }
  const std::string_view start = bytes.substr(0, kTextBytes);
  if (is_text(start)) fail_text(start);
  fail_image("not_an_image", "These bytes are no picture that Vitrine knows: choose a " +
                                 std::string(kAccepted) + " file.");
}

}  // namespace vitrine::image
