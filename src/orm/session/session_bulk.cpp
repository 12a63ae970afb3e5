// Session: set-based changes, which go past objects, and then bring loaded ones up to date.
// Inserting is in session_insert.cpp.
#include <algorithm>

#include "orm/query/row_sql.h"
#include "orm/session/key_index.h"
#include "orm/session/session.h"

namespace vitrine {
namespace {

// What is loaded of a relation, at either end, may have changed underneath; what waits for a flush
// has not.
void forget_relations(Record& record) {
  if (record.is_changed()) return;
  for (const Relationship& relationship : record.model().relationships) {
    Record::RelationSlot& slot = record.slot(relationship);
    if (!slot.added.empty() || !slot.removed.empty()) continue;
    const bool forbidden = slot.forbidden;
    slot = {};
    slot.forbidden = forbidden;
  }
}

}  // namespace

std::int64_t Session::bulk_update(const Model& model, const std::optional<Filter>& where,
                                  const std::vector<Assignment>& values, Synchronize synchronize) {
  const InStep in_step(*this);
  if (autoflush()) autoflush_now();
  ensure_transaction();
  const Sql sql = compile_update(registry_, model, where, values);
  const std::int64_t rows = connection_.run(sql.text, sql.parameters);
  if (synchronize == Synchronize::none) return rows;
  identity_map_.for_each([&](Record& record) {
    forget_relations(record);
    if (&record.model() != &model) return;
    for (const Assignment& value : values) {
      const std::size_t column = model.column_index(value.column);
      // A change that waits for its flush will be written over the new value.
      if (!record.slot(column).changed) record.revert(column);
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
  identity_map_.for_each(forget_relations);
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
    const std::int64_t row = keys.find(statement->row(), places);
    if (row >= 0) loaded[static_cast<std::size_t>(row)] = nullptr;
  }
  for (Record* record : loaded) {
    if (record) lose_row(*record);
  }
}

}  // namespace vitrine
