// Whole-number scaling, so that a side never comes out one pixel short of exact.
#include "image/ladder.h"

#include <algorithm>
#include <cstdint>

#include "image/limits.h"

namespace vitrine::image {

namespace {

// Doubling steps, about: on any screen the next larger one is at most twice too large.
constexpr int kSteps[] = {64, 160, 320, 640, 1280};

Size checked(std::int64_t width, std::int64_t height) {
  check_size(width, height);
  return {static_cast<int>(width), static_cast<int>(height)};
}

// `side` of the original's sides, the other one truncated, at least 1.
std::int64_t other_side(std::int64_t other, std::int64_t wanted, std::int64_t side) {
  return std::max<std::int64_t>(1, other * wanted / side);
}

}  // namespace

Size scaled_to_width(Size original, int width) {
  check_size(original.width, original.height);
  check_size(width, 1);
  return checked(width, other_side(original.height, width, original.width));
}

Size scaled_to_height(Size original, int height) {
  check_size(original.width, original.height);
  check_size(1, height);
  return checked(other_side(original.width, height, original.height), height);
}

Size scaled_by(Size original, double ratio) {
  check_size(original.width, original.height);
  // Written so that NaN is refused too. Beyond kMaxSide no side of 1 would be left in bounds.
  if (!(ratio > 0 && ratio <= static_cast<double>(kMaxSide)))
    fail_image("bad_ratio", "A picture is scaled by a ratio above 0, such as 0.5: give one.");
  const auto scaled = [ratio](int side) {
    return std::max<std::int64_t>(1, static_cast<std::int64_t>(side * ratio));
  };
  return checked(scaled(original.width), scaled(original.height));
}

std::vector<Size> ladder(Size original) {
  check_size(original.width, original.height);
  std::vector<Size> sizes;
  for (const int width : kSteps) {
    if (width < original.width) sizes.push_back(scaled_to_width(original, width));
  }
  return sizes;
}

}  // namespace vitrine::image
