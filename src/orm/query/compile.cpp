// compile: objects of a request, and what can be asked about them. See the header.
#include "orm/query/compile.h"

#include "base/check.h"
#include "orm/query/body.h"
#include "orm/query/filter_sql.h"
#include "orm/query/node.h"
#include "orm/query/page_sql.h"
#include "orm/query/refuse.h"
#include "orm/query/relation_plan.h"
#include "orm/query/text_of.h"

namespace vitrine {
namespace {

using namespace query;

// SELECT 1 for each object that the request means.
Sql one_per_object(const Select& select, std::string_view what) {
  std::vector<std::string> tables;
  Draft draft(tables, 0);
  draft.join_as(select.join, select.outer_joins);
  Scope scope(draft, *select.model);
  const Body body = write_body(scope, select);
  std::string text = "SELECT ";
  text += what;
  text += " FROM " + scope.from() + where_text(body.conditions);
  text += limit_text(draft, select);
  return {std::move(text), draft.take_parameters()};
}

}  // namespace

Plan compile(const Registry& registry, const Select& select) {
  VITRINE_CHECK(registry.is_resolved() && select.model != nullptr);
  Plan plan;
  plan.root = write_node(select, {}, plan.tables, 1);
  return plan;
}

PlanChild compile_relation(const Registry& registry, const Relationship& relationship) {
  VITRINE_CHECK(registry.is_resolved());
  std::vector<std::string> tables;
  Select select;
  select.model = relationship.target_model;
  PlanChild child;
  child.relationship = &relationship;
  child.node =
      write_node(select, {.relationship = &relationship, .child_key = &child.child_key}, tables, 1);
  return child;
}

Sql compile_count(const Registry& registry, const Select& select) {
  VITRINE_CHECK(registry.is_resolved());
  if (!is_limited(select)) return one_per_object(select, "count(*)");
  Sql sql = one_per_object(select, "1");
  sql.text = "SELECT count(*) FROM (" + sql.text + ")";
  return sql;
}

Sql compile_exists(const Registry& registry, const Select& select) {
  VITRINE_CHECK(registry.is_resolved());
  Sql sql = one_per_object(select, "1");
  sql.text = "SELECT EXISTS (" + sql.text + ")";
  return sql;
}

Sql compile_columns(const Registry& registry, const Select& select,
                    const std::vector<Path>& columns) {
  VITRINE_CHECK(registry.is_resolved());
  std::vector<std::string> tables;
  Draft draft(tables, 0);
  draft.join_as(select.join, select.outer_joins);
  Scope scope(draft, *select.model);
  std::vector<std::string> result;
  for (const Path& path : columns) {
    result.push_back(scope.expression(path, "columns." + path.describe()));
  }
  if (result.empty()) refuse_request(*select.model, "columns", "Name at least one column.");
  Body body;
  if (select.where) body.conditions.push_back(filter_condition(scope, *select.where));
  body.order = order_terms(scope, select.order_by);
  // Rows that are equal in all results need no further order; others tie only in theirs.
  if (select.distinct) body.order.resize(select.order_by.size());
  for (const std::string& expression : result) body.order.push_back({expression});
  add_search(scope, select, body);
  std::string text = select.distinct ? "SELECT DISTINCT " : "SELECT ";
  text += joined(result, ", ") + " FROM " + scope.from() + where_text(body.conditions) +
          " ORDER BY " + order_text(body.order) + limit_text(draft, select);
  return {std::move(text), draft.take_parameters()};
}

}  // namespace vitrine
