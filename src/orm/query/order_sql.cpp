// See the header.
#include "orm/query/order_sql.h"

#include <algorithm>

#include "base/check.h"
#include "orm/query/refuse.h"
#include "orm/query/text_of.h"

namespace vitrine::query {
namespace {

// The value of a term as a parameter.
std::string bound(Draft& draft, const OrderTerm& term, const Value& value) {
  const std::string parameter = draft.bind(value);
  return term.folded ? folded(parameter) : parameter;
}

// One comparison of row values can use an index, but knows neither NULL nor mixed directions.
bool is_plain(const std::vector<OrderTerm>& terms, const std::vector<Value>& values) {
  for (std::size_t i = 0; i < terms.size(); ++i) {
    if (terms[i].nullable || values[i].is_null()) return false;
    if (terms[i].descending != terms.front().descending) return false;
  }
  return true;
}

std::string plain_after(Draft& draft, const std::vector<OrderTerm>& terms,
                        const std::vector<Value>& values) {
  std::vector<std::string> left;
  std::vector<std::string> right;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    left.push_back(terms[i].expression);
    right.push_back(bound(draft, terms[i], values[i]));
  }
  return "(" + joined(left, ", ") + ")" + (terms.front().descending ? " < (" : " > (") +
         joined(right, ", ") + ")";
}

bool stands_before(const std::vector<OrderTerm>& terms, std::size_t place) {
  const auto same = [&](const OrderTerm& term) {
    return term.expression == terms[place].expression;
  };
  const auto here = terms.begin() + static_cast<std::ptrdiff_t>(place);
  return std::find_if(terms.begin(), here, same) != here;
}

// What all rows behind the value have in common: a range that an index knows. Nothing where NULL
// comes behind too.
std::string range_of(const OrderTerm& term, const Value& value, const std::string& parameter) {
  if (!term.stored || value.is_null() || (term.descending && term.nullable)) return "";
  return term.expression + (term.descending ? " <= " : " >= ") + parameter + " AND ";
}

// The rows beyond a value in one term, NULL being less than all.
std::string beyond(const OrderTerm& term, const Value& value, const std::string& parameter) {
  if (value.is_null()) return term.descending ? "0" : term.expression + " IS NOT NULL";
  if (!term.descending) return term.expression + " > " + parameter;
  const std::string less = term.expression + " < " + parameter;
  return term.nullable ? "(" + less + " OR " + term.expression + " IS NULL)" : less;
}

}  // namespace

std::vector<OrderTerm> order_terms(Scope& scope, const std::vector<Order>& order_by) {
  std::vector<OrderTerm> terms;
  for (const Order& order : order_by) {
    const std::string path = order.path.describe();
    const Origin orders("orderBy");
    const Origin origin(orders, path);
    const Place place = scope.follow(order.path.relations, origin);
    const std::size_t index = known_column(*place.model, order.path.attribute, origin);
    const Column& column = place.model->columns[index];
    if (order.folded) check_folded(*place.model, index, origin);
    const bool own = place.alias == scope.root().alias;
    const bool required = column.not_null || place.model->rowid_column == index;
    const std::string expression = scope.expression(place, index);
    terms.push_back({order.folded ? folded(expression) : expression, order.descending,
                     !(own && required), column.is_stored() && !order.folded, order.folded});
  }
  for (const std::string& key : key_expressions(scope, scope.root())) {
    terms.push_back({key, false, false});
  }
  return terms;
}

std::string order_text(const std::vector<OrderTerm>& terms) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    // A column that stands before decides already.
    if (stands_before(terms, i)) continue;
    parts.push_back(terms[i].expression + (terms[i].descending ? " DESC" : ""));
  }
  return joined(parts, ", ");
}

std::string after_condition(Draft& draft, const std::vector<OrderTerm>& all,
                            const std::vector<Value>& all_values) {
  VITRINE_CHECK(all.size() == all_values.size() && !all.empty());
  std::vector<OrderTerm> terms;
  std::vector<Value> values;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (stands_before(all, i)) continue;
    terms.push_back(all[i]);
    values.push_back(all_values[i]);
  }
  if (is_plain(terms, values)) return plain_after(draft, terms, values);
  std::string text;
  for (std::size_t i = terms.size(); i-- > 0;) {
    const std::string parameter = values[i].is_null() ? "NULL" : bound(draft, terms[i], values[i]);
    const std::string further = beyond(terms[i], values[i], parameter);
    const std::string range = i == 0 ? range_of(terms[i], values[i], parameter) : "";
    text = text.empty() ? further
                        : range + "(" + further + " OR (" + terms[i].expression + " IS " +
                              parameter + " AND " + text + "))";
  }
  return text;
}

}  // namespace vitrine::query
