// Relationships from a description.
#include "orm/schema/read.h"
#include "orm/schema/value_json.h"

namespace vitrine::schema {
namespace {

Cascade read_cascade(Fields& fields) {
  if (!fields.has("cascade")) return Cascade::standard();
  const std::string words = fields.text("cascade");
  try {
    return Cascade::parse(words);
  } catch (const Error& error) {
    fields.mistake(std::string("its cascade is unknown: ") + error.what());
  }
  return Cascade::standard();
}

PassiveDeletes read_passive_deletes(Fields& fields) {
  const Json* json = fields.value("passive_deletes");
  if (json == nullptr) return PassiveDeletes::no;
  if (json->is_boolean()) return json->get<bool>() ? PassiveDeletes::yes : PassiveDeletes::no;
  if (*json == "all") return PassiveDeletes::all;
  fields.mistake("\"passive_deletes\" must be true, false or \"all\"");
  return PassiveDeletes::no;
}

std::vector<OrderBy> read_order_by(Fields& fields) {
  std::vector<OrderBy> order_by;
  for (const Json* element : fields.list("order_by")) {
    Fields order(*element, fields.inside("an order"), fields.mistakes());
    order_by.push_back({order.required_text("column"), order.flag("descending")});
    order.finish();
  }
  return order_by;
}

std::vector<Condition> read_conditions(Fields& fields) {
  std::vector<Condition> conditions;
  for (const Json* element : fields.list("conditions")) {
    Fields one(*element, fields.inside("a condition"), fields.mistakes());
    Condition condition;
    condition.column = one.required_text("column");
    condition.op = one.choice("op", kConditionWords, Condition::Op::eq);
    const Json* json = one.value("value");
    const auto value = json == nullptr ? std::nullopt : value_from_json(*json);
    if (!value) one.mistake("a condition compares with a \"value\"; give it one");
    condition.value = value.value_or(Value());
    one.finish();
    conditions.push_back(std::move(condition));
  }
  return conditions;
}

void read_options(Fields& fields, RelationshipOptions& options) {
  options.uselist = fields.flag("uselist", true);
  options.cascade = read_cascade(fields);
  options.passive_deletes = read_passive_deletes(fields);
  options.order_by = read_order_by(fields);
  options.collection = fields.choice("collection", kCollectionWords, CollectionKind::list);
  options.key_column = fields.text("key_column");
  options.position_column = fields.text("position_column");
  options.viewonly = fields.flag("viewonly");
  options.conditions = read_conditions(fields);
  options.image_attachment = fields.flag("image_attachment");
}

std::optional<Backref> read_backref(Fields& relationship) {
  const Json* json = relationship.value("backref");
  if (json == nullptr) return std::nullopt;
  Backref backref;
  if (json->is_string()) {
    backref.name = json->get<std::string>();
    return backref;
  }
  Fields fields(*json, relationship.inside("a backref"), relationship.mistakes());
  backref.name = fields.required_text("name");
  read_options(fields, backref.options);
  fields.finish();
  return backref;
}

}  // namespace

Relationship read_relationship(const Json& json, const std::string& model, Mistakes& mistakes) {
  Fields fields(json, {model, name_in(json), "a relation"}, mistakes);
  Relationship relationship;
  relationship.name = fields.required_text("name");
  relationship.target = fields.required_text("target");
  if (!fields.has("direction")) fields.mistake("a relation has no \"direction\"; add it");
  relationship.direction = fields.choice("direction", kDirectionWords, Direction::many_to_one);
  relationship.foreign_keys = fields.names("foreign_keys");
  relationship.secondary = fields.text("secondary");
  relationship.back_populates = fields.text("back_populates");
  relationship.backref = read_backref(fields);
  read_options(fields, relationship);
  fields.finish();
  return relationship;
}

}  // namespace vitrine::schema
