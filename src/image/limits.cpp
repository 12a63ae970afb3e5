// Bounds held, and the words in which a picture is refused.
#include "image/limits.h"

#include <string>
#include <utility>

#include "base/error.h"

namespace vitrine::image {

namespace {

std::string size_text(std::int64_t width, std::int64_t height) {
  return std::to_string(width) + " x " + std::to_string(height) + " pixels";
}

}  // namespace

void fail_image(std::string_view reason, std::string_view message) {
  Failure failure;
  failure.code = Code::image;
  failure.reason = reason;
  failure.message = message;
  fail(std::move(failure));
}

void fail_cut_short(std::string_view format) {
  fail_image(kCutShort, "This " + std::string(format) +
                            " picture is cut short, its end is missing: get the file again.");
}

void fail_damaged(std::string_view format, std::string_view what) {
  fail_image("damaged", "This " + std::string(format) + " picture is damaged (" +
                            std::string(what) + "): open it elsewhere and save it anew.");
}

void check_size(std::int64_t width, std::int64_t height) {
  if (width <= 0 || height <= 0)
    fail_image("empty_picture", "This picture measures " + size_text(width, height) +
                                    ", so there is nothing to show: choose another.");
  if (width > kMaxSide || height > kMaxSide)
    fail_image("too_wide", "This picture measures " + size_text(width, height) +
                               ", and no side may be over " + std::to_string(kMaxSide) +
                               ": make it smaller.");
  if (width * height > kMaxPixels)
    fail_image("too_many_pixels", "This picture measures " + size_text(width, height) + ", over " +
                                      std::to_string(kMaxPixels / 1'000'000) +
                                      " megapixels: make it smaller.");
}

void check_frames(std::int64_t frames) {
  if (frames <= kMaxFrames) return;
  fail_image("too_many_frames", "This animation has over " + std::to_string(kMaxFrames) +
                                    " frames: choose a shorter one, or a still picture.");
}

}  // namespace vitrine::image
