// Solid pictures: whole files of one colour in each format, made and read by code of our own. They
// are all that the scenarios need of a codec: scaled, one colour stays that colour.
#pragma once

#include <string>
#include <string_view>

#include "catalog/picture_set.h"
#include "runner/json.h"

namespace vitrine::oracle {

struct Colour {
  int red = 200;
  int green = 30;
  int blue = 30;
  int alpha = 255;
};

// In solid.cpp: PNG. Reading fails with IMAGE for what this code did not write.
std::string solid_png(int width, int height, Colour colour);
Colour read_solid_png(std::string_view bytes);
// In solid_jpeg.cpp. `segments` come before the picture: EXIF.
std::string solid_jpeg(int width, int height, Colour colour, const std::string& segments = "");
Colour read_solid_jpeg(std::string_view bytes);
// In solid_others.cpp: a 16 x 16 picture of the first colour there is.
std::string solid_gif(int width, int height);
std::string solid_webp(int width, int height);

// The bytes that an operation's "image" describes: {text}, or {format, width, height, rgb, alpha,
// exif_orientation, truncate}.
std::string generated(const Json& image);
// { format, width, height, frames, rgb, alpha, has_exif } of a PNG or JPEG made here.
Json probe(std::string_view bytes);

// Scales PNG and JPEG, each to its own format.
class SolidScaler : public catalog::Scaler {
 public:
  std::string scale(std::string_view bytes, image::Size to) override;
};

}  // namespace vitrine::oracle
