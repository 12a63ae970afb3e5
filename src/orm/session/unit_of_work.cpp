// UnitOfWork: collecting and the order of things. The statements are in write_rows.cpp.
#include "orm/session/unit_of_work.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "orm/session/failures.h"
#include "orm/session/link.h"
#include "orm/session/unique_values.h"
#include "sqlite/savepoint.h"

namespace vitrine {
namespace {

// Puts new objects in an order in which each comes after those whose keys it waits for.
class InsertOrder {
 public:
  explicit InsertOrder(const std::vector<Record*>& pending) {
    steps_.reserve(pending.size());
    for (const Record* record : pending) steps_.emplace(record, Step::waiting);
  }

  void visit(Record& record) {
    const auto found = steps_.find(&record);
    if (found == steps_.end() || found->second == Step::done) return;
    if (found->second == Step::open) fail_cycle(record);
    found->second = Step::open;
    for (const Record::PendingKey& key : record.pending_keys) visit(*key.source);
    found->second = Step::done;
    order_.push_back(&record);
  }

  // New trees are written level by level, the roots first, so that rows get the keys that they
  // would get from SQLAlchemy. Rows of one model that follow each other are sorted by level.
  std::vector<Record*> take_by_level() {
    std::unordered_map<const Record*, std::size_t> levels;  // of those that are not roots
    const auto level_of = [&](const Record* record) {
      const auto at = levels.find(record);
      return at == levels.end() ? 0 : at->second;
    };
    for (const Record* record : order_) {
      for (const Record::PendingKey& key : record->pending_keys) {
        if (&key.source->model() != &record->model()) continue;
        levels[record] = std::max(level_of(record), level_of(key.source) + 1);
      }
    }
    if (levels.empty()) return std::move(order_);
    const auto shallower = [&](const Record* a, const Record* b) {
      return level_of(a) < level_of(b);
    };
    for (auto from = order_.begin(); from != order_.end();) {
      const auto to = std::find_if(from, order_.end(), [&](const Record* record) {
        return &record->model() != &(*from)->model();
      });
      std::stable_sort(from, to, shallower);
      from = to;
    }
    return std::move(order_);
  }

 private:
  [[noreturn]] static void fail_cycle(const Record& record) {
    Failure failure;
    failure.code = Code::cycle;
    failure.reason = "circular_dependency";
    failure.model = record.model().name;
    failure.message = record.describe() +
                      " refers, through other new objects, to itself, so that none of them can be "
                      "saved first; save one without the relation, then set it";
    fail(std::move(failure));
  }

  enum class Step { waiting, open, done };
  std::unordered_map<const Record*, Step> steps_;
  std::vector<Record*> order_;
};

// Calls `action` with each record, those of one model after those of the models it refers to. There
// are few models, and a walk for each of them costs less than shelves.
template <class Action>
void in_dependency_order(const Registry& registry, const std::vector<Record*>& records,
                         Action action) {
  if (records.empty()) return;
  for (const Model* model : registry.dependency_order()) {
    for (Record* record : records) {
      if (&record->model() == model) action(*record);
    }
  }
}

std::unordered_map<const Model*, std::vector<Record*>> by_model(
    const std::vector<Record*>& records) {
  std::unordered_map<const Model*, std::vector<Record*>> shelves;
  for (Record* record : records) shelves[&record->model()].push_back(record);
  return shelves;
}

}  // namespace

bool UnitOfWork::collect() {
  collect_orphans();
  nullify_children();
  collect_inserts();
  deletes_ = session_.marked_;
  std::copy_if(session_.dirty_.begin(), session_.dirty_.end(), std::back_inserter(touched_),
               [&](const Record* record) { return !waits(record); });
  in_dependency_order(session_.registry(), touched_, [&](Record& record) {
    if (record.marked_deleted) return;
    if (record.is_changed() || !record.pending_keys.empty()) updates_.push_back(&record);
  });
  for (Record* record : inserts_) collect_links(*record);
  for (Record* record : touched_) {
    if (!record->marked_deleted) collect_links(*record);
  }
  return !inserts_.empty() || !updates_.empty() || !deletes_.empty() || !added_links_.empty() ||
         !removed_links_.empty();
}

void UnitOfWork::collect_orphans() {
  const std::vector<Record*> dirty = session_.dirty_;
  std::vector<Record*> orphans;
  std::copy_if(dirty.begin(), dirty.end(), std::back_inserter(orphans),
               [](const Record* record) { return record->orphaned && !record->marked_deleted; });
  if (orphans.empty()) return;
  // A delete would take waiting orphans with it, for their rows still refer to where they were.
  const bool may_leave_some = automatic_ && session_.marked_.empty();
  std::vector<Record*> takers = session_.pending_;
  std::copy_if(dirty.begin(), dirty.end(), std::back_inserter(takers),
               [](const Record* record) { return !record->orphaned; });
  const TakenValues taken(may_leave_some ? takers : std::vector<Record*>());
  for (Record* orphan : orphans) {
    if (may_leave_some && !taken.conflict_with(*orphan)) {
      waiting_.insert(orphan);
    } else {
      const std::vector<Record*> dropped = session_.mark_with_cascade({orphan});
      dropped_.insert(dropped_.end(), dropped.begin(), dropped.end());
    }
  }
}

void UnitOfWork::collect_inserts() {
  InsertOrder order(session_.pending_);
  in_dependency_order(session_.registry(), session_.pending_,
                      [&](Record& record) { order.visit(record); });
  inserts_ = order.take_by_level();
}

// Children of deleted objects that are not deleted with them lose their foreign key.
void UnitOfWork::nullify_children() {
  for (const auto& [model, parents] : by_model(session_.marked_)) {
    for (const Relationship& relationship : model->relationships) {
      const bool concerned = relationship.direction == Direction::one_to_many &&
                             !relationship.cascade.delete_ && !relationship.viewonly &&
                             relationship.passive_deletes != PassiveDeletes::all;
      if (concerned) nullify(parents, relationship);
    }
  }
}

void UnitOfWork::nullify(const std::vector<Record*>& parents, const Relationship& relationship) {
  session_.load_whole(parents, relationship);
  for (Record* parent : parents) {
    const Record::RelationSlot& slot = parent->slot(relationship);
    std::vector<Record*> children = slot.members;
    if (slot.target) children.push_back(slot.target);
    for (Record* child : children) {
      if (child->marked_deleted || child->state() == ObjectState::deleted) continue;
      for (const std::size_t column : relationship.remote) {
        if (child->is_stored() && child->model().columns[column].primary_key) {
          fail_state(*child, "blank_primary_key",
                     "would lose a part of its primary key, because its parent is deleted; delete "
                     "it too");
        }
      }
      unlink(*parent, relationship, *child);
      parted_.push_back({parent, &relationship, child});
    }
  }
}

void UnitOfWork::collect_links(Record& record) {
  for (const Relationship& relationship : record.model().relationships) {
    if (relationship.direction != Direction::many_to_many || relationship.viewonly) continue;
    const Record::RelationSlot& slot = record.slot(relationship);
    const auto canonical = [&](Record* other) {
      const Relationship* inverse = relationship.inverse;
      if (!inverse || &relationship < inverse) return Link{&relationship, &record, other};
      return Link{inverse, other, &record};
    };
    for (Record* other : slot.added) {
      // One that was dropped unsaved, or goes as well, has no row to link to.
      if (other->session() && !other->marked_deleted) added_links_.insert(canonical(other));
    }
    for (Record* other : slot.removed) {
      if (other->is_stored()) removed_links_.insert(canonical(other));
    }
  }
}

void UnitOfWork::run() {
  Connection& connection = session_.connection();
  const bool nested = connection.in_transaction();
  session_.ensure_transaction();
  try {
    if (nested && session_.undoes_flushes_) {
      Savepoint part(connection, "flush");
      write();
      part.release();
    } else {
      write();
    }
  } catch (...) {
    if (!nested) connection.undo_transaction();
    throw;
  }
  finish();
}

void UnitOfWork::write() {
  free_values();
  for (Record* record : inserts_) write_insert(*record);
  for (Record* record : updates_) write_update(*record);
  check_trees();
  write_links();
  if (!deletes_written_) write_deletes(deletes_);
}

void UnitOfWork::assign(Record& record, std::size_t column, Value value) {
  Record::ColumnSlot& slot = record.slot(column);
  undo_.push_back({&record, column, slot});
  slot.value = std::move(value);
  slot.loaded = true;
  slot.changed = true;
}

void UnitOfWork::resolve_keys(Record& record) {
  for (const Record::PendingKey& key : record.pending_keys) {
    assign(record, key.column, key.source->slot(key.source_column).value);
  }
}

void UnitOfWork::undo() {
  for (auto step = undo_.rbegin(); step != undo_.rend(); ++step) {
    step->record->slot(step->column) = std::move(step->before);
  }
  for (Record* record : inserts_) record->generated_key = false;
  // In the order in which they were parted, so that a collection has its own order again.
  for (const Parted& parted : parted_) {
    link(*parted.parent, *parted.relationship, *parted.child);
  }
  for (std::size_t i = marked_before_; i < session_.marked_.size(); ++i) {
    session_.marked_[i]->marked_deleted = false;
  }
  session_.marked_.resize(marked_before_);
  for (Record* record : dropped_) session_.add_one(*record);
}

void UnitOfWork::finish() {
  session_.pending_.clear();
  std::erase_if(session_.dirty_, [&](const Record* record) { return !waits(record); });
  session_.marked_.clear();
  Session::Level& level = session_.levels_.back();
  for (Record* record : touched_) {
    record->listed_dirty = false;
    if (!record->marked_deleted) mark_clean(*record);
  }
  // A new object may have the key of one that was deleted: that leaves the identity map first.
  for (Record* record : deletes_) leave_parents(*record);
  for (Record* record : deletes_) finish_deleted(*record);
  for (Record* record : inserts_) finish_inserted(*record);
  level.inserted.insert(level.inserted.end(), inserts_.begin(), inserts_.end());
  level.updated.insert(level.updated.end(), updated_.begin(), updated_.end());
  level.deleted.insert(level.deleted.end(), deletes_.begin(), deletes_.end());
  session_.expire_computed();
}

void UnitOfWork::finish_inserted(Record& record) {
  record.set_life(ObjectState::persistent, &session_);
  // An object that still had the key has lost its row, or the insert had been refused.
  if (Record* before = session_.identity_map_.insert(record)) session_.lose_row(*before);
  mark_clean(record);
  for (std::size_t i = 0; i < record.model().columns.size(); ++i) {
    record.slot(i).loaded = record.model().columns[i].is_stored();
  }
}

// What the object has become is now what the database has.
void UnitOfWork::mark_clean(Record& record) {
  record.forget_changes();
  record.pending_keys.clear();
  record.orphaned = false;
  for (const Relationship& relationship : record.model().relationships) {
    record.slot(relationship).added.clear();
    std::erase_if(record.slot(relationship).removed,
                  [&](const Record* removed) { return !waits(removed); });
  }
}

void UnitOfWork::finish_deleted(Record& record) {
  session_.identity_map_.erase(record);
  record.forget_changes();
  record.marked_deleted = false;
  record.set_life(ObjectState::deleted, &session_);
}

// Also of an expired object: its parent may still list it. Whose child it was stays to be read.
void UnitOfWork::leave_parents(Record& record) {
  for (const Relationship& relationship : record.model().relationships) {
    Record* parent = known_target(record, relationship);
    if (!parent) continue;
    record.slot(relationship).target = parent;
    record.slot(relationship).loaded = true;
    if (!relationship.inverse || parent->marked_deleted) continue;
    Record::RelationSlot& slot = parent->slot(*relationship.inverse);
    std::erase(slot.members, &record);
    std::erase(slot.added, &record);
    std::erase(slot.removed, &record);
    if (slot.target == &record) slot.target = nullptr;
  }
}

}  // namespace vitrine
