// PictureSet: one original picture of an object and its thumbnails; for a gallery, one of several.
// It changes objects of a session: what it did is written by the next flush and undone by a
// rollback, and the bytes (contents.h) belong to the same transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "image/ladder.h"
#include "orm/session/session.h"

namespace vitrine::catalog {

// A picture to be stored. `bytes` must hold until the call is over.
struct NewPicture {
  std::string_view bytes;
  std::string sha256;
  std::string mimetype;
  // As it is shown: EXIF's orientation is applied.
  image::Size size;
};

// What sniffing finds in the bytes of a whole file. IMAGE when they are no picture (image/sniff.h).
NewPicture read_picture(std::string_view bytes);

// Exactly one of the three; the other side follows, truncated (image/ladder.h).
struct Scale {
  std::optional<int> width = {};
  std::optional<int> height = {};
  std::optional<double> ratio = {};
};
// The size that `scale` makes of `original`. VALIDATION unless exactly one is given; IMAGE when the
// result would be too large or the number is not above 0.
image::Size scaled(image::Size original, const Scale& scale);

// Decodes, scales and encodes; the catalog itself cannot. Browsers and libraries can.
class Scaler {
 public:
  virtual ~Scaler() = default;
  // The picture in `bytes`, turned as it is shown, in that size, as a whole file.
  virtual std::string scale(std::string_view bytes, image::Size to) = 0;
};

class PictureSet {
 public:
  // `session`, `owner` and `attachment` must outlive it; the owner may be unsaved. `set` tells one
  // of several sets: {{"order_index", 0}}. Without it, calls that need one set fail with
  // VALIDATION, reason set_needed, where there can be several. VALIDATION, reason
  // unknown_attribute, when no such column tells sets apart.
  PictureSet(Session& session, Record& owner, const Relationship& attachment,
             std::vector<Assignment> set = {});

  // Replaces the whole set by this original. In `bytes` alone: IMAGE when they are no picture.
  Record& attach(std::string_view bytes) { return attach(read_picture(bytes)); }
  Record& attach(const NewPicture& original);
  // Adds a thumbnail, or gives the picture of that size that is there.
  Record& add(const NewPicture& thumbnail);
  // The picture of that size: one that is there, the original too, or one made by `scaler`. IMAGE,
  // reason no_original, when there is none to make it of.
  Record& thumbnail(const Scale& scale, Scaler& scaler);

  // nullptr when there is none.
  Record* find(int width, int height);
  Record* original();
  // IMAGE, reason no_original, when there is none.
  Record& require_original();
  // By set, width and height.
  std::vector<Record*> list();
  std::size_t count() { return list().size(); }
  // Takes all pictures of the set away; none is none.
  void remove();

  // The whole file of a picture. IMAGE, reason no_bytes, when only its row is there.
  std::string bytes(Record& picture);
  // What tells the sets of a gallery apart. VALIDATION, reason invalid_argument, where there is
  // one.
  const Column& set_column() const;
  // The first number above all sets: where a gallery grows.
  std::int64_t next_set();
  // Puts the sets of a gallery into this order and numbers them 0, 1, 2 ... Flushes first; objects
  // of its pictures end here. VALIDATION, reason invalid_argument, unless `order` has each set's
  // number once.
  void reorder(const std::vector<std::int64_t>& order);

 private:
  Record& make(const NewPicture& picture, bool is_original);
  void check_one_set() const;
  bool belongs(Record& picture) const;
  void renumber(const std::vector<std::int64_t>& order);

  Session& session_;
  Record& owner_;
  const Relationship& attachment_;
  std::vector<std::size_t> set_columns_;  // of the picture's model: what tells sets apart
  std::vector<Assignment> set_;
};

}  // namespace vitrine::catalog
