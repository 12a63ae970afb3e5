// Session: transactions and savepoints, and what they do to objects. A level records what was
// written since it began; undoing it puts the objects back to before, in memory as in the database.
#include <algorithm>
#include <exception>
#include <utility>

#include "orm/session/failures.h"
#include "orm/session/session.h"

namespace vitrine {
namespace {

void append(std::vector<Record*>& to, const std::vector<Record*>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

// Of one commit, as in SQLAlchemy.
constexpr int kMaxFlushes = 100;

std::string savepoint_name(std::size_t depth) { return "level_" + std::to_string(depth); }

}  // namespace

Session::InStep::InStep(Session& session)
    : session_(session),
      failures_(std::uncaught_exceptions()),
      rollbacks_(session.rollbacks_),
      was_open_(session.connection_.in_transaction()) {}

Session::InStep::~InStep() {
  // A flush sees to itself.
  if (std::uncaught_exceptions() == failures_ || session_.flushing_) return;
  const bool undone = was_open_ && !session_.connection_.in_transaction();
  if (!undone || session_.rollbacks_ != rollbacks_) return;
  try {
    session_.rollback();
  } catch (const Error&) {
    // Only a listener fails, after all is undone; the first failure is the one to tell.
  }
}

void Session::ensure_transaction() {
  if (!connection_.in_transaction()) connection_.run("BEGIN");
}

void Session::begin() {
  const InStep in_step(*this);
  ensure_transaction();
}

void Session::commit() {
  const InStep in_step(*this);
  // What listeners of after_flush change is written as well, though not without end.
  for (int rest = kMaxFlushes; flush(false) && has_changes();) {
    if (--rest == 0) fail(Code::state, "after_flush changes objects without end.");
  }
  while (savepoint_depth() > 0) release_savepoint();
  if (connection_.in_transaction()) connection_.run("COMMIT");
  const Level done = std::exchange(levels_.front(), {});
  for (Record* record : done.deleted) {
    if (record->state() != ObjectState::deleted) continue;
    record->set_life(ObjectState::detached, nullptr);
    record->erased = true;
  }
  if (options_.expire_on_commit) expire_all();
  emit(Event::after_commit);
}

void Session::rollback() {
  ++rollbacks_;
  connection_.undo_transaction();
  release_pending();
  for (auto level = levels_.rbegin(); level != levels_.rend(); ++level) restore(*level);
  levels_.assign(1, {});
  expire_all();
  emit(Event::after_rollback);
}

void Session::begin_savepoint() {
  const InStep in_step(*this);
  flush();
  ensure_transaction();
  connection_.run("SAVEPOINT " + savepoint_name(levels_.size()));
  levels_.emplace_back();
}

void Session::release_savepoint() {
  if (savepoint_depth() == 0) fail(Code::state, "There is no savepoint to release.");
  const InStep in_step(*this);
  flush();
  connection_.run("RELEASE " + savepoint_name(levels_.size() - 1));
  const Level done = std::move(levels_.back());
  levels_.pop_back();
  append(levels_.back().inserted, done.inserted);
  append(levels_.back().updated, done.updated);
  append(levels_.back().deleted, done.deleted);
}

void Session::rollback_savepoint() {
  if (savepoint_depth() == 0) fail(Code::state, "There is no savepoint to roll back.");
  const std::string name = savepoint_name(levels_.size() - 1);
  try {
    connection_.run("ROLLBACK TO " + name);
    connection_.run("RELEASE " + name);
  } catch (const Error&) {
    // What cannot be undone by itself is undone with all of the transaction.
    rollback();
    throw;
  }
  release_pending();
  const Level undone = std::move(levels_.back());
  levels_.pop_back();
  restore(undone);
  // Not only what was written: a collection may hold what has just been undone.
  expire_all();
}

// Objects that were added but never written leave the session; marks of deletion go.
void Session::release_pending() {
  for (Record* record : pending_) record->set_life(ObjectState::transient, nullptr);
  pending_.clear();
  for (Record* record : marked_) record->marked_deleted = false;
  marked_.clear();
}

void Session::restore(const Level& level) {
  for (Record* record : level.inserted) undo_insert(*record);
  for (Record* record : level.deleted) {
    if (record->state() != ObjectState::deleted) continue;
    record->set_life(ObjectState::persistent, this);
    identity_map_.insert(*record);
    expire_record(*record);
  }
  for (Record* record : level.updated) {
    if (record->state() == ObjectState::persistent) expire_record(*record);
  }
  // What refers to an object that lost its key must wait for the next one.
  for (Record* record : level.inserted) await_keys(*record);
}

void Session::undo_insert(Record& record) {
  if (record.session() != this) return;
  identity_map_.erase(record);
  record.forget_changes();
  record.set_life(ObjectState::transient, nullptr);
  record.listed_dirty = false;
  record.orphaned = false;
  std::erase(dirty_, &record);
  for (std::size_t i = 0; i < record.model().columns.size(); ++i) {
    record.slot(i).changed = record.slot(i).loaded;
  }
  if (!record.generated_key) return;
  record.generated_key = false;
  record.slot(record.model().primary_key[0]) = {};
}

void Session::await_keys(Record& record) {
  for (const Relationship& relationship : record.model().relationships) {
    Record* target = record.slot(relationship).target;
    if (!relationship.is_many_to_one() || !target || target->has_key()) continue;
    for (std::size_t i = 0; i < relationship.local.size(); ++i) {
      record.slot(relationship.local[i]).value = nullptr;
      record.pending_keys.push_back({relationship.local[i], target, relationship.remote[i]});
    }
  }
}

void Session::expire_record(Record& record) {
  if (record.state() != ObjectState::persistent) return;
  const Model& model = record.model();
  record.forget_changes();
  record.pending_keys.clear();
  record.orphaned = false;
  if (record.listed_dirty) {
    record.listed_dirty = false;
    std::erase(dirty_, &record);
  }
  for (std::size_t i = 0; i < model.columns.size(); ++i) record.slot(i).loaded = false;
  for (const std::size_t column : model.primary_key) record.slot(column).loaded = true;
  for (const Relationship& relationship : model.relationships) {
    record.slot(relationship) = {};
  }
}

// Counts of related rows may have changed with any flush: they are read again when they are used.
void Session::expire_computed() {
  for (const auto& model : registry_.models()) {
    for (std::size_t i = 0; i < model->columns.size(); ++i) {
      const auto& computed = model->columns[i].computed;
      if (!computed || computed->count_of.empty()) continue;
      identity_map_.for_each([&](Record& record) {
        if (&record.model() == model.get()) record.slot(i).loaded = false;
      });
    }
  }
}

void Session::expire(Record& record, const std::vector<std::string>& attributes) {
  if (record.state() != ObjectState::persistent || record.session() != this) {
    fail_state(record, "not_persisted", "is not a stored object of this session");
  }
  if (attributes.empty()) {
    expire_record(record);
    return;
  }
  for (const std::string& attribute : attributes) {
    if (const Relationship* relationship = record.model().find_relationship(attribute)) {
      // Forbidden to load is what the query said, until the whole object is expired.
      const bool forbidden = record.slot(*relationship).forbidden;
      record.slot(*relationship) = {};
      record.slot(*relationship).forbidden = forbidden;
    } else {
      record.revert(record.model().column_index(attribute));
    }
  }
}

void Session::expire_all() {
  for (Record* record : dirty_) record->listed_dirty = false;
  dirty_.clear();
  identity_map_.for_each([&](Record& record) { expire_record(record); });
}

void Session::refresh(Record& record, const std::vector<std::string>& attributes) {
  // Pending changes of what is refreshed are given up; an autoflush writes only all others.
  expire(record, attributes);
  load_columns(record);
}

}  // namespace vitrine
