// See the header. Sets are small: they are loaded whole and looked through.
#include "catalog/picture_set.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "catalog/contents.h"
#include "image/limits.h"
#include "image/sha256.h"
#include "image/sniff.h"

namespace vitrine::catalog {

namespace {

[[noreturn]] void refuse(const Model& model, const char* reason, std::string message) {
  fail({.code = Code::validation,
        .reason = reason,
        .message = std::move(message),
        .model = model.name});
}

int number(Record& picture, const char* column) {
  return static_cast<int>(*picture.get(column).integer());
}

image::Size size_of(Record& picture) {
  return {number(picture, "width"), number(picture, "height")};
}

// The parts of the key that are neither a size nor the owner's.
std::vector<std::size_t> columns_of_sets(const Relationship& attachment) {
  const Model& model = *attachment.target_model;
  std::vector<std::size_t> columns;
  for (const std::size_t column : model.primary_key) {
    const std::string& name = model.columns[column].name;
    if (name == "width" || name == "height") continue;
    const auto& owner = attachment.remote;
    if (std::find(owner.begin(), owner.end(), column) == owner.end()) columns.push_back(column);
  }
  return columns;
}

}  // namespace

NewPicture read_picture(std::string_view bytes) {
  const image::ImageFacts facts = image::sniff(bytes);
  return {bytes,
          image::sha256_hex(bytes),
          std::string(image::mimetype(facts.format)),
          {facts.display_width(), facts.display_height()}};
}

image::Size scaled(image::Size original, const Scale& scale) {
  if (scale.width.has_value() + scale.height.has_value() + scale.ratio.has_value() != 1) {
    fail({.code = Code::validation,
          .reason = "invalid_argument",
          .message = "A thumbnail has a width, a height or a ratio: give one of the three."});
  }
  if (scale.width) return image::scaled_to_width(original, *scale.width);
  if (scale.height) return image::scaled_to_height(original, *scale.height);
  return image::scaled_by(original, *scale.ratio);
}

PictureSet::PictureSet(Session& session, Record& owner, const Relationship& attachment,
                       std::vector<Assignment> set)
    : session_(session),
      owner_(owner),
      attachment_(attachment),
      set_columns_(columns_of_sets(attachment)),
      set_(std::move(set)) {
  const Model& model = *attachment.target_model;
  for (const Assignment& part : set_) {
    const auto column = model.find_column(part.column);
    if (column && std::count(set_columns_.begin(), set_columns_.end(), *column) > 0) continue;
    refuse(model, "unknown_attribute",
           "'" + part.column + "' does not tell the sets of " + attachment.name + " apart" +
               (set_columns_.empty() ? ": there is one set."
                                     : ": use " + model.columns[set_columns_[0]].name + "."));
  }
}

void PictureSet::check_one_set() const {
  if (set_.size() == set_columns_.size()) return;
  refuse(*attachment_.target_model, "set_needed",
         attachment_.name + " has several sets: say which by " + set_column().name + ".");
}

const Column& PictureSet::set_column() const {
  const Model& model = *attachment_.target_model;
  if (!set_columns_.empty()) return model.columns[set_columns_[0]];
  refuse(model, "invalid_argument", attachment_.name + " has one set, which has no number.");
}

bool PictureSet::belongs(Record& picture) const {
  return std::all_of(set_.begin(), set_.end(), [&](const Assignment& part) {
    return picture.get(part.column) == part.value;
  });
}

std::vector<Record*> PictureSet::list() {
  std::vector<Record*> pictures = owner_.members(attachment_);
  std::erase_if(pictures, [&](Record* picture) { return !belongs(*picture); });
  const auto place = [&](Record& picture) {
    const std::int64_t set = set_columns_.empty() ? 0 : *picture.get(set_columns_[0]).integer();
    return std::tuple(set, number(picture, "width"), number(picture, "height"));
  };
  std::sort(pictures.begin(), pictures.end(),
            [&](Record* one, Record* other) { return place(*one) < place(*other); });
  return pictures;
}

void PictureSet::remove() {
  const std::vector<Record*> pictures = list();
  std::vector<Record*> stored;
  for (Record* picture : pictures) {
    if (picture->state() == ObjectState::persistent) stored.push_back(picture);
  }
  // Marked before they are taken away: a read in between leaves orphans where they are.
  if (!stored.empty()) session_.remove(stored);
  for (Record* picture : pictures) {
    // The flush before that mark may have taken some away already.
    const auto& members = owner_.members(attachment_);
    if (std::find(members.begin(), members.end(), picture) != members.end())
      owner_.remove(attachment_, picture);
  }
}

Record& PictureSet::make(const NewPicture& picture, bool is_original) {
  keep_content(session_, {picture.sha256, picture.mimetype, picture.size.width, picture.size.height,
                          picture.bytes});
  Record& made = session_.make(*attachment_.target_model);
  made.set("width", picture.size.width);
  made.set("height", picture.size.height);
  made.set("mimetype", picture.mimetype);
  made.set("original", is_original);
  made.set("sha256", picture.sha256);
  for (const Assignment& part : set_) made.set(part.column, part.value);
  owner_.append(attachment_, &made);
  return made;
}

Record& PictureSet::attach(const NewPicture& original) {
  check_one_set();
  remove();
  return make(original, true);
}

Record& PictureSet::add(const NewPicture& thumbnail) {
  check_one_set();
  Record* there = find(thumbnail.size.width, thumbnail.size.height);
  return there ? *there : make(thumbnail, false);
}

Record& PictureSet::thumbnail(const Scale& scale, Scaler& scaler) {
  Record& whole = require_original();
  const image::Size size = scaled(size_of(whole), scale);
  if (Record* there = find(size.width, size.height)) return *there;
  const std::string made = scaler.scale(bytes(whole), size);
  const NewPicture picture = read_picture(made);
  if (picture.size == size) return add(picture);
  refuse(*attachment_.target_model, "wrong_size",
         "The scaler made a picture of another size than it was asked for.");
}

Record* PictureSet::find(int width, int height) {
  check_one_set();
  const image::Size wanted{width, height};
  for (Record* picture : list()) {
    if (size_of(*picture) == wanted) return picture;
  }
  return nullptr;
}

Record* PictureSet::original() {
  check_one_set();
  for (Record* picture : list()) {
    if (picture->get("original") == Value(true)) return picture;
  }
  return nullptr;
}

Record& PictureSet::require_original() {
  if (Record* picture = original()) return *picture;
  fail({.code = Code::image,
        .reason = "no_original",
        .message = owner_.describe() + " has no picture in " + attachment_.name +
                   " yet: attach one first.",
        .model = attachment_.target_model->name});
}

std::string PictureSet::bytes(Record& picture) {
  const std::string* sha256 = picture.get("sha256").text();
  return read_content(session_, sha256 ? *sha256 : std::string());
}

std::int64_t PictureSet::next_set() {
  const std::string& column = set_column().name;
  std::int64_t next = 0;
  for (Record* picture : owner_.members(attachment_)) {
    next = std::max(next, *picture->get(column).integer() + 1);
  }
  return next;
}

void PictureSet::reorder(const std::vector<std::int64_t>& order) {
  const std::string& column = set_column().name;
  session_.flush();
  const std::vector<Record*> pictures = owner_.members(attachment_);
  std::vector<std::int64_t> sets;
  for (Record* picture : pictures) sets.push_back(*picture->get(column).integer());
  std::sort(sets.begin(), sets.end());
  sets.erase(std::unique(sets.begin(), sets.end()), sets.end());
  std::vector<std::int64_t> sorted = order;
  std::sort(sorted.begin(), sorted.end());
  if (sorted != sets) {
    refuse(*attachment_.target_model, "invalid_argument",
           "An order of " + attachment_.name + " has each " + column + " that is there once.");
  }
  renumber(order);
  // A key does not change: these objects stand for rows that are others' now.
  for (Record* picture : pictures) session_.expunge(*picture);
  session_.expire(owner_, {attachment_.name});
}

// First out of the way, below all that there are, then to their places: no key meets another.
void PictureSet::renumber(const std::vector<std::int64_t>& order) {
  const Model& model = *attachment_.target_model;
  const std::string column = quoted_identifier(set_column().name);
  std::string update = "UPDATE " + quoted_identifier(model.table) + " SET " + column + " = ";
  std::string where;
  std::vector<Value> key;
  for (std::size_t i = 0; i < attachment_.remote.size(); ++i) {
    where += " AND " + quoted_identifier(model.columns[attachment_.remote[i]].name) + " = ?";
    key.push_back(owner_.get(attachment_.local[i]));
  }
  std::int64_t least = 0;
  for (const std::int64_t set : order) least = std::min(least, set);
  std::int64_t place = least;
  for (const std::int64_t set : order) {
    std::vector<Value> values{--place, set};
    values.insert(values.end(), key.begin(), key.end());
    session_.sql(update + "? WHERE " + column + " = ?" + where, values);
  }
  const std::string bound = std::to_string(least);
  session_.sql(update + bound + " - 1 - " + column + " WHERE " + column + " < " + bound + where,
               key);
}

}  // namespace vitrine::catalog
