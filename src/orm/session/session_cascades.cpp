// Session: what happens to one object and, by cascade, to those it reaches: add, remove, expunge.
// Each walk goes level by level, so that a relation is loaded once for all objects of a level.
#include <algorithm>
#include <unordered_set>

#include "orm/session/failures.h"
#include "orm/session/link.h"
#include "orm/session/session.h"

namespace vitrine {
namespace {

// What an object reaches through one relation, as far as it is loaded.
std::vector<Record*> related_to(Record& record, const Relationship& relationship) {
  const Record::RelationSlot& slot = record.slot(relationship);
  if (!relationship.is_collection()) {
    return slot.target ? std::vector<Record*>{slot.target} : std::vector<Record*>{};
  }
  return slot.loaded || !record.is_stored() ? slot.members : slot.added;
}

// Relations that were set by id before the object had a session to look in.
void follow_ids(Record& record) {
  for (const Relationship& relationship : record.model().relationships) {
    const bool concerned = relationship.is_many_to_one() && !relationship.viewonly &&
                           !record.slot(relationship).loaded &&
                           !record.slot(relationship.local.front()).value.is_null();
    if (concerned) retarget(record, relationship, nullptr);
  }
}

}  // namespace

void Session::add(Record& record) {
  // Depth first, and in the order of relations and members, which is that of the keys to come.
  std::vector<Record*> stack{&record};
  std::unordered_set<const Record*> seen;
  while (!stack.empty()) {
    Record& next = *stack.back();
    stack.pop_back();
    if (!seen.insert(&next).second) continue;
    add_one(next);
    const auto reached = static_cast<std::ptrdiff_t>(stack.size());
    for (const Relationship& relationship : next.model().relationships) {
      if (!relationship.cascade.save_update || relationship.viewonly) continue;
      for (Record* other : related_to(next, relationship)) {
        if (other->session() != this || other->marked_deleted) stack.push_back(other);
      }
    }
    std::reverse(stack.begin() + reached, stack.end());
  }
}

void Session::add_one(Record& record) {
  if (record.state() == ObjectState::deleted || record.erased) {
    fail_state(record, "object_deleted", "has been deleted; create a new object instead");
  }
  if (record.session() == this) {
    unmark(record);
    return;
  }
  if (record.session()) {
    fail_state(record, "other_session", "belongs to another session; expunge it there first");
  }
  if (record.state() == ObjectState::transient) {
    record.set_life(ObjectState::pending, this);
    pending_.push_back(&record);
    rejoin_collections(record);
    follow_ids(record);
    return;
  }
  if (Record* known = identity_map_.find(record.model(), record.key())) {
    fail_state(
        record, "invalid_request",
        "cannot be attached: this session holds another object with its key, " + known->describe());
  }
  record.set_life(ObjectState::persistent, this);
  identity_map_.insert(record);
  if (record.is_changed()) note_change(record);
}

// An object that was to be deleted, and is added again before the flush, stays.
void Session::unmark(Record& record) {
  if (!record.marked_deleted) return;
  record.marked_deleted = false;
  std::erase(marked_, &record);
}

void Session::drop_pending(Record& record) {
  if (record.state() != ObjectState::pending) return;
  std::erase(pending_, &record);
  record.set_life(ObjectState::transient, nullptr);
}

void Session::remove(Record& record) {
  if (!is_to_mark(record)) return;
  if (autoflush()) autoflush_now();
  mark_with_cascade({&record});
}

void Session::remove(const std::vector<Record*>& records) {
  std::vector<Record*> roots;
  std::unordered_set<const Record*> seen;
  for (Record* record : records) {
    if (is_to_mark(*record) && seen.insert(record).second) roots.push_back(record);
  }
  if (autoflush()) autoflush_now();
  mark_with_cascade(roots);
}

// Whether deleting the object is anything to do; fails when it cannot be deleted.
bool Session::is_to_mark(Record& record) {
  if (record.state() == ObjectState::deleted || record.erased) return false;
  const bool saved =
      record.state() == ObjectState::persistent || record.state() == ObjectState::detached;
  if (!saved) fail_state(record, "not_persisted", "was never saved, so it cannot be deleted");
  if (record.state() == ObjectState::detached) add_one(record);
  if (record.session() != this) {
    fail_state(record, "other_session", "belongs to another session; delete it there");
  }
  return !record.marked_deleted;
}

std::vector<Record*> Session::mark_with_cascade(const std::vector<Record*>& roots) {
  // All of it is found before anything is marked: loading may fail.
  Reached reached{roots, {}, {roots.begin(), roots.end()}};
  std::vector<Record*> level = roots;
  while (!level.empty()) level = next_level(level, reached);
  for (Record* record : reached.stored) {
    record->marked_deleted = true;
    marked_.push_back(record);
  }
  for (Record* record : reached.pending) drop_pending(*record);
  for (Record* record : reached.pending) leave_collections(*record);
  return std::move(reached.pending);
}

// What is deleted can be read afterwards, though its row has gone.
void Session::load_expired(std::vector<Record*> records) {
  std::erase_if(records, [](const Record* record) {
    return record->state() != ObjectState::persistent || knows_row(*record);
  });
  if (!records.empty()) load_rows(records);
}

// What is deleted with the objects of one level, and was not reached before.
std::vector<Record*> Session::next_level(const std::vector<Record*>& level, Reached& reached) {
  std::vector<Record*> next;
  for (const auto& model : registry_.models()) {
    std::vector<Record*> same;
    std::copy_if(level.begin(), level.end(), std::back_inserter(same),
                 [&](const Record* record) { return &record->model() == model.get(); });
    if (same.empty()) continue;
    load_expired(same);
    for (const Relationship& relationship : model->relationships) {
      const bool cascades = relationship.cascade.delete_ && !relationship.viewonly;
      if (cascades) reach(same, relationship, reached, next);
    }
  }
  return next;
}

void Session::reach(const std::vector<Record*>& parents, const Relationship& relationship,
                    Reached& reached, std::vector<Record*>& next) {
  load_whole(parents, relationship);
  for (Record* parent : parents) {
    for (Record* child : related_to(*parent, relationship)) {
      const bool pending = child->state() == ObjectState::pending;
      const bool stored = child->state() == ObjectState::persistent && !child->marked_deleted;
      if ((!pending && !stored) || !reached.seen.insert(child).second) continue;
      (pending ? reached.pending : reached.stored).push_back(child);
      next.push_back(child);
    }
  }
}

void Session::expunge(Record& record) {
  if (record.session() != this) {
    fail_state(record, "invalid_request", "is not in this session");
  }
  std::vector<Record*> queue{&record};
  while (!queue.empty()) {
    Record& next = *queue.back();
    queue.pop_back();
    if (next.session() != this) continue;
    detach(next);
    for (const Relationship& relationship : next.model().relationships) {
      if (!relationship.cascade.expunge) continue;
      for (Record* other : related_to(next, relationship)) queue.push_back(other);
    }
  }
}

void Session::detach(Record& record) {
  if (record.state() == ObjectState::pending) {
    drop_pending(record);
    return;
  }
  identity_map_.erase(record);
  std::erase(dirty_, &record);
  std::erase(marked_, &record);
  record.listed_dirty = false;
  record.marked_deleted = false;
  record.load_group = 0;
  record.set_life(ObjectState::detached, nullptr);
}

void Session::expunge_all() {
  for (Record* record : pending_) record->set_life(ObjectState::transient, nullptr);
  identity_map_.for_each([](Record& record) {
    record.listed_dirty = false;
    record.marked_deleted = false;
    record.load_group = 0;
    record.set_life(ObjectState::detached, nullptr);
  });
  for (Level& level : levels_) {
    for (Record* record : level.deleted) {
      if (record->session() == this) record->set_life(ObjectState::detached, nullptr);
    }
    level = {};
  }
  pending_.clear();
  dirty_.clear();
  marked_.clear();
  load_groups_.clear();
  identity_map_.clear();
  current_ = nullptr;
}

void Session::clear() {
  expunge_all();
  store_->clear();
}

}  // namespace vitrine
