// Operations on the collection that is one attribute of an object.
#include <algorithm>

#include "runner/operations.h"

namespace vitrine::oracle {
namespace {

const Relationship& relation(const Call& call) {
  return call.stage.object(call.op).model().relationship(call.op.at("rel").get<std::string>());
}

Record* child(const Call& call) { return call.stage.reference(call.op.at("child")); }

Value key(const Call& call) { return call.stage.value(call.op.at("key")); }

Json op_append(const Call& call) {
  call.stage.object(call.op).append(relation(call), child(call));
  return nullptr;
}

Json op_insert(const Call& call) {
  Record& object = call.stage.object(call.op);
  const auto size = static_cast<std::int64_t>(object.members(relation(call)).size());
  auto index = call.op.at("index").get<std::int64_t>();
  // As in Python, a negative index counts from the end.
  if (index < 0) index = std::max<std::int64_t>(0, index + size);
  object.insert(relation(call), static_cast<std::size_t>(index), child(call));
  return nullptr;
}

Json op_remove(const Call& call) {
  call.stage.object(call.op).remove(relation(call), child(call));
  return nullptr;
}

Json op_replace(const Call& call) {
  std::vector<Record*> members;
  for (const Json& member : call.op.at("children")) {
    members.push_back(call.stage.reference(member));
  }
  call.stage.object(call.op).replace(relation(call), members);
  return nullptr;
}

Json op_clear(const Call& call) {
  call.stage.object(call.op).replace(relation(call), {});
  return nullptr;
}

Json op_length(const Call& call) {
  return call.stage.object(call.op).members(relation(call)).size();
}

Json op_contains(const Call& call) {
  const auto& members = call.stage.object(call.op).members(relation(call));
  return std::find(members.begin(), members.end(), child(call)) != members.end();
}

Json op_put_key(const Call& call) {
  call.stage.object(call.op).put_key(relation(call), key(call), child(call));
  return nullptr;
}

Json op_del_key(const Call& call) {
  call.stage.object(call.op).remove_key(relation(call), key(call));
  return nullptr;
}

constexpr NamedOperation kCollectionOperations[] = {
    {"append", op_append},   {"collection_add", op_append}, {"insert", op_insert},
    {"remove", op_remove},   {"replace", op_replace},       {"clear", op_clear},
    {"length", op_length},   {"contains", op_contains},     {"put_key", op_put_key},
    {"del_key", op_del_key},
};

}  // namespace

Operation find_collection_operation(std::string_view name) {
  return find_among(kCollectionOperations, name);
}

}  // namespace vitrine::oracle
