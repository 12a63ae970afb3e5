// Sniffing: what the bytes of a picture say about it, whatever its file name claims.
// Headers are read and the file is walked to its end; no pixel is decoded.
#pragma once

#include <cstddef>
#include <string_view>

namespace vitrine::image {

enum class Format { jpeg, png, gif, webp, avif };

// "image/jpeg", ...
std::string_view mimetype(Format format);

struct ImageFacts {
  Format format = Format::png;
  // Pixels as they are stored.
  int width = 0;
  int height = 0;
  // How to turn and mirror them for showing, as EXIF counts: 1 as stored, 6 a quarter turn
  // clockwise.
  int orientation = 1;
  // More than one for an animation.
  int frames = 1;

  // Pixels as they are shown: orientations 5 to 8 lie on their side.
  int display_width() const { return orientation >= 5 ? height : width; }
  int display_height() const { return orientation >= 5 ? width : height; }
};

// What the first bytes of a file tell: its facts as far as they lie in them, with a width of 0
// where its size does not. What follows may still be damaged. Fails with IMAGE where sniff() would
// fail for every file of `file_bytes` that begins so.
ImageFacts sniff_beginning(std::string_view start, std::size_t file_bytes);

// The facts of a whole file. Fails with IMAGE when it is empty, of no format the catalog knows, cut
// short, damaged or over a limit (limits.h); Failure::reason says which, the message what to do.
ImageFacts sniff(std::string_view bytes);

}  // namespace vitrine::image
