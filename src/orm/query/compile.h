// compile: requests to SQL. Pure: the same request gives the same text, and nothing touches a
// database. Unknown names fail with VALIDATION (reason unknown_attribute), wrong values with
// VALIDATION (reason invalid_value), each with the path in the request.
#pragma once

#include "orm/query/plan.h"
#include "orm/query/select.h"

namespace vitrine {

Plan compile(const Registry& registry, const Select& select);

// Number of objects the request means, before limit and offset unless they are given:
// SELECT count(*) FROM (the request's keys).
Sql compile_count(const Registry& registry, const Select& select);
// SELECT EXISTS (...): 1 or 0.
Sql compile_exists(const Registry& registry, const Select& select);
// One result column per path, rows not collapsed to objects.
Sql compile_columns(const Registry& registry, const Select& select,
                    const std::vector<Path>& columns);
// Group columns first, then one column per term.
Sql compile_aggregate(const Registry& registry, const Aggregate& aggregate);

// Set-based writes. `columns` and the values of an assignment are in the same order.
struct Assignment {
  std::string column;
  Value value;
};
Sql compile_update(const Registry& registry, const Model& model, const std::optional<Filter>& where,
                   const std::vector<Assignment>& assignments);
Sql compile_delete(const Registry& registry, const Model& model,
                   const std::optional<Filter>& where);

}  // namespace vitrine
