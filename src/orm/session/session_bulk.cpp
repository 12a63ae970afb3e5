// Session: set-based writes, which go past objects, and then bring loaded ones up to date.
#include <algorithm>

#include "orm/query/row_sql.h"
#include "orm/session/check_value.h"
#include "orm/session/clock.h"
#include "orm/session/key_index.h"
#include "orm/session/session.h"
#include "sqlite/savepoint.h"

namespace vitrine {
namespace {

// One row on its way into the table: for each column a value, and whether it has one.
class NewRow {
 public:
  NewRow(const Model& model, const std::vector<Assignment>& given) : model_(model) {
    values_.resize(model.columns.size());
    for (const Assignment& assignment : given) {
      values_[model.column_index(assignment.column)] = assignment.value;
    }
    for (std::size_t i = 0; i < values_.size(); ++i) {
      if (values_[i].is_null()) values_[i] = filled_in(model.columns[i]);
      check_value(model, i, values_[i]);
    }
  }

  void write(Connection& connection) const {
    std::vector<std::size_t> columns;
    std::vector<Value> values;
    for (std::size_t i = 0; i < values_.size(); ++i) {
      if (!is_named(i)) continue;
      columns.push_back(i);
      values.push_back(values_[i]);
    }
    connection.run(insert_sql(model_, columns, {}), values);
  }

 private:
  static Value filled_in(const Column& column) {
    if (column.client_default.kind == ClientDefault::Kind::value) {
      return column.client_default.value;
    }
    if (column.client_default.kind == ClientDefault::Kind::now) return utc_now();
    return column.version_counter ? Value(1) : Value();
  }

  // What the database fills in is not named.
  bool is_named(std::size_t column) const {
    const Column& facts = model_.columns[column];
    if (!values_[column].is_null()) return facts.is_stored();
    return facts.is_stored() && facts.server_default.empty() && model_.rowid_column != column;
  }

  const Model& model_;
  std::vector<Value> values_;
};

// What is loaded of a relation may have changed underneath; what waits for a flush has not.
void forget(Record& record, const Relationship& relationship) {
  Record::RelationSlot& slot = record.slot(relationship);
  if (!slot.added.empty() || !slot.removed.empty()) return;
  const bool forbidden = slot.forbidden;
  slot = {};
  slot.forbidden = forbidden;
}

}  // namespace

void Session::bulk_insert(const Model& model, const std::vector<std::vector<Assignment>>& rows) {
  const InStep in_step(*this);
  ensure_transaction();
  Savepoint all_or_none(connection_, "bulk_insert");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    try {
      NewRow(model, rows[i]).write(connection_);
    } catch (Error& error) {
      Failure& failure = error.failure();
      failure.path = "[" + std::to_string(i) + "]";
      if (failure.fields.size() == 1) failure.path += "." + failure.fields[0];
      throw;
    }
  }
  all_or_none.release();
  expire_computed();
}

std::int64_t Session::bulk_update(const Model& model, const std::optional<Filter>& where,
                                  const std::vector<Assignment>& values, Synchronize synchronize) {
  const InStep in_step(*this);
  if (autoflush()) autoflush_now();
  ensure_transaction();
  const Sql sql = compile_update(registry_, model, where, values);
  const std::int64_t rows = connection_.run(sql.text, sql.parameters);
  if (synchronize == Synchronize::none) return rows;
  identity_map_.for_each([&](Record& record) {
    if (&record.model() != &model) return;
    for (const Assignment& value : values) {
      const std::size_t column = model.column_index(value.column);
      // A change that waits for its flush will be written over the new value.
      if (!record.slot(column).changed) record.revert(column);
    }
    for (const Relationship& relationship : model.relationships) {
      if (relationship.is_many_to_one() && !record.is_changed()) forget(record, relationship);
    }
  });
  expire_computed();
  return rows;
}

std::int64_t Session::bulk_delete(const Model& model, const std::optional<Filter>& where,
                                  Synchronize synchronize) {
  const InStep in_step(*this);
  if (autoflush()) autoflush_now();
  ensure_transaction();
  const Sql sql = compile_delete(registry_, model, where);
  const std::int64_t rows = connection_.run(sql.text, sql.parameters);
  if (synchronize == Synchronize::none) return rows;
  for (const auto& shelf : registry_.models()) lose_rows_gone(*shelf);
  identity_map_.for_each([](Record& record) {
    for (const Relationship& relationship : record.model().relationships) {
      if (!record.is_changed()) forget(record, relationship);
    }
  });
  expire_computed();
  return rows;
}

// Which loaded objects went, by the delete or by its cascades, only the database knows: it is asked
// once for each model.
void Session::lose_rows_gone(const Model& model) {
  std::vector<Record*> loaded;
  KeyIndex keys(model.primary_key);
  identity_map_.for_each([&](Record& record) {
    if (&record.model() != &model) return;
    keys.add(record.key(), static_cast<std::int64_t>(loaded.size()));
    loaded.push_back(&record);
  });
  if (loaded.empty()) return;
  std::vector<std::size_t> places(model.primary_key.size());
  for (std::size_t i = 0; i < places.size(); ++i) places[i] = i;
  Borrowed statement =
      connection_.prepare(select_by_columns_sql(model, model.primary_key, model.primary_key));
  keys.bind_keys(*statement);
  while (statement->step()) {
    const std::int64_t row = keys.find(*statement, places);
    if (row >= 0) loaded[static_cast<std::size_t>(row)] = nullptr;
  }
  for (Record* record : loaded) {
    if (record) lose_row(*record);
  }
}

}  // namespace vitrine
