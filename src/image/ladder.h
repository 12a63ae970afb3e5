// The size ladder: in which sizes a picture is kept, and how a side follows from the other.
#pragma once

#include <vector>

namespace vitrine::image {

struct Size {
  int width = 0;
  int height = 0;
  friend bool operator==(const Size&, const Size&) = default;
};

// `original` scaled to one side, or by a ratio. The other side is truncated, as ImageAttach does
// (405 x 640 at width 100 is 100 x 158), but is never less than 1. They enlarge when asked to. Fail
// with IMAGE (limits.h) when the result would be too large, and for a side or ratio that is not
// above 0.
Size scaled_to_width(Size original, int width);
Size scaled_to_height(Size original, int height);
Size scaled_by(Size original, double ratio);

// The thumbnails to make of `original`, smallest first: widths 64, 160, 320, 640 and 1280, for
// srcset, without those that would not be smaller than the original.
std::vector<Size> ladder(Size original);

}  // namespace vitrine::image
