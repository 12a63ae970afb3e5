// UniqueValues: see the header.
#include "orm/session/unique_values.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "orm/query/row_sql.h"

namespace vitrine {
namespace {

struct TupleHash {
  std::size_t operator()(const std::vector<Value>& tuple) const { return hash_of(tuple); }
};

// The values of `columns`, now or as the database has them; nothing when one of them is NULL.
template <class Read>
std::optional<std::vector<Value>> tuple_of(const std::vector<std::size_t>& columns, Read read) {
  std::vector<Value> tuple;
  for (const std::size_t column : columns) {
    tuple.push_back(read(column));
    if (tuple.back().is_null()) return std::nullopt;
  }
  return tuple;
}

bool changes_any(const Record& record, const std::vector<std::size_t>& columns) {
  return std::any_of(columns.begin(), columns.end(),
                     [&](std::size_t column) { return record.slot(column).changed; });
}

std::vector<UniqueColumns> constraints_of(const Model& model) {
  std::vector<UniqueColumns> constraints{{model.primary_key, false}};
  for (std::size_t i = 0; i < model.columns.size(); ++i) {
    if (model.columns[i].unique) constraints.push_back({{i}, false});
  }
  for (const UniqueConstraint& unique : model.unique_constraints) {
    UniqueColumns constraint;
    constraint.partial = !unique.where.empty();
    for (const std::string& column : unique.columns) {
      constraint.columns.push_back(model.column_index(column));
    }
    constraints.push_back(std::move(constraint));
  }
  return constraints;
}

}  // namespace

std::size_t TakenValues::TupleHash::operator()(const std::vector<Value>& tuple) const {
  return hash_of(tuple);
}

TakenValues::TakenValues(const std::vector<Record*>& takers) {
  for (const Record* taker : takers) {
    const std::vector<UniqueColumns> constraints = constraints_of(taker->model());
    std::vector<Tuples>& tuples = tuples_[&taker->model()];
    tuples.resize(constraints.size());
    const auto now = [&](std::size_t column) { return taker->slot(column).value; };
    for (std::size_t i = 0; i < constraints.size(); ++i) {
      if (auto tuple = tuple_of(constraints[i].columns, now)) tuples[i].insert(std::move(*tuple));
    }
  }
}

bool TakenValues::conflict_with(const Record& holder) const {
  const auto tuples = tuples_.find(&holder.model());
  if (tuples == tuples_.end()) return false;
  const std::vector<UniqueColumns> constraints = constraints_of(holder.model());
  const auto stored = [&](std::size_t column) { return holder.stored(column); };
  for (std::size_t i = 0; i < constraints.size(); ++i) {
    const auto tuple = tuple_of(constraints[i].columns, stored);
    if (tuple && tuples->second[i].count(*tuple)) return true;
  }
  return false;
}

bool UniqueValues::anything_given() const {
  if (!work_.deletes_.empty()) return true;
  for (const Record* record : work_.updates_) {
    for (const UniqueColumns& constraint : constraints_of(record->model())) {
      if (changes_any(*record, constraint.columns)) return true;
    }
  }
  return false;
}

void UniqueValues::free() {
  const bool taken = !work_.inserts_.empty() || !work_.updates_.empty();
  if (!taken || !anything_given()) return;
  for (const Model* model : work_.session_.registry().dependency_order()) {
    for (const UniqueColumns& constraint : constraints_of(*model)) free(*model, constraint);
  }
}

// What an expired object had may be another row's by now. Objects of one result are read together.
void UniqueValues::read_expired(Record& record, const UniqueColumns& constraint) {
  const bool known = std::all_of(constraint.columns.begin(), constraint.columns.end(),
                                 [&](std::size_t column) { return record.slot(column).loaded; });
  // Without a row there is nothing to give up.
  if (!known) work_.session_.load_if_there(record);
}

void UniqueValues::free(const Model& model, const UniqueColumns& constraint) {
  std::unordered_map<std::vector<Value>, Record*, TupleHash> givers;
  const auto give = [&](Record* record) {
    const auto stored = [&](std::size_t column) { return record->stored(column); };
    if (auto tuple = tuple_of(constraint.columns, stored)) givers.emplace(*tuple, record);
  };
  for (Record* record : work_.deletes_) {
    if (&record->model() != &model || work_.deletes_written_) continue;
    read_expired(*record, constraint);
    give(record);
  }
  for (Record* record : work_.updates_) {
    const bool gives = &record->model() == &model && !constraint.partial &&
                       changes_any(*record, constraint.columns);
    if (gives) give(record);
  }
  if (givers.empty()) return;
  const auto take = [&](Record* record) {
    if (&record->model() != &model) return;
    const auto now = [&](std::size_t column) { return record->slot(column).value; };
    const auto tuple = tuple_of(constraint.columns, now);
    const auto giver = tuple ? givers.find(*tuple) : givers.end();
    if (giver == givers.end() || giver->second == record) return;
    if (giver->second->marked_deleted && deletes_can_go_first()) {
      work_.write_deletes(work_.deletes_);
      work_.deletes_written_ = true;
      std::erase_if(givers, [](const auto& entry) { return entry.second->marked_deleted; });
      return;
    }
    park(*giver->second, constraint);
    givers.erase(giver);
  };
  for (Record* record : work_.inserts_) take(record);
  for (Record* record : work_.updates_) take(record);
}

// A row that an update takes away from a deleted parent must be gone from there before the delete,
// which would cascade to it.
bool UniqueValues::deletes_can_go_first() const {
  std::unordered_set<const Record*> deleted(work_.deletes_.begin(), work_.deletes_.end());
  for (const Record* record : work_.updates_) {
    for (const Relationship& relationship : record->model().relationships) {
      if (!relationship.is_many_to_one()) continue;
      if (relationship.remote != relationship.target_model->primary_key) return false;
      if (!changes_any(*record, relationship.local)) continue;
      std::vector<Value> key;
      for (const std::size_t column : relationship.local) key.push_back(record->stored(column));
      const Record* before = work_.session_.find_loaded(*relationship.target_model, key);
      if (before && deleted.count(before)) return false;
    }
  }
  return true;
}

void UniqueValues::park(Record& record, const UniqueColumns& constraint) {
  const Model& model = record.model();
  for (const std::size_t column : constraint.columns) {
    const Column& facts = model.columns[column];
    if (facts.primary_key || facts.foreign_key) continue;
    Borrowed statement = work_.session_.connection().prepare(update_sql(model, {column}, false));
    statement->bind(1, parked_value(facts));
    int parameter = 1;
    for (const std::size_t part : model.primary_key) {
      statement->bind(++parameter, record.stored(part));
    }
    statement->step();
    // A value that the row keeps is written again by its own update.
    const Record::ColumnSlot& slot = record.slot(column);
    if (!slot.changed && !record.marked_deleted) work_.assign(record, column, slot.value);
    return;
  }
}

Value UniqueValues::parked_value(const Column& column) {
  ++parked_;
  if (!column.not_null) return nullptr;
  if (column.type == ColumnType::integer) return INT64_MIN + parked_;
  // U+0001 begins no value that people write; short enough for any String(n) of use.
  return "\x01" + std::to_string(parked_);
}

}  // namespace vitrine
