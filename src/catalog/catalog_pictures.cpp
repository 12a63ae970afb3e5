// Catalog: pictures. What JavaScript attaches was decoded and scaled there; here it becomes rows
// and contents of one unit of work.
#include <utility>

#include "catalog/catalog_impl.h"
#include "catalog/contents.h"
#include "catalog/picture_set.h"
#include "image/sha256.h"
#include "image/sniff.h"

namespace vitrine {

namespace {

// The attachment whose pictures `model` holds.
const Relationship& attachment_of(const Model& model) {
  for (const Relationship& relationship : model.relationships) {
    const Relationship* attachment = relationship.inverse;
    if (attachment && attachment->image_attachment) return *attachment;
  }
  fail({.code = Code::validation,
        .reason = "invalid_argument",
        .message = model.name + " holds no pictures of another model.",
        .model = model.name});
}

Record& owner_of(Session& session, const Relationship& attachment, const Json& key) {
  return NestedWrite(session).require(*attachment.owner, key, "key");
}

std::vector<Assignment> set_of(const Json& set) {
  std::vector<Assignment> parts;
  for (const auto& [column, value] : set.items())
    parts.push_back({column, value.get<std::int64_t>()});
  return parts;
}

// The set that a request names. What it adds to a gallery without a number comes last: found here,
// so that two who add at the same time do not meet.
catalog::PictureSet asked_set(Session& session, Record& owner, const Relationship& attachment,
                              const Json& request) {
  const Json& set = request.at("set");
  if (!set.is_null()) return {session, owner, attachment, set_of(set)};
  catalog::PictureSet all(session, owner, attachment);
  return {session, owner, attachment, {{all.set_column().name, all.next_set()}}};
}

// One picture of a request, and its bytes, taken from the front of `bytes`.
catalog::NewPicture read_new(const Json& picture, std::string_view& bytes) {
  const auto size = static_cast<std::size_t>(picture.at("size_bytes").get<std::int64_t>());
  catalog::NewPicture made{bytes.substr(0, size),
                           picture.at("sha256").text(),
                           picture.at("mimetype").text(),
                           {picture.at("width").get<int>(), picture.at("height").get<int>()}};
  bytes.remove_prefix(made.bytes.size());
  return made;
}

void describe(Record& picture, const Json& request) {
  for (const char* column : {"alt", "dominant_color"}) {
    const Json* text = request.find(column);
    if (text && text->is_string()) picture.set(column, text->text());
  }
}

// The original that thumbnails were made of, if it is still there.
Record& original_of(catalog::PictureSet& set, const Json& sha256) {
  Record& original = set.require_original();
  if (original.get("sha256") == Value(sha256.text())) return original;
  fail({.code = Code::image,
        .reason = "replaced",
        .message = "Another picture was attached meanwhile: make the thumbnail of that one.",
        .model = original.model().name});
}

// A thumbnail shows what its original shows. Of one that was stored alone, it brings the colour.
void share_description(Record& original, Record& thumbnail) {
  thumbnail.set("alt", original.get("alt"));
  if (original.get("dominant_color").is_null())
    original.set("dominant_color", thumbnail.get("dominant_color"));
}

}  // namespace

Json picture_facts(std::string_view bytes, std::size_t file_bytes, bool with_digest) {
  const bool is_whole = bytes.size() >= file_bytes;
  const image::ImageFacts facts =
      is_whole ? image::sniff(bytes) : image::sniff_beginning(bytes, file_bytes);
  if (facts.width == 0) return nullptr;
  const image::Size size{facts.display_width(), facts.display_height()};
  Json sizes = Json::array();
  for (const image::Size& step : image::ladder(size)) {
    sizes.push_back(Json::array({step.width, step.height}));
  }
  return {{"mimetype", image::mimetype(facts.format)},
          {"width", size.width},
          {"height", size.height},
          {"orientation", facts.orientation},
          {"ladder", std::move(sizes)},
          {"sha256", with_digest ? Json(image::sha256_hex(bytes)) : Json()}};
}

Json Catalog::attach(std::string_view model, const Json& request, std::string_view bytes,
                     const ReadBack* read_back) {
  Unit unit(*impl_);
  Session& session = unit.session();
  const Model& facts = impl_->registry.model(model);
  const Relationship& attachment = attachment_of(facts);
  Record& owner = owner_of(session, attachment, request.at("key"));
  const Session::NoAutoflush pause(session);
  catalog::PictureSet set = asked_set(session, owner, attachment, request);
  const Json& of = request.at("of");
  Record* original = of.is_null() ? nullptr : &original_of(set, of);
  Record* first = nullptr;
  for (const Json& picture : request.at("pictures")) {
    const catalog::NewPicture made = read_new(picture, bytes);
    Record& record = !first && !original ? set.attach(made) : set.add(made);
    if (!first) first = &record;
    describe(record, request);
    if (original) share_description(*original, record);
  }
  session.flush();
  ++impl_->attached;
  Json key = key_of(*first);
  if (read_back) read(facts, key, *read_back);
  unit.commit();
  return key;
}

void Catalog::reorder_pictures(std::string_view model, const Json& key, const Json& order) {
  Unit unit(*impl_);
  Session& session = unit.session();
  const Relationship& attachment = attachment_of(impl_->registry.model(model));
  std::vector<std::int64_t> sets;
  for (const Json& set : order) sets.push_back(set.get<std::int64_t>());
  catalog::PictureSet(session, owner_of(session, attachment, key), attachment).reorder(sets);
  unit.commit();
}

std::string Catalog::content(std::string_view sha256) {
  impl_->check_transaction();
  return catalog::read_content(impl_->session, sha256);
}

std::int64_t Catalog::sweep_contents() {
  Unit unit(*impl_);
  const std::int64_t swept = catalog::sweep_contents(unit.session(), impl_->history.contents());
  unit.commit();
  return swept;
}

}  // namespace vitrine
