// Body: the part of a SELECT after its columns: which rows, in which order. It is the same for
// objects, counts and keys of one request. Private to the room.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "orm/query/order_sql.h"
#include "orm/query/scope.h"

namespace vitrine::query {

struct Body {
  std::vector<std::string> conditions;
  std::vector<OrderTerm> order;
};

// What `select` says of which objects and in which order, over scope.root(), one row per object
// whatever relations its filter and order go through. Refuses what cannot be said in SQL.
Body write_body(Scope& scope, const Select& select);

// Joins the full-text index where `select` searches; where it names no order, the best match comes
// first. Refuses a model that cannot be searched.
void add_search(Scope& scope, const Select& select, Body& body);

// " WHERE a AND b", or nothing.
std::string where_text(const std::vector<std::string>& conditions);
// " LIMIT ?1 OFFSET ?2", or nothing. A negative limit is none, a negative offset 0.
std::string limit_text(Draft& draft, const Select& select);

}  // namespace vitrine::query
