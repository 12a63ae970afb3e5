// Models from a description, and the description as a whole.
#include <algorithm>

#include "orm/schema/read.h"

namespace vitrine {
namespace schema {
namespace {

std::vector<UniqueConstraint> read_unique_constraints(Fields& model) {
  std::vector<UniqueConstraint> constraints;
  for (const Json* element : model.list("unique_constraints")) {
    Fields fields(*element, model.inside("a unique constraint"), model.mistakes());
    UniqueConstraint constraint;
    constraint.name = fields.text("name");
    constraint.columns = fields.names("columns");
    constraint.where = fields.text("where");
    fields.finish();
    constraints.push_back(std::move(constraint));
  }
  return constraints;
}

std::vector<CheckConstraint> read_check_constraints(Fields& model) {
  std::vector<CheckConstraint> constraints;
  for (const Json* element : model.list("check_constraints")) {
    Fields fields(*element, model.inside("a check constraint"), model.mistakes());
    CheckConstraint constraint;
    constraint.name = fields.text("name");
    constraint.condition = fields.required_text("condition");
    fields.finish();
    constraints.push_back(std::move(constraint));
  }
  return constraints;
}

// The key may be said by the columns, or here: both come to the same. A key is in the order of its
// columns, so a list in another order would promise what is not kept.
void read_primary_key(Fields& fields, Model& model) {
  std::size_t last = 0;
  for (const std::string& name : fields.names("primary_key")) {
    const auto column = model.find_column(name);
    if (!column) {
      fields.mistake("\"primary_key\" names " + name + ", which is no column; correct the name");
      continue;
    }
    if (*column < last) {
      fields.mistake("\"primary_key\" is not in the order of the columns; use the same order");
    }
    last = std::max(last, *column);
    model.columns[*column].primary_key = true;
  }
}

}  // namespace

std::string name_in(const Json& json) {
  if (!json.is_object()) return "";
  const auto name = json.find("name");
  return name != nullptr && name->is_string() ? name->get<std::string>() : "";
}

Model read_model(const Json& json, const std::string& fallback, Mistakes& mistakes) {
  const std::string given = name_in(json);
  Fields fields(json, {given.empty() ? fallback : given, "", "a model"}, mistakes);
  Model model;
  model.name = fields.required_text("name");
  model.table = fields.required_text("table");
  model.display_column = fields.text("display_column");
  model.link_table = fields.flag("link_table");
  for (const Json* column : fields.list("columns")) {
    model.columns.push_back(read_column(*column, fields.place().model, mistakes));
  }
  for (const Json* relationship : fields.list("relationships")) {
    model.relationships.push_back(read_relationship(*relationship, fields.place().model, mistakes));
  }
  model.unique_constraints = read_unique_constraints(fields);
  model.check_constraints = read_check_constraints(fields);
  model.search_columns = fields.names("search_columns");
  read_primary_key(fields, model);
  fields.finish();
  return model;
}

}  // namespace schema

void add_description(Registry& registry, const Json& description) {
  schema::Mistakes mistakes;
  schema::Fields fields(description, {"description", "", "a description"}, mistakes);
  std::vector<Model> models;
  for (const Json* model : fields.list("models")) {
    const std::string fallback = "models[" + std::to_string(models.size()) + "]";
    models.push_back(schema::read_model(*model, fallback, mistakes));
  }
  if (!fields.has("models")) fields.mistake("it has no \"models\"; add the list");
  fields.finish();
  std::vector<Issue> issues = mistakes.take();
  if (!issues.empty()) schema::fail_with(std::move(issues), "description");
  for (Model& model : models) registry.add(std::move(model));
}

}  // namespace vitrine
