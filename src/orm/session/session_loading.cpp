// Session: loading of columns and relations that are read before they are there. Objects that came
// in one result (a load group) are loaded together, so that walking a list takes one statement.
#include <algorithm>

#include "orm/query/relation_plan.h"
#include "orm/query/row_sql.h"
#include "orm/session/failures.h"
#include "orm/session/key_index.h"
#include "orm/session/loader.h"
#include "orm/session/session.h"

namespace vitrine {
namespace {

// How many objects one lazy load may fetch for, beyond the one that asked.
constexpr std::size_t kMaxLoadBatch = 500;

// Results remembered for loading together; beyond that all are forgotten, and the next ones
// counted.
constexpr std::size_t kMaxLoadGroups = 4096;

std::vector<std::size_t> stored_and_computed_columns(const Model& model) {
  std::vector<std::size_t> columns(model.columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i) columns[i] = i;
  return columns;
}

// The key that the objects on the far side must have, or nothing when a part of it is NULL.
std::vector<Value> link_key(const Record& record, const std::vector<std::size_t>& columns) {
  std::vector<Value> key;
  for (const std::size_t column : columns) key.push_back(record.slot(column).value);
  return key;
}

bool has_null(const std::vector<Value>& key) {
  return std::any_of(key.begin(), key.end(), [](const Value& part) { return part.is_null(); });
}

}  // namespace

std::uint32_t Session::begin_load_group() {
  if (load_groups_.size() >= kMaxLoadGroups) {
    load_groups_.clear();
    identity_map_.for_each([](Record& record) { record.load_group = 0; });
  }
  load_groups_.emplace_back();
  return static_cast<std::uint32_t>(load_groups_.size());
}

void Session::join_load_group(std::uint32_t group, Record& record) {
  if (record.load_group == group || group > load_groups_.size()) return;
  record.load_group = group;
  load_groups_[group - 1].push_back(&record);
}

std::vector<Record*> Session::siblings(Record& record) const {
  std::vector<Record*> batch{&record};
  if (record.load_group == 0 || record.load_group > load_groups_.size()) return batch;
  for (Record* sibling : load_groups_[record.load_group - 1]) {
    if (batch.size() >= kMaxLoadBatch) break;
    const bool fits = sibling != &record && sibling->session() == this &&
                      sibling->load_group == record.load_group &&
                      sibling->state() == ObjectState::persistent &&
                      &sibling->model() == &record.model();
    if (fits) batch.push_back(sibling);
  }
  return batch;
}

void Session::load_columns(Record& record) {
  const InStep in_step(*this);
  if (autoflush()) autoflush_now();
  std::vector<Record*> batch = siblings(record);
  std::erase_if(batch, [&](const Record* sibling) {
    return sibling != &record && sibling->slot(record.model().primary_key[0]).loaded &&
           is_complete(*sibling);
  });
  if (!load_rows(batch)) {
    fail_state(record, "object_deleted", "is no longer in the database; its row was deleted");
  }
}

// One statement for objects of one model; false when the row of the first has gone.
bool Session::load_rows(const std::vector<Record*>& batch) {
  const Model& model = batch.front()->model();
  const std::vector<std::size_t> columns = stored_and_computed_columns(model);
  KeyIndex keys(model.primary_key);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    keys.add(batch[i]->key(), static_cast<std::int64_t>(i));
  }
  bool found = false;
  Borrowed statement =
      connection_.prepare(select_by_columns_sql(model, columns, model.primary_key));
  keys.bind_keys(*statement);
  while (statement->step()) {
    const std::int64_t row = keys.find(statement->row(), model.primary_key);
    if (row < 0) continue;
    populate(*batch[static_cast<std::size_t>(row)], *statement, columns, 0, false);
    found = found || row == 0;
  }
  return found;
}

bool Session::load_if_there(Record& record) {
  const NoAutoflush pause(*this);
  try {
    load_columns(record);
  } catch (const Error& error) {
    if (error.failure().reason != "object_deleted") throw;
    return false;
  }
  return true;
}

bool Session::is_complete(const Record& record) {
  for (std::size_t i = 0; i < record.model().columns.size(); ++i) {
    if (!record.slot(i).loaded) return false;
  }
  return true;
}

void Session::load_relation(Record& record, const Relationship& relationship) {
  if (resolve_at_hand(record, relationship)) return;
  // Reading a relation of an object that was never saved does not save it.
  if (autoflush() && record.is_stored()) autoflush_now();
  load_relation(siblings(record), relationship);
}

void Session::load_relation(std::span<Record* const> records, const Relationship& relationship) {
  const InStep in_step(*this);
  std::vector<Record*> parents;
  for (Record* record : records) {
    const Record::RelationSlot& slot = record->slot(relationship);
    if (slot.loaded || slot.forbidden) continue;
    if (!resolve_at_hand(*record, relationship)) parents.push_back(record);
  }
  if (parents.empty()) return;
  const PlanChild& plan = relation_plan(relationship);
  KeyIndex keys(relationship.local);
  for (std::size_t i = 0; i < parents.size(); ++i) {
    keys.add(link_key(*parents[i], relationship.local), static_cast<std::int64_t>(i));
  }
  RecordSink sink(*this, false);
  sink.begin_relation(plan, parents);
  if (!keys.empty()) {
    Borrowed statement = connection_.prepare(plan.node.sql.text);
    const auto& parameters = plan.node.sql.parameters;
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      statement->bind(static_cast<int>(i) + 2, parameters[i]);
    }
    keys.bind_keys(*statement);
    while (statement->step()) {
      std::int64_t parent = keys.find(statement->row(), plan.child_key);
      for (; parent >= 0; parent = keys.next(parent)) sink.relation_row(*statement, parent);
    }
  }
  sink.end_relation();
}

void Session::load_whole(const std::vector<Record*>& parents, const Relationship& relationship) {
  if (relationship.passive_deletes != PassiveDeletes::no) return;
  for (Record* parent : parents) {
    Record::RelationSlot& slot = parent->slot(relationship);
    slot.loaded = slot.loaded && !slot.partial;
    slot.partial = slot.forbidden = false;
  }
  load_relation(parents, relationship);
}

// No statement is needed for a to-one relation whose key is NULL or whose target is loaded already,
// nor for the collection of an object that is not in the database yet.
bool Session::resolve_at_hand(Record& record, const Relationship& relationship) {
  Record::RelationSlot& slot = record.slot(relationship);
  if (relationship.conditions.empty() && relationship.is_many_to_one()) {
    for (const std::size_t column : relationship.local) record.get(column);
    const std::vector<Value> key = link_key(record, relationship.local);
    Record* target = nullptr;
    if (!has_null(key)) {
      if (relationship.remote != relationship.target_model->primary_key) return false;
      target = find_loaded(*relationship.target_model, key);
      if (!target) return false;
    }
    slot.loaded = true;
    slot.target = target;
    return true;
  }
  if (record.is_stored()) return false;
  slot.loaded = true;
  return true;
}

const PlanChild& Session::relation_plan(const Relationship& relationship) {
  const auto at = relation_plans_.find(&relationship);
  if (at != relation_plans_.end()) return at->second;
  return relation_plans_.emplace(&relationship, compile_relation(registry_, relationship))
      .first->second;
}

Record* Session::find_loaded(const Model& model, std::span<const Value> key) const {
  return identity_map_.find(model, key);
}

Record& Session::adopt_row(const Model& model, std::vector<Value> key) {
  if (Record* known = identity_map_.find(model, key)) return *known;
  Record& record = store_->make(model);
  for (std::size_t i = 0; i < key.size(); ++i) {
    Record::ColumnSlot& slot = record.slot(model.primary_key[i]);
    slot.value = std::move(key[i]);
    slot.loaded = true;
  }
  record.set_life(ObjectState::persistent, this);
  identity_map_.insert(record);
  return record;
}

}  // namespace vitrine
