// Sniffing as a whole: each format is told by its bytes, cut and damaged files are refused, and
// whatever bytes come, the answer is facts or IMAGE.
#include "image/sniff.h"

#include <doctest/doctest.h>

#include <random>
#include <vector>

#include "image/limits.h"
#include "image/samples.h"
#include "support/caught.h"
#include "support/seed.h"

namespace vitrine::image_sniff_test {

using namespace vitrine::image;
using namespace vitrine::testing;

namespace {

struct Sample {
  Format format;
  std::string bytes;
};

// Each is 300 x 200.
std::vector<Sample> samples() {
  return {{Format::jpeg, jpeg(300, 200)},
          {Format::jpeg, jpeg(300, 200, exif(6, true))},
          {Format::png, png(300, 200)},
          {Format::png, animated_png(300, 200, 3)},
          {Format::gif, gif(300, 200)},
          {Format::webp, webp_file(webp_chunk("VP8 ", webp_lossy_data(300, 200)))},
          {Format::webp, webp_file(webp_chunk("VP8L", webp_lossless_data(300, 200)))},
          {Format::webp,
           webp_file(webp_canvas(300, 200) + webp_chunk("VP8 ", webp_lossy_data(300, 200)))},
          {Format::avif, avif(300, 200, box("irot", big_endian(1, 1)), 1)}};
}

std::string reason_for(const std::string& bytes) {
  const Failure failure = caught([&] { sniff(bytes); });
  CHECK(failure.code == Code::image);
  CHECK(failure.message.size() > 30);
  return failure.reason;
}

}  // namespace

TEST_CASE("each format is told by its bytes, with its stored size") {
  for (const Sample& sample : samples()) {
    const ImageFacts facts = sniff(sample.bytes);
    CHECK(facts.format == sample.format);
    CHECK(facts.width == 300);
    CHECK(facts.height == 200);
  }
}

TEST_CASE("formats have MIME types") {
  CHECK(mimetype(Format::jpeg) == "image/jpeg");
  CHECK(mimetype(Format::avif) == "image/avif");
}

TEST_CASE("a file cut short anywhere is refused, in every format") {
  for (const Sample& sample : samples()) {
    for (std::size_t size = 16; size < sample.bytes.size(); ++size) {
      const std::string reason = reason_for(sample.bytes.substr(0, size));
      CHECK_MESSAGE(reason == "truncated", mimetype(sample.format) << " cut to " << size);
    }
  }
}

TEST_CASE("the first bytes of a picture alone are refused too") {
  for (const Sample& sample : samples()) {
    for (std::size_t size = 1; size < 16; ++size) reason_for(sample.bytes.substr(0, size));
  }
}

TEST_CASE("bytes after the end of a picture do no harm") {
  for (const Sample& sample : samples()) {
    // In AVIF whatever follows is a box.
    if (sample.format != Format::avif) CHECK(sniff(sample.bytes + "trailing").width == 300);
  }
}

TEST_CASE("changed bytes give facts within the limits, or IMAGE, and nothing else") {
  std::mt19937 random(seed_or(20261122));
  for (const Sample& sample : samples()) {
    for (int round = 0; round < 2000; ++round) {
      std::string bytes = sample.bytes;
      for (int change = 0; change <= round % 4; ++change)
        bytes[random() % bytes.size()] = static_cast<char>(random());
      try {
        const ImageFacts facts = sniff(bytes);
        CHECK(static_cast<std::int64_t>(facts.width) * facts.height <= kMaxPixels);
        CHECK(facts.frames <= kMaxFrames);
      } catch (const Error& error) {
        CHECK(error.code() == Code::image);
      }
    }
  }
}

TEST_CASE("the beginning of a file tells its size, or refuses it, as far as its header goes") {
  const std::string photo = jpeg(300, 200, exif(6, true)) + std::string(10'000, 'x');
  const ImageFacts begun = sniff_beginning(std::string_view(photo).substr(0, 200), photo.size());
  CHECK(begun.format == Format::jpeg);
  CHECK(begun.display_width() == 200);
  CHECK(begun.display_height() == 300);
  CHECK(sniff_beginning(std::string_view(photo).substr(0, 20), photo.size()).width == 0);
  const auto reason = [](const std::string& start, std::size_t file_bytes) {
    return caught([&] { sniff_beginning(start, file_bytes); }).reason;
  };
  CHECK(reason(jpeg(65'535, 65'535).substr(0, 60), 90'000) == "too_wide");
  CHECK(reason(png(10'000, 10'000).substr(0, 40), 90'000) == "too_many_pixels");
  CHECK(reason(png(3, 2).substr(0, 40), kMaxBytes + 1) == "too_large");
  CHECK(reason("<html>", 90'000) == "html");
}

TEST_CASE("an empty file is refused as such") { CHECK(reason_for("") == "empty"); }

TEST_CASE("a picture over 25 MB is refused") {
  CHECK(reason_for(png(3, 2) + std::string(kMaxBytes, 'x')) == "too_large");
}

TEST_CASE("a bomb is refused by its header") {
  CHECK(reason_for(png(30'000, 30'000)) == "too_wide");
  CHECK(reason_for(png(10'000, 10'000)) == "too_many_pixels");
  CHECK(reason_for(png(0x80000000u, 1)) == "too_wide");
  CHECK(reason_for(jpeg(65'535, 65'535)) == "too_wide");
  CHECK(reason_for(gif(65'535, 10)) == "too_wide");
  CHECK(reason_for(webp_file(webp_chunk("VP8L", webp_lossless_data(16'384, 16'384)))) ==
        "too_many_pixels");
  CHECK(reason_for(avif(20'000, 20'000)) == "too_wide");
}

TEST_CASE("the largest picture allowed is taken") {
  CHECK(sniff(png(16'384, 3'000)).width == 16'384);
  CHECK(sniff(png(10'000, 5'000)).height == 5'000);
}

TEST_CASE("a picture without a side is refused") {
  CHECK(reason_for(png(0, 5)) == "empty_picture");
  CHECK(reason_for(jpeg(5, 0)) == "empty_picture");
  CHECK(reason_for(gif(0, 0)) == "empty_picture");
  CHECK(reason_for(avif(0, 1)) == "empty_picture");
}

}  // namespace vitrine::image_sniff_test
