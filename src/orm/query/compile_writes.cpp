// Set-based UPDATE and DELETE.
#include "base/check.h"
#include "base/text.h"
#include "orm/query/body.h"
#include "orm/query/compile.h"
#include "orm/query/refuse.h"
#include "orm/query/text_of.h"

namespace vitrine {
namespace {

using namespace query;

// The condition on the keys of `model`, in the statement's own table, and none without a filter.
std::string where_keys(Draft& draft, const Model& model, const std::optional<Filter>& where) {
  if (!where) return "";
  Scope scope(draft, model);
  Select select;
  select.model = &model;
  select.where = where;
  const Body body = write_body(scope, select);
  std::vector<std::string> own;
  for (const std::size_t key : model.primary_key) {
    own.push_back(quoted_identifier(model.columns[key].name));
  }
  const std::string keys = joined(key_expressions(scope, scope.root()), ", ");
  return " WHERE (" + joined(own, ", ") + ") IN (SELECT " + keys + " FROM " + scope.from() +
         where_text(body.conditions) + ")";
}

void check_assignable(const Model& model, const Column& column, const Origin& origin) {
  if (!column.is_stored()) {
    refuse_value(model, column.name, origin, column.name + " is computed; it cannot be set.");
  }
  if (column.primary_key) {
    refuse_value(model, column.name, origin,
                 column.name +
                     " is part of the primary key, which never changes; create another "
                     "object instead.");
  }
}

}  // namespace

Sql compile_update(const Registry& registry, const Model& model, const std::optional<Filter>& where,
                   const std::vector<Assignment>& assignments) {
  VITRINE_CHECK(registry.is_resolved());
  std::vector<std::string> tables;
  Draft draft(tables, 0);
  std::vector<std::string> parts;
  for (const Assignment& assignment : assignments) {
    const Origin data("data");
    const Origin origin(data, assignment.column);
    const Column& column = model.columns[known_column(model, assignment.column, origin)];
    check_assignable(model, column, origin);
    parts.push_back(quoted_identifier(column.name) + " = " + draft.bind(assignment.value));
  }
  if (parts.empty()) refuse_request(model, "data", "Name at least one column to set.");
  std::string text = "UPDATE " + quoted_identifier(model.table) + " SET " + joined(parts, ", ");
  text += where_keys(draft, model, where);
  return {std::move(text), draft.take_parameters()};
}

Sql compile_delete(const Registry& registry, const Model& model,
                   const std::optional<Filter>& where) {
  VITRINE_CHECK(registry.is_resolved());
  std::vector<std::string> tables;
  Draft draft(tables, 0);
  std::string text = "DELETE FROM " + quoted_identifier(model.table);
  text += where_keys(draft, model, where);
  return {std::move(text), draft.take_parameters()};
}

}  // namespace vitrine
