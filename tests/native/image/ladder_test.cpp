// The size ladder and the arithmetic of thumbnails.
#include "image/ladder.h"

#include <doctest/doctest.h>

#include <cmath>

#include "support/caught.h"

namespace vitrine::image_ladder_test {

using namespace vitrine::image;
using vitrine::testing::caught;

TEST_CASE("the other side is truncated, not rounded") {
  const Size original{405, 640};
  CHECK(scaled_to_width(original, 100) == Size{100, 158});
  CHECK(scaled_to_height(original, 100) == Size{63, 100});
  CHECK(scaled_by(original, 0.5) == Size{202, 320});
  CHECK(scaled_by(original, 2) == Size{810, 1280});
}

TEST_CASE("exact scaling is exact") {
  for (int factor = 1; factor <= 2000; ++factor)
    CHECK(scaled_to_width({3 * factor, 2 * factor}, 3).height == 2);
}

TEST_CASE("no side is ever less than one pixel") {
  CHECK(scaled_to_width({400, 2}, 10) == Size{10, 1});
  CHECK(scaled_to_height({2, 400}, 10) == Size{1, 10});
  CHECK(scaled_by({400, 2}, 0.001) == Size{1, 1});
}

TEST_CASE("the ladder never enlarges") {
  CHECK(ladder({64, 64}).empty());
  CHECK(ladder({65, 64}) == std::vector<Size>{{64, 63}});
  CHECK(ladder({1280, 800}) == std::vector<Size>{{64, 40}, {160, 100}, {320, 200}, {640, 400}});
  CHECK(ladder({4000, 3000}) ==
        std::vector<Size>{{64, 48}, {160, 120}, {320, 240}, {640, 480}, {1280, 960}});
}

TEST_CASE("sides and ratios that make no picture are refused") {
  const auto reason = [](auto call) { return caught(call).reason; };
  CHECK(reason([] { scaled_to_width({4, 3}, 0); }) == "empty_picture");
  CHECK(reason([] { scaled_to_height({4, 3}, -1); }) == "empty_picture");
  CHECK(reason([] { scaled_to_width({0, 3}, 1); }) == "empty_picture");
  CHECK(reason([] { scaled_to_width({4, 3}, 17'000); }) == "too_wide");
  CHECK(reason([] { scaled_to_width({1, 16'000}, 2); }) == "too_wide");
  CHECK(reason([] { scaled_by({4, 3}, 0); }) == "bad_ratio");
  CHECK(reason([] { scaled_by({4, 3}, std::nan("")); }) == "bad_ratio");
  CHECK(reason([] { scaled_by({4, 3}, 1e300); }) == "bad_ratio");
  CHECK(reason([] { scaled_by({4000, 3000}, 3); }) == "too_many_pixels");
}

}  // namespace vitrine::image_ladder_test
