// Requests as JSON text, the form in which JavaScript hands them over:
//   { where, search, select, include, orderBy, limit, offset, after }
// The shapes are those of docs/queries.md. A mistake fails with VALIDATION, the path in the request
// and what would be right. An order through a relation keeps rows without one (outer join).
#pragma once

#include <optional>

#include "base/json.h"
#include "base/origin.h"
#include "orm/query/compile.h"

namespace vitrine {

Select read_select(const Registry& registry, const Model& model, const Json& request);
// A request for groups, or for one row over all that fits:
//   { where, groupBy: ["category.name"], values: { total: { count: true }, last: { max: "name" } },
//     having: { total: { gt: 1 } }, orderBy: [{ total: "desc" }], limit }
// The result's columns are those of groupBy, then the values, in the order given.
Aggregate read_aggregate(const Registry& registry, const Model& model, const Json& request);
Filter read_filter(const Registry& registry, const Model& model, const Json& where,
                   const Origin& origin);
// What stands for a value that JSON has not: { "$int": "..." } for an integer beyond 2^53,
// { "$bytes": "base64" } for bytes. Nothing when it is neither, or ill written.
std::optional<Value> tagged_value(const Json& value);
// A JSON value as a value of that column: type checked (integer, text within its length, ISO date,
// ...), tagged values among them.
Value read_value(const Model& model, const Column& column, const Json& value, const Origin& origin);
// An object of columns with their values.
std::vector<Assignment> read_assignments(const Model& model, const Json& data,
                                         const Origin& origin);

}  // namespace vitrine
