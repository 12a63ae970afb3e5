// See the header.
#include "orm/query/read_order.h"

#include <algorithm>
#include <iterator>

#include "orm/query/read_value.h"
#include "orm/query/refuse.h"

namespace vitrine::query {
namespace {

struct Direction {
  std::string_view name;
  bool descending;
  bool folded;
};

constexpr Direction kDirections[] = {
    {"asc", false, false},
    {"desc", true, false},
    {"ascFolded", false, true},
    {"descFolded", true, true},
};

const Direction& read_direction(const Model& model, const Json& value, const Origin& origin) {
  const auto same = [&](const Direction& direction) { return value == direction.name; };
  const auto* found = std::find_if(std::begin(kDirections), std::end(kDirections), same);
  if (found != std::end(kDirections)) return *found;
  refuse_request(
      model, origin,
      "Expected \"asc\", \"desc\", \"ascFolded\" or \"descFolded\", not " + described(value) + ".");
}

// { name: "desc" } or { category: { name: "asc" } }, along `path` so far.
void read_order(const Model& model, const Json& order, Path path, const Origin& origin,
                std::vector<Order>& orders) {
  check_depth(model, path.relations.size() + 1, origin);
  if (!order.is_object() || order.empty()) {
    refuse_request(model, origin,
                   "Expected an order like { name: \"asc\" }, not " +
                       (order.is_object() ? "an empty object" : described(order)) + ".");
  }
  for (const auto& [name, value] : order.items()) {
    const Origin here(origin, name);
    if (const Relationship* relationship = model.find_relationship(name)) {
      Path further = path;
      further.relations.push_back(name);
      read_order(*relationship->target_model, value, further, here, orders);
      continue;
    }
    const std::size_t column = known_column(model, name, here);
    const Direction& direction = read_direction(model, value, here);
    if (direction.folded) check_folded(model, column, here);
    path.attribute = name;
    orders.push_back({path, direction.descending, direction.folded});
  }
}

// The value of an order's column in a row that was given out before. A relation that is null has
// columns that are null.
Value value_in_row(const Model& model, const Json& row, const Path& path) {
  const Model* at = &model;
  const Json* value = &row;
  std::string origin = "after";
  std::vector<std::string> names = path.relations;
  names.push_back(path.attribute);
  for (std::size_t i = 0; i < names.size(); ++i) {
    origin.append(".").append(names[i]);
    const Json* found = value->find(names[i]);
    if (found == nullptr) {
      refuse_value(*at, names[i], origin,
                   "The row to go on after lacks it, and the order needs it; select or include "
                   "it.");
    }
    value = found;
    if (i + 1 == names.size()) break;
    if (value->is_null()) return nullptr;
    at = at->relationship(names[i]).target_model;
  }
  return comparable(*at, at->columns[at->column_index(path.attribute)], *value, origin);
}

}  // namespace

std::vector<Order> read_orders(const Model& model, const Json& value, const Origin& origin) {
  std::vector<Order> orders;
  if (!value.is_array()) {
    read_order(model, value, {}, origin, orders);
    return orders;
  }
  for (std::size_t i = 0; i < value.size(); ++i) {
    read_order(model, value[i], {}, Origin(origin, i), orders);
  }
  return orders;
}

std::vector<Value> read_after(const Model& model, const Json& after,
                              const std::vector<Order>& order_by) {
  std::vector<Path> paths;
  for (const Order& order : order_by) paths.push_back(order.path);
  for (const std::size_t key : model.primary_key) paths.push_back({{}, model.columns[key].name});
  const Origin origin("after");
  std::vector<Value> values;
  if (after.is_object()) {
    for (const Path& path : paths) values.push_back(value_in_row(model, after, path));
    return values;
  }
  if (!after.is_array() || after.size() != paths.size()) {
    refuse_value(model, "", origin,
                 "Expected the last row of the page before, or a list of " +
                     std::to_string(paths.size()) + " values: its order values and its key.");
  }
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const Model* at = &model;
    for (const std::string& relation : paths[i].relations) {
      at = at->relationship(relation).target_model;
    }
    const Column& column = at->columns[at->column_index(paths[i].attribute)];
    values.push_back(comparable(*at, column, after[i], Origin(origin, i)));
  }
  return values;
}

}  // namespace vitrine::query
