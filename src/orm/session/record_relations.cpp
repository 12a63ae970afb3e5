// Record: its relations. Each change goes through link.h, which keeps both sides in step.
#include <algorithm>

#include "orm/session/failures.h"
#include "orm/session/link.h"
#include "orm/session/record.h"
#include "orm/session/session.h"

namespace vitrine {
namespace {

void check_collection(const Record& record, const Relationship& relationship) {
  if (relationship.is_collection()) return;
  fail_value(record, relationship.name, "wrong_type",
             "this relation holds one object, not several");
}

void check_member(const Record& record, const Relationship& relationship, const Record* member) {
  check_collection(record, relationship);
  if (!member) {
    fail_value(record, relationship.name, "null_in_collection", "a collection cannot hold null");
  }
}

// Fetches a relation that a stored object has not loaded; what is not stored has nothing to fetch.
void ensure_loaded(Record& record, const Relationship& relationship) {
  Record::RelationSlot& slot = record.slot(relationship);
  if (slot.loaded) return;
  if (slot.forbidden) {
    fail_state(record, "lazy_load_forbidden",
               "was loaded with '" + relationship.name + "' forbidden; include it in the query");
  }
  if (record.state() == ObjectState::transient) return;
  if (!record.session()) {
    fail_state(record, "detached",
               "is detached and its " + relationship.name +
                   " is not loaded; read it while its session is open");
  }
  record.session()->load_relation(record, relationship);
}

}  // namespace

Record* Record::related(const Relationship& relationship) {
  if (relationship.is_collection()) {
    fail_value(*this, relationship.name, "wrong_type", "this relation holds several objects");
  }
  ensure_loaded(*this, relationship);
  return slot(relationship).target;
}

void Record::relate(const Relationship& relationship, Record* target) {
  if (relationship.is_collection()) {
    fail_value(*this, relationship.name, "wrong_type",
               "this relation holds several objects; assign a list");
  }
  if (target) {
    const Relationship* inverse = relationship.inverse;
    const bool numbered = inverse && inverse->collection == CollectionKind::ordered;
    if (numbered && &target->model() == inverse->owner) ensure_loaded(*target, *inverse);
    link(*this, relationship, *target);
  } else {
    if (!relationship.is_many_to_one()) ensure_loaded(*this, relationship);
    unlink_target(*this, relationship);
  }
}

const std::vector<Record*>& Record::members(const Relationship& relationship) {
  check_collection(*this, relationship);
  ensure_loaded(*this, relationship);
  return slot(relationship).members;
}

void Record::append(const Relationship& relationship, Record* member) {
  check_member(*this, relationship, member);
  if (relationship.collection == CollectionKind::ordered) ensure_loaded(*this, relationship);
  link(*this, relationship, *member);
}

void Record::insert(const Relationship& relationship, std::size_t index, Record* member) {
  check_member(*this, relationship, member);
  ensure_loaded(*this, relationship);
  link(*this, relationship, *member);
  auto& list = slot(relationship).members;
  // A member that a request left out is in the collection, and not in the list.
  std::erase(list, member);
  list.insert(list.begin() + static_cast<std::ptrdiff_t>(std::min(index, list.size())), member);
  renumber(*this, relationship);
}

void Record::remove(const Relationship& relationship, Record* member) {
  check_member(*this, relationship, member);
  ensure_loaded(*this, relationship);
  const auto& list = slot(relationship).members;
  if (std::find(list.begin(), list.end(), member) == list.end()) {
    fail_value(*this, relationship.name, "not_a_member",
               member->describe() + " is not in the collection");
  }
  unlink(*this, relationship, *member);
}

void Record::replace(const Relationship& relationship, const std::vector<Record*>& members) {
  if (!relationship.is_collection()) {
    fail_value(*this, relationship.name, "not_an_entity",
               "this relation holds one object, and a list is none; assign the object itself");
  }
  for (const Record* member : members) check_member(*this, relationship, member);
  ensure_loaded(*this, relationship);
  const std::vector<Record*> before = slot(relationship).members;
  // What may be refused comes first: nothing has been taken away then.
  for (Record* member : members) link(*this, relationship, *member);
  for (Record* member : before) {
    const bool stays = std::find(members.begin(), members.end(), member) != members.end();
    if (!stays) unlink(*this, relationship, *member);
  }
  auto& list = slot(relationship).members;
  list.clear();
  for (Record* member : members) {
    if (std::find(list.begin(), list.end(), member) == list.end()) list.push_back(member);
  }
  renumber(*this, relationship);
}

Record* Record::at_key(const Relationship& relationship, const Value& key) {
  const std::size_t column = relationship.target_model->column_index(relationship.key_column);
  for (Record* member : members(relationship)) {
    if (member->get(column) == key) return member;
  }
  return nullptr;
}

void Record::put_key(const Relationship& relationship, const Value& key, Record* member) {
  check_member(*this, relationship, member);
  Record* before = at_key(relationship, key);
  if (before == member) return;
  member->set(relationship.key_column, key);
  if (before) unlink(*this, relationship, *before);
  link(*this, relationship, *member);
}

void Record::remove_key(const Relationship& relationship, const Value& key) {
  Record* member = at_key(relationship, key);
  if (!member) {
    fail_value(*this, relationship.name, "not_a_member", "no member under " + key.describe());
  }
  unlink(*this, relationship, *member);
}

}  // namespace vitrine
