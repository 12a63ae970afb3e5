// What the fuzzer found once: each input is judged without a mistake, whatever is in it. The corpus
// reaches every line of this room that a file can reach (npm run torture -- fuzz).
#include <doctest/doctest.h>

#include <set>
#include <sstream>
#include <string>

#include "base/base64.h"
#include "base/error.h"
#include "image/any_bytes.h"
#include "image/sniff.h"
#include "support/source_file.h"

namespace vitrine::image_corpus_test {

#if VITRINE_HAS_FILES

using namespace vitrine::testing;

namespace {

// "image/png", or the reason of the refusal.
std::string verdict(const std::string& bytes) {
  try {
    return std::string(image::mimetype(image::sniff(bytes).format));
  } catch (const Error& error) {
    return error.failure().reason;
  }
}

}  // namespace

TEST_CASE("what the fuzzer found is judged without a mistake") {
  std::istringstream lines(source_file("tests/fuzz/image.corpus"));
  std::set<std::string> verdicts;
  for (std::string line; std::getline(lines, line);) {
    const auto bytes = base64_decode(line);
    REQUIRE_MESSAGE(bytes, line);
    CHECK_MESSAGE(wrong_about(*bytes) == "", line);
    verdicts.insert(verdict(*bytes));
  }
  for (const char* format : {"jpeg", "png", "gif", "webp", "avif"})
    CHECK_MESSAGE(verdicts.count(std::string("image/") + format) == 1, format);
  for (const char* reason :
       {"not_an_image", "heic", "svg", "html", "unsupported", "truncated", "damaged",
        "empty_picture", "too_wide", "too_many_pixels", "too_many_frames"})
    CHECK_MESSAGE(verdicts.count(reason) == 1, reason);
}

#endif

}  // namespace vitrine::image_corpus_test
