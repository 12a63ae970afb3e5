// Session: set-based writes, which go past objects, and then bring loaded ones up to date.
#include <algorithm>

#include "orm/query/row_sql.h"
#include "orm/session/session.h"

namespace vitrine {

void Session::bulk_insert(const Model& model, const std::vector<std::vector<Assignment>>& rows) {
  if (autoflush()) autoflush_now();
  ensure_transaction();
  begin_savepoint();
  try {
    for (const std::vector<Assignment>& row : rows) {
      Record& record = store_->make(model);
      for (const Assignment& value : row) record.set(value.column, value.value);
      add(record);
    }
    flush();
  } catch (...) {
    rollback_savepoint();
    throw;
  }
  release_savepoint();
}

std::int64_t Session::bulk_update(const Model& model, const std::optional<Filter>& where,
                                  const std::vector<Assignment>& values, Synchronize synchronize) {
  if (autoflush()) autoflush_now();
  ensure_transaction();
  const Sql sql = compile_update(registry_, model, where, values);
  const std::int64_t rows = connection_.run(sql.text, sql.parameters);
  if (synchronize == Synchronize::none) return rows;
  identity_map_.for_each([&](Record& record) {
    if (&record.model() != &model) return;
    for (const Assignment& value : values) record.revert(model.column_index(value.column));
    for (const Relationship& relationship : model.relationships) {
      if (relationship.is_many_to_one()) record.slot(relationship) = {};
    }
  });
  return rows;
}

std::int64_t Session::bulk_delete(const Model& model, const std::optional<Filter>& where,
                                  Synchronize synchronize) {
  if (autoflush()) autoflush_now();
  ensure_transaction();
  const Sql sql = compile_delete(registry_, model, where);
  const std::int64_t rows = connection_.run(sql.text, sql.parameters);
  if (synchronize == Synchronize::none) return rows;
  // Which loaded objects went, by the delete or by its cascades, only the database knows.
  std::vector<Record*> loaded;
  identity_map_.for_each([&](Record& record) { loaded.push_back(&record); });
  for (const auto& shelf : registry_.models()) {
    std::vector<Record*> gone;
    std::copy_if(loaded.begin(), loaded.end(), std::back_inserter(gone), [&](Record* record) {
      return &record->model() == shelf.get() && !is_there(*record);
    });
    for (Record* record : gone) {
      identity_map_.erase(*record);
      record->set_life(ObjectState::deleted, this);
      levels_.back().deleted.push_back(record);
    }
  }
  for (Record* record : loaded) {
    if (record->state() != ObjectState::persistent) continue;
    for (const Relationship& relationship : record->model().relationships) {
      if (!record->is_changed()) record->slot(relationship) = {};
    }
  }
  return rows;
}

bool Session::is_there(const Record& record) {
  const Model& model = record.model();
  Borrowed statement = connection_.prepare(select_by_key_sql(model, model.primary_key));
  statement->bind_all(record.key());
  return statement->step();
}

}  // namespace vitrine
