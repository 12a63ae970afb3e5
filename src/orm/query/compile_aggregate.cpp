// Aggregates: groups of joined rows, and functions over each.
#include "base/check.h"
#include "orm/query/body.h"
#include "orm/query/compile.h"
#include "orm/query/filter_sql.h"
#include "orm/query/refuse.h"
#include "orm/query/text_of.h"

namespace vitrine {
namespace {

using namespace query;

std::string function_text(Function function, const std::string& expression) {
  switch (function) {
    case Function::count:
      return "count(" + expression + ")";
    case Function::count_distinct:
      return "count(DISTINCT " + expression + ")";
    case Function::sum:
      return "sum(" + expression + ")";
    case Function::min:
      return "min(" + expression + ")";
    case Function::max:
      return "max(" + expression + ")";
    case Function::avg:
      return "avg(" + expression + ")";
  }
  VITRINE_CHECK(false);
  return "";
}

std::string term_text(Scope& scope, const Aggregate::Term& term) {
  if (!term.path.attribute.empty()) {
    return function_text(term.function, scope.expression(term.path, term.path.describe()));
  }
  if (term.function != Function::count) {
    refuse_request(*scope.root().model, "select",
                   "Only count works without a column; name the column to compute over.");
  }
  return "count(*)";
}

// What an order or a condition on groups refers to by its position.
const std::string& result_at(const Scope& scope, const std::vector<std::string>& result,
                             std::size_t position, const Origin& origin) {
  if (position < result.size()) return result[position];
  refuse_value(*scope.root().model, "", origin,
               "There is no result column " + std::to_string(position) +
                   "; they are numbered 0 to " + std::to_string(result.size() - 1) + ".");
}

std::string having_text(Scope& scope, const Aggregate& aggregate,
                        const std::vector<std::string>& result) {
  const Origin origin("having");
  std::vector<std::string> conditions;
  for (const Aggregate::Having& having : aggregate.having) {
    const std::string& expression = result_at(scope, result, having.position, origin);
    const Subject subject{*scope.root().model, "", origin};
    std::vector<Value> values;
    const bool unary = having.op == Operator::is_null || having.op == Operator::not_null;
    if (!unary) values.push_back(having.value);
    conditions.push_back(value_condition(scope.draft(), subject, expression, having.op, values));
  }
  return conditions.empty() ? "" : " HAVING " + joined(conditions, " AND ");
}

}  // namespace

Sql compile_aggregate(const Registry& registry, const Aggregate& aggregate) {
  VITRINE_CHECK(registry.is_resolved());
  std::vector<std::string> tables;
  Draft draft(tables, 0);
  draft.join_as(aggregate.join, aggregate.outer_joins);
  Scope scope(draft, *aggregate.model);
  std::vector<std::string> result;
  for (const Path& path : aggregate.group_by) {
    result.push_back(scope.expression(path, path.describe()));
  }
  const std::string groups = joined(result, ", ");
  for (const Aggregate::Term& term : aggregate.terms) result.push_back(term_text(scope, term));
  if (result.empty()) refuse_request(*aggregate.model, "select", "Name at least one function.");
  std::vector<std::string> conditions;
  if (aggregate.where) conditions.push_back(filter_condition(scope, *aggregate.where));
  const std::string having = having_text(scope, aggregate, result);
  std::vector<OrderTerm> order;
  for (const Aggregate::Position& by : aggregate.order_by) {
    order.push_back({result_at(scope, result, by.position, "order_by"), by.descending});
  }
  // Groups that tie come in the order of what they are grouped by.
  for (std::size_t i = 0; i < aggregate.group_by.size(); ++i) order.push_back({result[i]});
  std::string text = "SELECT " + joined(result, ", ") + " FROM " + scope.from() +
                     where_text(conditions) + (groups.empty() ? "" : " GROUP BY " + groups) +
                     having + (order.empty() ? "" : " ORDER BY " + order_text(order));
  if (aggregate.limit && *aggregate.limit >= 0) text += " LIMIT " + draft.bind(*aggregate.limit);
  return {std::move(text), draft.take_parameters()};
}

}  // namespace vitrine
