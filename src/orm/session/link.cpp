// Linking: see the header. "Side" is one object's slot for a relation; a link has two sides and,
// unless it goes through a table of links, a foreign key on the child.
#include "orm/session/link.h"

#include <algorithm>

#include "orm/session/failures.h"
#include "orm/session/session.h"

namespace vitrine {
namespace {

using Slot = Record::RelationSlot;

bool holds(const std::vector<Record*>& list, const Record& record) {
  return std::find(list.begin(), list.end(), &record) != list.end();
}

bool erase(std::vector<Record*>& list, const Record& record) {
  const auto at = std::find(list.begin(), list.end(), &record);
  if (at == list.end()) return false;
  list.erase(at);
  return true;
}

// The child's columns that hold the parent's key, seen from `relationship` of owner.
struct ForeignKeyLink {
  Record& child;
  const std::vector<std::size_t>& child_columns;
  Record& parent;
  const std::vector<std::size_t>& parent_columns;
};

ForeignKeyLink foreign_key_of(Record& owner, const Relationship& relationship, Record& other) {
  if (relationship.is_many_to_one()) {
    return {owner, relationship.local, other, relationship.remote};
  }
  return {other, relationship.remote, owner, relationship.local};
}

void forget_pending_key(Record& record, std::size_t column) {
  std::erase_if(record.pending_keys, [&](const auto& key) { return key.column == column; });
}

void write_key(const ForeignKeyLink& key) {
  for (std::size_t i = 0; i < key.child_columns.size(); ++i) {
    const std::size_t column = key.child_columns[i];
    forget_pending_key(key.child, column);
    const Value& value = key.parent.slot(key.parent_columns[i]).value;
    if (value.is_null()) {
      key.child.pending_keys.push_back({column, &key.parent, key.parent_columns[i]});
    }
    if (key.child.slot(column).value != value || !key.child.slot(column).loaded) {
      key.child.write(column, value);
    }
  }
}

void clear_key(Record& child, const std::vector<std::size_t>& columns) {
  for (const std::size_t column : columns) {
    forget_pending_key(child, column);
    const bool fixed = child.is_stored() && child.model().columns[column].primary_key;
    if (!fixed) child.write(column, nullptr);
  }
}

// A stored child whose key contains the foreign key cannot move: its key would change.
void check_key_can_change(const ForeignKeyLink& key, const Relationship& relationship) {
  if (!key.child.is_stored()) return;
  for (std::size_t i = 0; i < key.child_columns.size(); ++i) {
    const std::size_t column = key.child_columns[i];
    if (!key.child.model().columns[column].primary_key) continue;
    if (key.child.stored(column) == key.parent.slot(key.parent_columns[i]).value) continue;
    fail_value(key.child, relationship.name, "invalid_value",
               "the relation is part of its primary key, which cannot change once it is stored; "
               "create a new object instead");
  }
}

void check_link(Record& owner, const Relationship& relationship, Record& other) {
  if (relationship.viewonly) {
    fail_value(owner, relationship.name, "invalid_argument", "this relation is for reading only");
  }
  if (&other.model() != relationship.target_model) {
    fail_value(owner, relationship.name, "wrong_type",
               "expected a " + relationship.target + ", got " + other.describe());
  }
  if (owner.session() && other.session() && owner.session() != other.session()) {
    fail_state(other, "other_session", "belongs to another session; expunge it there first");
  }
  for (const Record* record : {&owner, &other}) {
    if (record->state() == ObjectState::deleted) {
      fail_state(*record, "object_deleted", "has been deleted; create a new object instead");
    }
  }
  if (relationship.direction != Direction::many_to_many) {
    check_key_can_change(foreign_key_of(owner, relationship, other), relationship);
  }
}

// Whether the collection has the member already. A loaded single-valued other side knows it at
// once; only without one is the list searched.
bool has_member(Record& owner, const Relationship& relationship, Record& other, bool known) {
  const Relationship* inverse = relationship.inverse;
  if (inverse && !inverse->is_collection() && other.slot(*inverse).loaded) {
    return other.slot(*inverse).target == &owner;
  }
  const Slot& slot = owner.slot(relationship);
  return holds(known ? slot.members : slot.added, other);
}

// Whether the rows may have a member or lack it, whatever was added and removed: a collection that
// is yet to be loaded. Links through a table are rows of their own, and known.
bool is_unsure(Record& owner, const Relationship& relationship) {
  return relationship.direction == Direction::one_to_many && owner.is_stored() &&
         !owner.slot(relationship).loaded;
}

void attach_side(Record& owner, const Relationship& relationship, Record& other) {
  Slot& slot = owner.slot(relationship);
  if (!relationship.is_collection()) {
    slot.target = &other;
    slot.loaded = true;
    return;
  }
  const bool known = slot.loaded || !owner.is_stored();
  if (has_member(owner, relationship, other, known)) return;
  if (known) {
    slot.loaded = true;
    slot.members.push_back(&other);
    renumber(owner, relationship);
  }
  const bool was_removed = erase(slot.removed, other);
  if (!was_removed || is_unsure(owner, relationship)) slot.added.push_back(&other);
}

void detach_side(Record& owner, const Relationship& relationship, Record& other) {
  Slot& slot = owner.slot(relationship);
  if (!relationship.is_collection()) {
    if (slot.target == &other || !slot.loaded) {
      slot.target = nullptr;
      slot.loaded = true;
    }
    return;
  }
  // A deleted parent has no order to keep.
  if (erase(slot.members, other) && !owner.marked_deleted) renumber(owner, relationship);
  const bool was_added = erase(slot.added, other);
  if (was_added && !is_unsure(owner, relationship)) return;
  if (!holds(slot.removed, other)) slot.removed.push_back(&other);
}

// A single-valued side leaves what it referred to before it takes another.
void free_side(Record& record, const Relationship& relationship, const Record& next) {
  if (relationship.is_collection()) return;
  Slot& slot = record.slot(relationship);
  const bool one_to_one = !relationship.is_many_to_one();
  if (one_to_one && !slot.loaded && record.is_stored() && record.session()) {
    record.session()->load_relation(record, relationship);
  }
  Record* current = known_target(record, relationship);
  if (current && current != &next) unlink(record, relationship, *current);
}

// What an expired object refers to is read again, for what it once was may be another row's by now.
// False when its own row has gone.
bool read_key(Record& owner, const std::vector<std::size_t>& columns) {
  if (owner.state() != ObjectState::persistent) return true;
  const bool known = std::all_of(columns.begin(), columns.end(), [&](std::size_t column) {
    return owner.slot(column).loaded || owner.slot(column).changed;
  });
  return known || owner.session()->load_if_there(owner);
}

void note(Record& record) {
  if (record.session()) record.session()->note_change(record);
}

// save-update: whoever is linked to an object of a session joins it. A backref counts as well, so
// that assigning a stored parent is enough to save a child.
void cascade_save(Record& owner, const Relationship& relationship, Record& other) {
  if (owner.session() && !other.session() && relationship.cascade.save_update) {
    owner.session()->add(other);
  } else if (other.session() && !owner.session() && relationship.inverse &&
             relationship.inverse->cascade.save_update) {
    other.session()->add(owner);
  }
}

const Relationship* one_to_many_side(const Relationship& relationship) {
  if (relationship.direction == Direction::one_to_many) return &relationship;
  if (!relationship.is_many_to_one()) return nullptr;
  return relationship.inverse;
}

void set_orphaned(Record& owner, const Relationship& relationship, Record& other, bool orphaned) {
  const Relationship* parental = one_to_many_side(relationship);
  if (!parental || !owns(*parental)) return;
  Record& child = relationship.is_many_to_one() ? owner : other;
  child.orphaned = orphaned;
  note(child);
  const bool drop =
      orphaned && child.state() == ObjectState::pending && parental->cascade.delete_orphan;
  if (drop) child.session()->expunge(child);
}

}  // namespace

bool owns(const Relationship& relationship) {
  if (relationship.direction != Direction::one_to_many) return false;
  if (relationship.cascade.delete_orphan) return true;
  const auto& columns = relationship.target_model->columns;
  return std::any_of(relationship.remote.begin(), relationship.remote.end(),
                     [&](std::size_t column) { return columns[column].primary_key; });
}

Record* known_target(Record& owner, const Relationship& relationship) {
  const Slot& slot = owner.slot(relationship);
  if (slot.loaded) return slot.target;
  if (!relationship.is_many_to_one() || !owner.session()) return nullptr;
  if (!read_key(owner, relationship.local)) return nullptr;
  std::vector<Value> key;
  for (const std::size_t column : relationship.local) key.push_back(owner.slot(column).value);
  if (relationship.remote != relationship.target_model->primary_key) return nullptr;
  return owner.session()->find_loaded(*relationship.target_model, key);
}

void link(Record& owner, const Relationship& relationship, Record& other) {
  check_link(owner, relationship, other);
  const Relationship* inverse = relationship.inverse;
  const bool linked = relationship.direction == Direction::many_to_many &&
                      holds(owner.slot(relationship).members, other);
  if (linked) return;
  free_side(owner, relationship, other);
  if (inverse) free_side(other, *inverse, owner);
  // The collection's side first: it asks the other side whether it has the member already.
  if (relationship.is_collection()) attach_side(owner, relationship, other);
  if (inverse) attach_side(other, *inverse, owner);
  if (!relationship.is_collection()) attach_side(owner, relationship, other);
  if (relationship.direction != Direction::many_to_many) {
    write_key(foreign_key_of(owner, relationship, other));
  }
  set_orphaned(owner, relationship, other, false);
  note(owner);
  note(other);
  cascade_save(owner, relationship, other);
}

void unlink(Record& owner, const Relationship& relationship, Record& other) {
  detach_side(owner, relationship, other);
  if (relationship.inverse) detach_side(other, *relationship.inverse, owner);
  if (relationship.direction != Direction::many_to_many) {
    const ForeignKeyLink key = foreign_key_of(owner, relationship, other);
    clear_key(key.child, key.child_columns);
  }
  note(owner);
  note(other);
  set_orphaned(owner, relationship, other, true);
}

void unlink_target(Record& owner, const Relationship& relationship) {
  if (Record* current = known_target(owner, relationship)) {
    unlink(owner, relationship, *current);
    return;
  }
  Slot& slot = owner.slot(relationship);
  const bool was_unknown = !slot.loaded;
  slot.loaded = true;
  slot.target = nullptr;
  if (!was_unknown || !relationship.is_many_to_one()) return;
  // What is known to have no parent is not taken from one.
  const Record::ColumnSlot& key = owner.slot(relationship.local.front());
  if ((key.loaded || key.changed) && key.value.is_null()) return;
  clear_key(owner, relationship.local);
  if (relationship.inverse && owns(*relationship.inverse) && owner.is_stored()) {
    owner.orphaned = true;
  }
  note(owner);
}

void retarget(Record& owner, const Relationship& relationship, Record* before) {
  Slot& slot = owner.slot(relationship);
  slot.loaded = false;
  slot.target = nullptr;
  const bool refers = std::none_of(relationship.local.begin(), relationship.local.end(),
                                   [&](std::size_t c) { return owner.slot(c).value.is_null(); });
  Record* after = refers ? known_target(owner, relationship) : nullptr;
  const Relationship* inverse = relationship.inverse;
  // Both are noted: a flush settles what waits in their collections.
  if (inverse && before && before != after) {
    detach_side(*before, *inverse, owner);
    note(*before);
  }
  if (inverse && after && before != after) {
    attach_side(*after, *inverse, owner);
    note(*after);
  }
  if (!refers || after) {
    slot.loaded = true;
    slot.target = after;
  }
  if (!inverse) return;
  if (owns(*inverse) && owner.is_stored()) owner.orphaned = !refers;
}

void leave_collections(Record& child) {
  for (const Relationship& relationship : child.model().relationships) {
    Record* parent = child.slot(relationship).target;
    const bool listed = relationship.is_many_to_one() && relationship.inverse && parent &&
                        relationship.inverse->is_collection() && parent->session();
    if (!listed) continue;
    Slot& slot = parent->slot(*relationship.inverse);
    erase(slot.members, child);
    erase(slot.added, child);
    child.unlisted = true;
  }
}

void rejoin_collections(Record& child) {
  if (!child.unlisted) return;
  child.unlisted = false;
  for (const Relationship& relationship : child.model().relationships) {
    Record* parent = child.slot(relationship).target;
    const bool lists = relationship.is_many_to_one() && relationship.inverse && parent &&
                       relationship.inverse->is_collection();
    if (!lists) continue;
    Slot& slot = parent->slot(*relationship.inverse);
    const bool known = slot.loaded || !parent->is_stored();
    if (known && !holds(slot.members, child)) slot.members.push_back(&child);
    if (!holds(slot.added, child)) slot.added.push_back(&child);
  }
}

void renumber(Record& owner, const Relationship& relationship) {
  if (relationship.collection != CollectionKind::ordered) return;
  const std::size_t position =
      relationship.target_model->column_index(relationship.position_column);
  std::int64_t index = 0;
  for (Record* member : owner.slot(relationship).members) {
    if (member->slot(position).value != Value(index)) member->set(position, index);
    ++index;
  }
}

}  // namespace vitrine
