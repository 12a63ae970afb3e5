// See the header.
#include "orm/query/page_sql.h"

#include <algorithm>
#include <cstdint>

#include "orm/query/text_of.h"

namespace vitrine::query {
namespace {

std::string ordered_by(const std::vector<OrderTerm>& order) {
  return " ORDER BY " + order_text(order);
}

std::string joined_keys(Scope& scope) { return joined(key_expressions(scope, scope.root()), ", "); }

// The page is one of keys, told by tables of its own.
std::string page_of_keys(const Rows& rows, const std::vector<OrderTerm>& order) {
  Scope inner(rows.scope.draft(), *rows.select.model);
  const Body body = write_body(inner, rows.select);
  return rows.where + (rows.where.empty() ? " WHERE " : " AND ") +
         row_value(key_expressions(rows.scope, rows.scope.root())) + " IN (SELECT " +
         joined_keys(inner) + " FROM " + inner.from() + where_text(body.conditions) +
         ordered_by(body.order) + limit_text(rows.scope.draft(), rows.select) + ")" +
         ordered_by(order);
}

// Whether SQLite would go from an index to the table for each row that it skips.
bool is_late(const Rows& rows, const std::vector<OrderTerm>& order) {
  const std::vector<std::string> key = key_expressions(rows.scope, rows.scope.root());
  return rows.select.offset.value_or(0) > 0 && rows.select.search.empty() && key.size() == 1 &&
         order.front().expression != key.front();
}

// " WHERE n > 10 AND n <= 30", or nothing.
std::string numbers_text(Draft& draft, const Select& select) {
  const std::int64_t skipped = std::max<std::int64_t>(select.offset.value_or(0), 0);
  std::string text;
  if (skipped > 0) text = " WHERE n > " + draft.bind(skipped);
  if (!select.limit || *select.limit < 0) return text;
  const std::int64_t most = INT64_MAX - skipped;
  text += skipped > 0 ? " AND n <= " : " WHERE n <= ";
  return text + draft.bind(skipped + std::min(*select.limit, most));
}

}  // namespace

bool is_limited(const Select& select) {
  return (select.limit && *select.limit >= 0) || (select.offset && *select.offset > 0);
}

std::string page_of_all(const Rows& rows, const std::vector<OrderTerm>& order, bool several) {
  if (several && is_limited(rows.select)) return page_of_keys(rows, order);
  const std::string page = ordered_by(order) + limit_text(rows.scope.draft(), rows.select);
  if (several || !is_late(rows, order)) return rows.where + page;
  const std::string key = joined_keys(rows.scope);
  return " WHERE " + key + " IN (SELECT " + key + " FROM " + rows.scope.from() + rows.where + page +
         ")" + ordered_by(order);
}

std::string page_of_each(const Rows& rows, const Relationship& link) {
  Draft& draft = rows.scope.draft();
  Scope inner(draft, *rows.select.model);
  Body body = write_body(inner, rows.select);
  const std::string keys = draft.next_alias();
  body.conditions.push_back(inner.link_back(link).front() + " = " + keys + ".value");
  std::vector<OrderTerm> order{{rows.scope.link_back(link).front()}};
  for (OrderTerm& term : order_terms(rows.scope, rows.select.order_by)) order.push_back(term);
  return "SELECT " + joined(rows.result, ", ") + " FROM carray(?1) AS " + keys + " CROSS JOIN " +
         rows.scope.from() + " WHERE " + row_value(key_expressions(rows.scope, rows.scope.root())) +
         " IN (SELECT " + joined_keys(inner) + " FROM " + inner.from() +
         where_text(body.conditions) + condition_suffix(link, inner.root().alias) +
         ordered_by(body.order) + limit_text(draft, rows.select) + ")" + ordered_by(order);
}

std::string page_per_parent(const Rows& rows, const std::vector<OrderTerm>& order,
                            const std::vector<std::size_t>& parent) {
  std::vector<std::string> inner;
  std::vector<std::string> outer;
  for (std::size_t i = 0; i < rows.result.size(); ++i) {
    outer.push_back("c" + std::to_string(i));
    inner.push_back(rows.result[i] + " AS " + outer.back());
  }
  std::vector<std::string> links;
  std::vector<std::string> parents;
  for (const std::size_t key : parent) {
    links.push_back(rows.result[key]);
    parents.push_back(outer[key]);
  }
  return "SELECT " + joined(outer, ", ") + " FROM (SELECT " + joined(inner, ", ") +
         ", row_number() OVER (PARTITION BY " + joined(links, ", ") + ordered_by(order) +
         ") AS n FROM " + rows.scope.from() + rows.where + ")" +
         numbers_text(rows.scope.draft(), rows.select) + " ORDER BY " + joined(parents, ", ") +
         ", n";
}

}  // namespace vitrine::query
