// Orders as requests write them, and the row that a page goes on after. Private to the room.
#pragma once

#include <vector>

#include "base/json.h"
#include "base/origin.h"
#include "orm/query/select.h"

namespace vitrine::query {

// { name: "desc" }, { category: { name: "ascFolded" } }, or a list of such.
std::vector<Order> read_orders(const Model& model, const Json& value, const Origin& origin);

// The last row of the page before, or the list of its order values and its key.
std::vector<Value> read_after(const Model& model, const Json& after,
                              const std::vector<Order>& order_by);

}  // namespace vitrine::query
