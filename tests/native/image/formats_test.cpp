// What is particular to each format.
#include <doctest/doctest.h>

#include "image/samples.h"
#include "image/sniff.h"
#include "support/caught.h"

namespace vitrine::image_formats_test {

using namespace vitrine::image;
using namespace vitrine::testing;

namespace {

std::string reason_for(const std::string& bytes) {
  return caught([&] { sniff(bytes); }).reason;
}

}  // namespace

TEST_CASE("JPEG: each EXIF orientation is read, in both byte orders") {
  for (int orientation = 1; orientation <= 8; ++orientation) {
    for (const bool order : {true, false}) {
      const ImageFacts facts = sniff(jpeg(300, 200, exif(orientation, order)));
      CHECK(facts.orientation == orientation);
      CHECK(facts.width == 300);
      CHECK(facts.display_width() == (orientation >= 5 ? 200 : 300));
      CHECK(facts.display_height() == (orientation >= 5 ? 300 : 200));
    }
  }
}

TEST_CASE("JPEG: EXIF that makes no sense means no turn") {
  CHECK(sniff(jpeg(3, 2, exif(0, true))).orientation == 1);
  CHECK(sniff(jpeg(3, 2, exif(9, false))).orientation == 1);
  const std::string prefix("Exif\0\0", 6);
  for (const std::string& tiff :
       {std::string(), std::string("II"), std::string("II*\0\xff\xff\xff\xff", 8),
        std::string("XX*\0\x08\0\0\0", 8), std::string("MM\0*\0\0\0\x08\xff\xff", 10)}) {
    CHECK(sniff(jpeg(3, 2, jpeg_segment(0xE1, prefix + tiff))).orientation == 1);
  }
}

TEST_CASE("PNG: an orientation before the pixels is read, a damaged or a late one is not") {
  const std::string tiff = exif(6, true).substr(10);
  const std::string pixels = png_chunk("IDAT", "pixels");
  const std::string end = png_chunk("IEND", "");
  const auto orientation = [&](const std::string& chunks) {
    return sniff(png_header(300, 200) + chunks + end).orientation;
  };
  const std::string chunk = png_chunk("eXIf", tiff);
  CHECK(orientation(chunk + pixels) == 6);
  CHECK(orientation(pixels + chunk) == 1);
  CHECK(orientation(chunk.substr(0, chunk.size() - 1) + "x" + pixels) == 1);
  CHECK(orientation(png_chunk("eXIf", "") + pixels) == 1);
  CHECK(sniff(png_header(300, 200) + chunk + pixels + end).display_width() == 200);
}

TEST_CASE("JPEG: a progressive one is taken, kinds that browsers do not show are refused") {
  const auto start = [](const std::string& frame) {
    return "\xFF\xD8" + frame + jpeg_segment(0xDA, "scan") + "pixels\xFF\xD9";
  };
  CHECK(sniff(start(jpeg_frame(0xC2, 8, 30, 20))).width == 30);
  CHECK(reason_for(start(jpeg_frame(0xC3, 8, 30, 20))) == "unsupported");
  CHECK(reason_for(start(jpeg_frame(0xC9, 8, 30, 20))) == "unsupported");
  CHECK(reason_for(start(jpeg_frame(0xC1, 12, 30, 20))) == "unsupported");
  CHECK(reason_for(jpeg(3, 2, jpeg_frame(0xC0, 8, 30, 20))) == "damaged");
}

TEST_CASE("JPEG: pixels without a size, a size without pixels, and bad lengths are damage") {
  const std::string frame = jpeg_frame(0xC0, 8, 30, 20);
  CHECK(reason_for("\xFF\xD8" + jpeg_segment(0xDA, "scan") + "\xFF\xD9") == "damaged");
  CHECK(reason_for("\xFF\xD8" + frame + "\xFF\xD9") == "damaged");
  CHECK(reason_for("\xFF\xD8\xFF\xE0" + big_endian(1, 2) + frame) == "damaged");
  CHECK(reason_for("\xFF\xD8" + frame + "not a marker") == "damaged");
}

TEST_CASE("PNG: frames are counted, and those announced after the pixels are not") {
  CHECK(sniff(animated_png(3, 2, 12)).frames == 12);
  CHECK(sniff(png(3, 2)).frames == 1);
  CHECK(reason_for(animated_png(3, 2, 101)) == "too_many_frames");
  CHECK(sniff(png_header(3, 2) + png_chunk("IDAT", "x") +
              png_chunk("acTL", big_endian(101, 4) + big_endian(0, 4)) + png_chunk("IEND", ""))
            .frames == 1);
}

TEST_CASE("PNG: a header that fails its checksum is damage") {
  std::string bytes = png(3, 2);
  bytes[19] = 7;  // the width's last byte
  CHECK(reason_for(bytes) == "damaged");
}

TEST_CASE("PNG: no pixels, or no header, is damage") {
  CHECK(reason_for(png_header(3, 2) + png_chunk("IEND", "")) == "damaged");
  CHECK(reason_for("\x89PNG\r\n\x1a\n" + png_chunk("IDAT", "x")) == "damaged");
  CHECK(reason_for(png_header(3, 2) + big_endian(0xFFFFFFFF, 4) + "IDAT") == "damaged");
}

TEST_CASE("GIF: frames are counted up to the limit") {
  CHECK(sniff(gif(3, 2, 100)).frames == 100);
  CHECK(reason_for(gif(3, 2, 101)) == "too_many_frames");
  CHECK(reason_for(gif(3, 2, 0)) == "damaged");
}

TEST_CASE("GIF: a frame larger than its screen is held to the limits too") {
  const std::string screen = gif(3, 2, 0);
  const std::string start = screen.substr(0, screen.size() - 1);
  CHECK(sniff(start + gif_frame(1, 1, 5, 5) + ";").width == 3);
  CHECK(reason_for(start + gif_frame(60'000, 0, 60'000, 5) + ";") == "too_wide");
  CHECK(reason_for(start + "?") == "damaged");
}

TEST_CASE("WebP: an animation has a canvas and frames") {
  const std::string frame =
      webp_frame(webp_chunk("ALPH", "abc") + webp_chunk("VP8 ", webp_lossy_data(30, 20)));
  const std::string canvas = webp_canvas(300, 200) + webp_chunk("ANIM", "abcdef");
  const ImageFacts facts = sniff(webp_file(canvas + frame + frame + frame));
  CHECK(facts.frames == 3);
  CHECK(facts.width == 300);
  std::string many;
  for (int i = 0; i < 101; ++i) many += frame;
  CHECK(reason_for(webp_file(canvas + many)) == "too_many_frames");
  CHECK(reason_for(webp_file(canvas)) == "damaged");
  CHECK(reason_for(webp_file(canvas + webp_frame(webp_chunk("ALPH", "abc")))) == "damaged");
}

TEST_CASE("WebP: a first frame that is no key frame, or of an unknown version, is damage") {
  std::string lossy = webp_lossy_data(30, 20);
  lossy[0] = static_cast<char>(lossy[0] | 1);
  CHECK(reason_for(webp_file(webp_chunk("VP8 ", lossy))) == "damaged");
  std::string lossless = webp_lossless_data(30, 20);
  lossless[4] = '\xE0';
  CHECK(reason_for(webp_file(webp_chunk("VP8L", lossless))) == "damaged");
  CHECK(reason_for(webp_file(webp_chunk("VP8L", "?" + lossless))) == "damaged");
}

TEST_CASE("AVIF: the primary item's size counts, not the thumbnail's") {
  CHECK(sniff(avif(300, 200)).width == 300);
}

TEST_CASE("AVIF: turning and mirroring become an orientation") {
  const auto turned = [](unsigned quarters) { return box("irot", big_endian(quarters, 1)); };
  const auto mirrored = [](unsigned axis) { return box("imir", big_endian(axis, 1)); };
  CHECK(sniff(avif(300, 200)).orientation == 1);
  CHECK(sniff(avif(300, 200, turned(1), 1)).orientation == 8);
  CHECK(sniff(avif(300, 200, turned(2), 1)).orientation == 3);
  CHECK(sniff(avif(300, 200, turned(3), 1)).display_width() == 200);
  CHECK(sniff(avif(300, 200, mirrored(0), 1)).orientation == 4);
  CHECK(sniff(avif(300, 200, mirrored(1), 1)).orientation == 2);
  CHECK(sniff(avif(300, 200, turned(1) + mirrored(1), 2)).orientation == 7);
  CHECK(sniff(avif(300, 200, turned(1) + mirrored(0), 2)).orientation == 5);
}

TEST_CASE("AVIF: the samples of an animation are counted") {
  CHECK(sniff(avif(3, 2) + avif_movie(7)).frames == 7);
  CHECK(reason_for(avif(3, 2) + avif_movie(101)) == "too_many_frames");
}

TEST_CASE("AVIF: a meta box without a picture is damage") {
  const std::string type = box("ftyp", "avif" + big_endian(0, 4) + "mif1");
  CHECK(reason_for(type + full_box("meta", 0, 0, "") + box("mdat", "x")) == "damaged");
  const std::string primary = full_box("pitm", 1, 0, big_endian(1, 4));
  CHECK(reason_for(type + full_box("meta", 0, 0, primary) + box("mdat", "x")) == "damaged");
  CHECK(reason_for(type + big_endian(4, 4) + "mdat" + "x") == "damaged");
}

TEST_CASE("AVIF: long boxes, and one up to the end of the file, are walked") {
  const std::string picture = avif(300, 200);
  const std::string without_pixels = picture.substr(0, picture.size() - 14);
  CHECK(sniff(without_pixels + big_endian(1, 4) + "mdat" + big_endian(22, 8) + "pixels").width ==
        300);
  CHECK(sniff(without_pixels + big_endian(0, 4) + "mdat" + "pixels").width == 300);
}

TEST_CASE("what is no picture is named, so that people know what to do") {
  CHECK(reason_for("<!DOCTYPE html><html><body>404</body></html>") == "html");
  CHECK(reason_for("\n<HTML>") == "html");
  CHECK(reason_for("<?xml version='1.0'?><svg onload='alert(1)'/>") == "svg");
  CHECK(reason_for("A list of breads, saved as photo.jpg") == "not_an_image");
  CHECK(reason_for(box("ftyp", "heic" + big_endian(0, 4) + "mif1heic")) == "heic");
  CHECK(reason_for("BM bitmap") == "unsupported");
  CHECK(reason_for("%PDF-1.7") == "unsupported");
  CHECK(reason_for(std::string("II*\0 tiff", 9)) == "unsupported");
  CHECK(reason_for(std::string("\0\1\2\3random", 10)) == "not_an_image");
}

}  // namespace vitrine::image_formats_test
