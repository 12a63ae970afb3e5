// See the header. A path through a to-many relation joins several rows to one object. Where only
// the filter does so, the objects' keys come from a subquery with those joins; where the order
// does, the first of each object's rows decides its place.
#include "orm/query/body.h"

#include <algorithm>

#include "base/text.h"
#include "orm/query/filter_sql.h"
#include "orm/query/refuse.h"
#include "orm/query/search_sql.h"
#include "orm/query/text_of.h"

namespace vitrine::query {
namespace {

bool order_multiplies(const Select& select) {
  const auto does = [&](const Order& order) {
    return multiplies(*select.model, order.path.relations, "orderBy." + order.path.describe());
  };
  return std::any_of(select.order_by.begin(), select.order_by.end(), does);
}

// Objects whose key is among those of the joined rows that fit.
std::string key_condition(Scope& scope, const Filter& filter) {
  Scope inner(scope.draft(), *scope.root().model, scope.prefix());
  const std::string fits = filter_condition(inner, filter);
  return row_value(key_expressions(scope, scope.root())) + " IN (SELECT " +
         joined(key_expressions(inner, inner.root()), ", ") + " FROM " + inner.from() + " WHERE " +
         fits + ")";
}

// Joins the objects with the place of their first row among all joined rows that fit; the order is
// that place.
std::vector<OrderTerm> order_by_first_row(Scope& scope, const Select& select) {
  Scope inner(scope.draft(), *scope.root().model, scope.prefix());
  std::vector<std::string> conditions;
  if (select.where) conditions.push_back(filter_condition(inner, *select.where));
  const std::vector<OrderTerm> terms = order_terms(inner, select.order_by);
  const std::string ranks = scope.draft().next_alias();
  std::vector<std::string> named;
  std::vector<std::string> names;
  std::vector<std::string> links;
  const std::vector<std::string> keys = key_expressions(inner, inner.root());
  const std::vector<std::string> own = key_expressions(scope, scope.root());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    names.push_back("k" + std::to_string(i));
    named.push_back(keys[i] + " AS " + names.back());
    links.push_back(ranks + "." + names.back() + " = " + own[i]);
  }
  const std::string key_names = joined(names, ", ");
  scope.add_join("JOIN (SELECT " + key_names + ", min(n) AS n FROM (SELECT " + joined(named, ", ") +
                 ", row_number() OVER (ORDER BY " + order_text(terms) + ") AS n FROM " +
                 inner.from() + where_text(conditions) + ") GROUP BY " + key_names + ") AS " +
                 ranks + " ON " + joined(links, " AND "));
  return {{ranks + ".n", false, false}};
}

void add_after(Scope& scope, const Select& select, Body& body) {
  if (!select.search.empty() && select.order_by.empty()) {
    refuse_request(*select.model, "after",
                   "Search results are ordered by rank, which has no place to go on from; name an "
                   "order, or use offset.");
  }
  if (select.after.size() != body.order.size()) {
    refuse_value(*select.model, "", "after",
                 "It needs " + std::to_string(body.order.size()) +
                     " values, one for each order and then the primary key; it has " +
                     std::to_string(select.after.size()) + ".");
  }
  body.conditions.push_back(after_condition(scope.draft(), body.order, select.after));
}

}  // namespace

void add_search(Scope& scope, const Select& select, Body& body) {
  if (select.search.empty()) return;
  const Model& model = *scope.root().model;
  if (!is_searchable(model)) {
    refuse_request(model, "search",
                   model.name + " has no columns that full-text search covers; use where.");
  }
  // The index is made of the texts of related rows too.
  for (const std::string& column : model.search_columns) {
    const Path path = Path::parse(column);
    if (!path.relations.empty()) {
      scope.draft().uses(*model.relationship(path.relations.front()).target_model);
    }
  }
  const std::string alias = scope.draft().next_alias();
  const std::string table = search_table_name(model);
  const std::string hit = alias + ".rowid";
  const std::string key = key_expressions(scope, scope.root()).front();
  scope.add_join("JOIN temp." + quoted_identifier(table) + " AS " + alias + " ON " + hit + " = " +
                 key);
  body.conditions.push_back(qualified(alias, table) + " MATCH " +
                            scope.draft().bind(search_expression(model, select.search)));
  if (select.order_by.empty()) {
    body.order.insert(body.order.begin(), {alias + ".rank"});
  } else if (body.order.front().expression == key) {
    // The index gives its hits in this order, so that no more are looked for than a page takes.
    for (OrderTerm& term : body.order) {
      if (term.expression == key) term.expression = hit;
    }
  }
}

Body write_body(Scope& scope, const Select& select) {
  Body body;
  const bool ranked = order_multiplies(select);
  if (select.where && !ranked) {
    body.conditions.push_back(multiplies(*select.model, *select.where)
                                  ? key_condition(scope, *select.where)
                                  : filter_condition(scope, *select.where));
  }
  body.order = ranked ? order_by_first_row(scope, select) : order_terms(scope, select.order_by);
  add_search(scope, select, body);
  if (select.after.empty()) return body;
  if (ranked) {
    refuse_request(*select.model, "after",
                   "An order through a to-many relation has no place to go on from; use offset.");
  }
  add_after(scope, select, body);
  return body;
}

std::string where_text(const std::vector<std::string>& conditions) {
  return conditions.empty() ? "" : " WHERE " + joined(conditions, " AND ");
}

std::string limit_text(Draft& draft, const Select& select) {
  const bool limited = select.limit && *select.limit >= 0;
  const bool skips = select.offset && *select.offset > 0;
  if (!limited && !skips) return "";
  std::string text = " LIMIT " + draft.bind(limited ? *select.limit : std::int64_t{-1});
  if (skips) text += " OFFSET " + draft.bind(*select.offset);
  return text;
}

}  // namespace vitrine::query
