// See the header.
#include "orm/query/select_facts.h"

#include <algorithm>

#include "orm/query/page_sql.h"
#include "orm/query/refuse.h"

namespace vitrine::query {
namespace {

// Whether all that fit have this value in this column.
bool pins(const Filter& filter, const std::string& column) {
  const auto pins_it = [&](const Filter& one) { return pins(one, column); };
  if (filter.op == Operator::all_of)
    return std::any_of(filter.operands.begin(), filter.operands.end(), pins_it);
  return filter.op == Operator::eq && filter.path == Path{{}, column};
}

}  // namespace

std::vector<std::size_t> visible_columns(const Model& model, const Select& select) {
  // Rows have their columns in the model's order, whatever the order asked for.
  std::vector<char> is_wanted(model.columns.size(), select.columns.empty());
  for (const std::string& name : select.columns) {
    is_wanted[known_column(model, name, "select")] = 1;
  }
  std::vector<std::size_t> columns;
  for (std::size_t i = 0; i < is_wanted.size(); ++i) {
    if (is_wanted[i]) columns.push_back(i);
  }
  return columns;
}

bool has_own_order(const Select& select) {
  return std::all_of(select.order_by.begin(), select.order_by.end(),
                     [](const Order& by) { return by.path.relations.empty(); });
}

bool is_joinable(const Include& include) {
  const Select& select = include.select;
  return include.strategy == LoadStrategy::joined && has_own_order(select) && !select.where &&
         select.search.empty() && select.counts.empty() && !select.limit && !select.offset;
}

bool is_everything(const Select& select) {
  return !select.where && select.search.empty() && select.after.empty() && !is_limited(select);
}

bool names_one(const Select& select) {
  const Model& model = *select.model;
  const auto is_named = [&](std::size_t key) {
    return pins(*select.where, model.columns[key].name);
  };
  return select.where && std::all_of(model.primary_key.begin(), model.primary_key.end(), is_named);
}

std::vector<Order> declared_order(const Relationship& relationship) {
  std::vector<Order> order;
  for (const OrderBy& by : relationship.order_by) {
    order.push_back({{{}, by.column}, by.descending});
  }
  if (order.empty() && relationship.collection == CollectionKind::ordered) {
    order.push_back({{{}, relationship.position_column}, false});
  }
  return order;
}

}  // namespace vitrine::query
