// Operations on pictures. The database is the store, so that what concerns files is only counted.

#include "base/error.h"
#include "runner/operations.h"
#include "runner/solid.h"

namespace vitrine::oracle {
namespace {

std::vector<Assignment> set_of(const Json& op) {
  std::vector<Assignment> set;
  if (!op.contains("set")) return set;
  for (const auto& [column, value] : op.at("set").items()) {
    set.push_back({column, value.get<std::int64_t>()});
  }
  return set;
}

catalog::PictureSet pictures(const Call& call) {
  Record& owner = call.stage.object(call.op);
  const auto attribute = call.op.value("attr", std::string("image"));
  return {call.session, owner, owner.model().relationship(attribute), set_of(call.op)};
}

Json show(Record* picture) {
  if (!picture) return nullptr;
  Json shown = {{"type", picture->model().name},
                {"width", *picture->get("width").integer()},
                {"height", *picture->get("height").integer()},
                {"mimetype", *picture->get("mimetype").text()},
                {"original", picture->get("original") == Value(true)}};
  if (picture->model().find_column("order_index"))
    shown["order_index"] = *picture->get("order_index").integer();
  return shown;
}

Json shown(const Call& call, Record& picture) {
  if (call.op.contains("as")) call.stage.handles().bind(call.op.at("as"), &picture);
  return show(&picture);
}

Json op_attach(const Call& call) {
  const std::string bytes = generated(call.op.at("image"));
  const catalog::NewPicture picture = catalog::read_picture(bytes);
  const bool is_original = call.op.value("original", true);
  Record& attached = is_original ? pictures(call).attach(picture) : pictures(call).add(picture);
  call.stage.sources()[call.op.at("source").get<std::string>()] = bytes;
  return shown(call, attached);
}

Json op_thumbnail(const Call& call) {
  catalog::Scale scale;
  if (call.op.contains("width")) scale.width = call.op.at("width").get<int>();
  if (call.op.contains("height")) scale.height = call.op.at("height").get<int>();
  if (call.op.contains("ratio")) scale.ratio = call.op.at("ratio").get<double>();
  SolidScaler scaler;
  return shown(call, pictures(call).thumbnail(scale, scaler));
}

Json op_original(const Call& call) { return show(pictures(call).original()); }
Json op_require_original(const Call& call) { return show(&pictures(call).require_original()); }
Json op_count(const Call& call) { return pictures(call).count(); }

Json op_list(const Call& call) {
  Json list = Json::array();
  for (Record* picture : pictures(call).list()) list.push_back(show(picture));
  return list;
}

std::string bytes_of(const Call& call) {
  if (!call.op.contains("image")) {
    catalog::PictureSet set = pictures(call);
    return set.bytes(set.require_original());
  }
  Record& picture = call.stage.object(call.op, "image");
  const Relationship& owner = picture.model().relationship("product");
  return catalog::PictureSet(call.session, *picture.related(owner), *owner.inverse).bytes(picture);
}

Json op_blob(const Call& call) {
  const std::string bytes = bytes_of(call);
  for (const auto& [name, source] : call.stage.sources()) {
    if (source == bytes) return {{"equals_source", name}};
  }
  return probe(bytes);
}

// Where a file would be found: pictures have no address, but they must be there.
Json op_locate(const Call& call) { return show(&pictures(call).require_original()); }

Json op_store_files(const Call& call) {
  return *call.session.sql("SELECT count(*) FROM image_blob")[0][0].integer();
}

constexpr NamedOperation kImageOperations[] = {
    {"image_attach", op_attach},     {"image_thumbnail", op_thumbnail},
    {"image_original", op_original}, {"image_require_original", op_require_original},
    {"image_count", op_count},       {"image_list", op_list},
    {"image_blob", op_blob},         {"image_open", op_blob},
    {"image_locate", op_locate},     {"store_files", op_store_files},
};

}  // namespace

Operation find_image_operation(std::string_view name) { return find_among(kImageOperations, name); }

}  // namespace vitrine::oracle
