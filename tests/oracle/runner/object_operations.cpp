// Operations on one object and its attributes.
#include <algorithm>
#include <utility>

#include "base/error.h"
#include "runner/operations.h"
#include "runner/show.h"
#include "runner/values.h"

namespace vitrine::oracle {
namespace {

[[noreturn]] void fail_wrong(const char* reason, const std::string& attribute) {
  Failure failure;
  failure.code = Code::validation;
  failure.reason = reason;
  failure.message = "The C++ API cannot even say this of '" + attribute + "'";
  fail(std::move(failure));
}

void set_relation(const Call& call, Record& object, const Relationship& relationship,
                  const Json& value) {
  if (value.is_array()) {
    std::vector<Record*> members;
    for (const Json& member : value) members.push_back(call.stage.reference(member));
    object.replace(relationship, members);
    return;
  }
  if (!is_reference(value)) fail_wrong("not_an_entity", relationship.name);
  object.relate(relationship, call.stage.reference(value));
}

void set_attribute(const Call& call, Record& object, const std::string& attribute,
                   const Json& value) {
  if (const Relationship* relationship = object.model().find_relationship(attribute)) {
    set_relation(call, object, *relationship, value);
    return;
  }
  const std::size_t column = object.model().column_index(attribute);
  object.set(column, call.stage.value(value));
}

Record& construct(const Call& call) {
  Record& object = call.session.make(call.stage.model(call.op));
  if (call.op.contains("values")) {
    for (const auto& [attribute, value] : call.op.at("values").items()) {
      set_attribute(call, object, attribute, value);
    }
  }
  return object;
}

void bind(const Call& call, Record& object) {
  if (call.op.contains("as")) call.stage.handles().bind(call.op.at("as"), &object);
}

Json op_new(const Call& call) {
  bind(call, construct(call));
  return nullptr;
}

Json op_create(const Call& call) {
  Record& object = construct(call);
  call.session.add(object);
  bind(call, object);
  return nullptr;
}

Json op_set(const Call& call) {
  set_attribute(call, call.stage.object(call.op), call.op.at("attr"), call.op.at("value"));
  return nullptr;
}

Json op_read(const Call& call) {
  return show_attribute(call.stage.object(call.op), call.op.at("attr"),
                        call.op.value("ordered", false), fields_of(call.op));
}

Json op_repr(const Call& call) { return call.stage.object(call.op).describe(); }

Json op_state(const Call& call) {
  return std::string(object_state_name(call.stage.object(call.op).state()));
}

Json op_same(const Call& call) {
  return call.stage.reference(call.op.at("a")) == call.stage.reference(call.op.at("b"));
}

Json objects_of(const std::vector<Record*>& objects) { return show_objects(objects, false); }

Json history_of_column(const Record& object, std::size_t column) {
  const Column& facts = object.model().columns[column];
  Json history = {{"added", Json::array()}, {"deleted", Json::array()}};
  if (!object.slot(column).changed) return history;
  history["added"].push_back(show_value(object.slot(column).value, &facts));
  if (object.is_stored()) history["deleted"].push_back(show_value(object.stored(column), &facts));
  return history;
}

// Advisory in the scenarios: what is pending of one attribute.
Json op_history(const Call& call) {
  Record& object = call.stage.object(call.op);
  const auto attribute = call.op.at("attr").get<std::string>();
  const Relationship* relationship = object.model().find_relationship(attribute);
  if (!relationship) return history_of_column(object, object.model().column_index(attribute));
  const Record::RelationSlot& slot = object.slot(*relationship);
  if (relationship->is_collection()) {
    return {{"added", objects_of(slot.added)}, {"deleted", objects_of(slot.removed)}};
  }
  const bool changed = std::any_of(relationship->local.begin(), relationship->local.end(),
                                   [&](std::size_t column) { return object.slot(column).changed; });
  const bool added = changed && slot.target;
  return {{"added", objects_of(added ? std::vector<Record*>{slot.target} : std::vector<Record*>{})},
          {"deleted", Json::array()}};
}

constexpr NamedOperation kObjectOperations[] = {
    {"new", op_new},   {"create", op_create}, {"set", op_set},   {"read", op_read},
    {"repr", op_repr}, {"state", op_state},   {"same", op_same}, {"history", op_history},
};

}  // namespace

Operation find_object_operation(std::string_view name) {
  return find_among(kObjectOperations, name);
}

}  // namespace vitrine::oracle
