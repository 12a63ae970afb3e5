// ImageAttachment: image_attachment() as a member of a declared model: the pictures of an object.
//
//   ImageAttachment<ProductPicture> image = {this, "image"};
//   product.image.attach(bytes);
//   product.image.original()->width.value();
//   product.photos.set(0).attach(bytes);   // a gallery: several sets, by order_index
//
// The picture's model answers with a Relationship that back_populates this name.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "catalog/picture_set.h"
#include "orm/session/relations.h"

namespace vitrine::declare {

using catalog::Scale, catalog::Scaler;

// A PictureSet whose pictures are objects of their class; it promises and fails as that does.
template <class Picture>
class Pictures {
 public:
  explicit Pictures(catalog::PictureSet set) : set_(std::move(set)) {}

  Picture attach(std::string_view bytes) { return bound<Picture>(set_.attach(bytes)); }
  Picture thumbnail(const Scale& scale, Scaler& scaler) {
    return bound<Picture>(set_.thumbnail(scale, scaler));
  }
  std::optional<Picture> find(int width, int height) { return maybe(set_.find(width, height)); }
  std::optional<Picture> original() { return maybe(set_.original()); }
  Picture require_original() { return bound<Picture>(set_.require_original()); }
  std::vector<Picture> list() {
    std::vector<Picture> pictures;
    for (Record* picture : set_.list()) pictures.push_back(bound<Picture>(*picture));
    return pictures;
  }
  std::size_t count() { return set_.count(); }
  void remove() { set_.remove(); }
  std::string bytes(const Picture& picture) { return set_.bytes(picture.record()); }
  void reorder(const std::vector<std::int64_t>& order) { set_.reorder(order); }

 private:
  static std::optional<Picture> maybe(Record* picture) {
    if (!picture) return std::nullopt;
    return bound<Picture>(*picture);
  }

  catalog::PictureSet set_;
};

template <class Picture>
class ImageAttachment : public Collection<Picture> {
 public:
  template <class Owner>
  ImageAttachment(Owner* owner, const char* name)
      : Collection<Picture>(owner, name, typename Collection<Picture>::AddsRelation()) {
    Entity* entity = owner;
    if (Declaration* declaration = entity->declaration()) {
      vitrine::Relationship& relationship =
          declaration->add_relationship(name, class_name<Picture>(), Direction::one_to_many);
      relationship.cascade = cascade("all, delete-orphan");
      relationship.back_populates = Picture::owner_name;
      relationship.image_attachment = true;
    }
  }
  using Collection<Picture>::operator=;

  // The set, or all of a gallery. An object that is in no session names the one it will be in:
  // otherwise STATE, reason not_persisted.
  Pictures<Picture> all() const { return all(own_session()); }
  Pictures<Picture> all(Session& session) const { return pictures(session, {}); }
  // One set of a gallery.
  Pictures<Picture> set(std::int64_t order_index) const { return set(own_session(), order_index); }
  Pictures<Picture> set(Session& session, std::int64_t order_index) const {
    return pictures(session, {{"order_index", order_index}});
  }

  Picture attach(std::string_view bytes) const { return all().attach(bytes); }
  Picture thumbnail(const Scale& scale, Scaler& scaler) const {
    return all().thumbnail(scale, scaler);
  }
  std::optional<Picture> find(int width, int height) const { return all().find(width, height); }
  std::optional<Picture> original() const { return all().original(); }
  Picture require_original() const { return all().require_original(); }
  std::string bytes(const Picture& picture) const { return all().bytes(picture); }
  void reorder(const std::vector<std::int64_t>& order) const { all().reorder(order); }

 private:
  Session& own_session() const {
    if (Session* session = this->record().session()) return *session;
    fail({.code = Code::state,
          .reason = "not_persisted",
          .message = this->record().describe() +
                     " is in no session, where its pictures would be kept: add it first, or name "
                     "the session."});
  }
  Pictures<Picture> pictures(Session& session, std::vector<Assignment> set) const {
    return Pictures<Picture>(
        catalog::PictureSet(session, this->record(), this->facts(), std::move(set)));
  }
};

}  // namespace vitrine::declare
