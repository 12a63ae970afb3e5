// What the declarations of models report, as facts of the schema.
#include "orm/session/entity.h"

#include "orm/session/relations.h"
#include "orm/session/session.h"

namespace vitrine::declare {
namespace {

vitrine::Relationship& add_to(std::vector<vitrine::Relationship>& list, const char* name,
                              std::string_view target, Direction direction) {
  vitrine::Relationship& relationship = list.emplace_back();
  relationship.name = name;
  relationship.target = target;
  relationship.direction = direction;
  return relationship;
}

}  // namespace

vitrine::Column& Declaration::add_column(const char* name, ColumnType type) {
  vitrine::Column& column = model_.columns.emplace_back();
  column.name = name;
  column.type = type;
  return column;
}

vitrine::Relationship& Declaration::add_relationship(const char* name, std::string_view target,
                                                     Direction direction) {
  return add_to(model_.relationships, name, target, direction);
}

void Declaration::expect_collection(const char* name, std::string_view target) {
  add_to(model_.collections, name, target, Direction::one_to_many);
}

Declaration*& Entity::current_declaration() {
  static thread_local Declaration* current = nullptr;
  return current;
}

Record& Entity::record() const {
  if (!record_) fail(Code::state, "This handle refers to no object; ask whether it is set first.");
  return *record_;
}

void apply(vitrine::Column& column, Flag flag) {
  switch (flag) {
    case Flag::primary_key:
      column.primary_key = true;
      column.not_null = true;
      break;
    case Flag::autoincrement:
      column.autoincrement = true;
      break;
    case Flag::not_null:
      column.not_null = true;
      break;
    case Flag::unique:
      column.unique = true;
      break;
    case Flag::index:
      column.index = true;
      break;
    case Flag::version_counter:
      column.version_counter = true;
      break;
  }
}

void apply(vitrine::Column& column, String type) { column.length = type.length; }

void apply(vitrine::Column& column, ForeignKey key) {
  column.foreign_key = vitrine::ForeignKey{std::string(key.table), std::string(key.column)};
}

void apply(vitrine::Column& column, Default value) {
  column.client_default.kind = value.now ? ClientDefault::Kind::now : ClientDefault::Kind::value;
  if (value.now) return;
  column.client_default.value = value.text       ? Value(value.text)
                                : value.fraction ? Value(*value.fraction)
                                                 : Value(value.number);
}

void apply(vitrine::Column& column, ServerDefault value) { column.server_default = value.literal; }

void apply(vitrine::Column& column, Check check) {
  column.check = check.condition;
  column.check_name = check.name;
}

void apply(vitrine::Relationship& relationship, Cascade cascade) { relationship.cascade = cascade; }

void apply(vitrine::Relationship& relationship, BackrefFacts facts) {
  Backref backref;
  backref.name = facts.name;
  backref.options.uselist = facts.uselist;
  backref.options.cascade = facts.cascade;
  relationship.backref = std::move(backref);
}

void apply(vitrine::Relationship& relationship, BackPopulates name) {
  relationship.back_populates = name.name;
}

}  // namespace vitrine::declare

namespace vitrine {

void Session::add(const declare::Entity& object) { add(object.record()); }
void Session::remove(const declare::Entity& object) { remove(object.record()); }

}  // namespace vitrine
