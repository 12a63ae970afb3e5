// The statements of the unit of work and of loading by key, one row each; parameters in the order
// of the columns named. Pure text: the session binds and runs them, and the connection keeps them
// prepared.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "orm/schema/registry.h"

namespace vitrine {

// INSERT INTO t (a, b) VALUES (?, ?) [RETURNING r, s]; no column at all: DEFAULT VALUES.
std::string insert_sql(const Model& model, const std::vector<std::size_t>& columns,
                       const std::vector<std::size_t>& returning);
// INSERT INTO t (a, b) SELECT c0, c1 FROM function(?1): many rows at once, from a function whose
// columns are numbered as those of the model.
std::string insert_rows_sql(const Model& model, const std::vector<std::size_t>& columns,
                            std::string_view function);
// UPDATE t SET a = ?, b = ? WHERE key = ? [AND version = ?].
std::string update_sql(const Model& model, const std::vector<std::size_t>& columns,
                       bool check_version);
// DELETE FROM t WHERE key = ? [AND version = ?].
std::string delete_sql(const Model& model, bool check_version);
// DELETE FROM t WHERE the primary key is one of parameter 1, a set of keys as PlanChild has it.
std::string delete_many_sql(const Model& model);
// DELETE FROM t WHERE a = ? AND b = ?.
std::string delete_by_columns_sql(const Model& model, const std::vector<std::size_t>& columns);
// SELECT all columns (computed ones too, as expressions) FROM t WHERE a = ? AND b = ?.
std::string select_one_sql(const Model& model, const std::vector<std::size_t>& where_columns);
// SELECT ... WHERE the given columns equal parameters: the objects on the far side of a relation.
// Many keys at once: one column `IN carray(?1)`, several as JSON (see PlanChild).
std::string select_by_columns_sql(const Model& model, const std::vector<std::size_t>& columns,
                                  const std::vector<std::size_t>& where_columns);
// SELECT the columns that `relationship`, a many-to-one from a model to itself, refers to, of those
// rows among the keys of parameter 1 that are among their own parents, at whatever distance.
std::string select_cycles_sql(const Relationship& relationship);
// The SQL of a computed column, over the table's own quoted name: ("priced"."qty" * ...).
std::string computed_sql(const Model& model, const Column& column);

}  // namespace vitrine
