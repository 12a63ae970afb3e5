// Pages: which of the rows of a SELECT come, and in which order. Private to the room.
#pragma once

#include <string>
#include <vector>

#include "orm/query/body.h"
#include "orm/query/order_sql.h"
#include "orm/query/scope.h"

namespace vitrine::query {

// A SELECT while it is written, all that is read of its tables. `where` is " WHERE ..." or nothing.
struct Rows {
  Scope& scope;
  const Select& select;
  const std::vector<std::string>& result;
  const std::string& where;
};

// Whether the request asks for a page.
bool is_limited(const Select& select);

// What follows FROM and its tables for the objects asked for. `several`: joins may bring several
// rows of an object, which count once.
std::string page_of_all(const Rows& rows, const std::vector<OrderTerm>& order, bool several);

// The whole SELECT where each parent has a page of its own, and an index leads from its key to its
// rows. `rows` says nothing of where; its model has a key of one column.
std::string page_of_each(const Rows& rows, const Relationship& link);

// The same for any other relation, whose rows are numbered. `parent`: the columns of the result
// that refer to it.
std::string page_per_parent(const Rows& rows, const std::vector<OrderTerm>& order,
                            const std::vector<std::size_t>& parent);

}  // namespace vitrine::query
