// UnitOfWork: unique values that change hands within one flush. Rows are inserted and updated one
// after the other, so a value may still be held by a row that is about to give it up: deleted,
// renamed, or swapped with another. Such a row is taken out of the way first.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "orm/query/row_sql.h"
#include "orm/session/unique_values.h"
#include "orm/session/unit_of_work.h"
#include "sqlite/key_checks.h"

namespace vitrine {
namespace {

// A column of which a row can be told to have another value for a while.
std::optional<std::size_t> column_to_park(const Model& model, const UniqueColumns& constraint) {
  if (constraint.condition) return constraint.condition;
  for (const std::size_t column : constraint.columns) {
    const Column& facts = model.columns[column];
    // A foreign key can only be empty meanwhile.
    if (!facts.primary_key && !(facts.foreign_key && facts.not_null)) return column;
  }
  return std::nullopt;
}

}  // namespace

class UnitOfWork::Freeing {
 public:
  explicit Freeing(UnitOfWork& work) : work_(work) {}
  void free();

 private:
  bool anything_given() const;
  void free(const Model& model, const UniqueColumns& constraint);
  void read_expired(Record& record, const UniqueColumns& constraint);
  bool deletes_can_go_first() const;
  void park(Record& record, const UniqueColumns& constraint);
  Value parked_value(const Column& column);

  UnitOfWork& work_;
  std::int64_t parked_ = 0;
};

void UnitOfWork::free_values() { Freeing(*this).free(); }

bool UnitOfWork::Freeing::anything_given() const {
  if (!work_.deletes_.empty()) return true;
  for (const Record* record : work_.updates_) {
    for (const UniqueColumns& constraint : unique_constraints(record->model())) {
      if (changes_any(*record, constraint)) return true;
    }
  }
  return false;
}

void UnitOfWork::Freeing::free() {
  const bool taken = !work_.inserts_.empty() || !work_.updates_.empty();
  if (!taken || !anything_given()) return;
  for (const Model* model : work_.session_.registry().dependency_order()) {
    for (const UniqueColumns& constraint : unique_constraints(*model)) free(*model, constraint);
  }
}

// What an expired object had may be another row's by now. Objects of one result are read together.
void UnitOfWork::Freeing::read_expired(Record& record, const UniqueColumns& constraint) {
  const auto loaded = [&](std::size_t column) { return record.slot(column).loaded; };
  const bool known = std::all_of(constraint.columns.begin(), constraint.columns.end(), loaded) &&
                     (!constraint.condition || loaded(*constraint.condition));
  // Without a row there is nothing to give up.
  if (!known) work_.session_.load_if_there(record);
}

void UnitOfWork::Freeing::free(const Model& model, const UniqueColumns& constraint) {
  std::unordered_map<std::vector<Value>, Record*, TupleHash> givers;
  const auto give = [&](Record* record) {
    const auto tuple = tuple_of(*record, constraint, Which::stored);
    if (tuple) givers.emplace(*tuple, record);
  };
  for (Record* record : work_.deletes_) {
    if (&record->model() != &model || work_.deletes_written_) continue;
    read_expired(*record, constraint);
    give(record);
  }
  for (Record* record : work_.updates_) {
    const bool certain = !constraint.partial || constraint.condition;
    if (&record->model() == &model && certain && changes_any(*record, constraint)) give(record);
  }
  if (givers.empty()) return;
  const auto take = [&](Record* record) {
    if (&record->model() != &model) return;
    const auto tuple = tuple_of(*record, constraint, Which::now);
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
bool UnitOfWork::Freeing::deletes_can_go_first() const {
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

void UnitOfWork::Freeing::park(Record& record, const UniqueColumns& constraint) {
  const Model& model = record.model();
  const std::optional<std::size_t> column = column_to_park(model, constraint);
  if (!column) return;
  // What a row has for a while need not fit its columns: of two booleans there is no third.
  std::unique_ptr<Statement> kept;
  Borrowed statement = [&] {
    Connection& connection = work_.session_.connection();
    const CompiledWith unchecked(connection.handle(), vitrine_ignore_checks, 1);
    return connection.prepare(update_sql(model, {*column}, false), kept);
  }();
  statement->bind(1, constraint.condition ? Value(false) : parked_value(model.columns[*column]));
  int parameter = 1;
  for (const std::size_t part : model.primary_key) {
    statement->bind(++parameter, record.stored(part));
  }
  statement->step();
  // A value that the row keeps is written again by its own update.
  const Record::ColumnSlot& slot = record.slot(*column);
  if (!slot.changed && !record.marked_deleted) work_.assign(record, *column, slot.value);
}

Value UnitOfWork::Freeing::parked_value(const Column& column) {
  ++parked_;
  if (!column.not_null) return nullptr;
  // SQLite makes a number of it in a column of numbers, a real one of its own at that distance.
  std::string text = std::to_string(INT64_MAX - parked_ * 4096);
  if (column.type == ColumnType::blob) return Bytes{std::move(text)};
  return text;
}

}  // namespace vitrine
