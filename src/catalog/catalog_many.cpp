// Catalog: what concerns many rows at once, and requests seen as SQL.
#include <cmath>

#include "base/text.h"
#include "catalog/catalog_impl.h"
#include "orm/query/compile.h"
#include "orm/session/new_rows.h"
#include "orm/session/search_index.h"

namespace vitrine {
namespace {

// A parameter of raw SQL, which belongs to no column.
Value parameter(const Json& json, std::size_t index) {
  if (json.is_null()) return nullptr;
  if (json.is_boolean()) return json.get<bool>();
  if (json.is_string()) return json.text();
  if (json.is_number()) {
    // What JavaScript calls a number is whole only as far as it is exact; beyond, there is $int.
    const bool whole = json.is_number_integer() &&
                       std::abs(json.get<double>()) <= static_cast<double>(kMaxSafeInteger);
    return whole ? Value(json.get<std::int64_t>()) : Value(json.get<double>());
  }
  if (auto value = tagged_value(json)) return std::move(*value);
  fail({.code = Code::validation,
        .reason = "invalid_value",
        .message = "Parameter " + std::to_string(index + 1) +
                   " is a list or an object, which SQL has no value for: pass JSON.stringify(it) "
                   "and read it with json_each(?).",
        .path = "values[" + std::to_string(index) + "]"});
}

Json shown(const Value& value) { return value.bytes() ? Json(value.describe()) : json_of(value); }

void show_node(const PlanNode& node, const std::string& relation, Json& shown_nodes) {
  Json parameters = Json::array();
  if (!relation.empty()) parameters.push_back("(keys)");
  for (const Value& value : node.sql.parameters) parameters.push_back(shown(value));
  Json one;
  one["relation"] = relation;
  one["sql"] = node.sql.text;
  one["parameters"] = std::move(parameters);
  shown_nodes.push_back(std::move(one));
  for (const PlanChild& child : node.children) {
    const std::string& name = child.relationship->name;
    show_node(child.node, relation.empty() ? name : relation + "." + name, shown_nodes);
  }
}

// The ids that SQLite gives follow the greatest one, also beyond what JavaScript can read.
void check_ids(Connection& connection, const Model& model) {
  if (!model.rowid_column) return;
  const std::string& id = model.columns[*model.rowid_column].name;
  const auto greatest = connection.scalar("SELECT max(" + quoted_identifier(id) + ") FROM " +
                                          quoted_identifier(model.table));
  const std::int64_t* number = greatest ? greatest->integer() : nullptr;
  if (number == nullptr || *number <= kMaxSafeInteger) return;
  fail({.code = Code::range,
        .reason = "invalid_value",
        .message = "The next id of " + model.name + " would be " + std::to_string(*number) +
                   ", which a JavaScript number cannot hold exactly: give the rows ids of their "
                   "own.",
        .model = model.name,
        .fields = {id}});
}

}  // namespace

Borrowed Catalog::aggregate(std::string_view model, const Json& request) {
  const Registry& registry = impl_->registry;
  const Aggregate aggregate = read_aggregate(registry, registry.model(model), request);
  const Sql sql = compile_aggregate(registry, aggregate);
  impl_->check_transaction();
  Borrowed statement = impl_->session.prepare(sql.text);
  statement->bind_all(sql.parameters);
  return statement;
}

Json Catalog::to_sql(std::string_view model, const Json& request) {
  const Registry& registry = impl_->registry;
  const Select select = read_select(registry, registry.model(model), request);
  Json nodes = Json::array();
  show_node(compile(registry, select).root, "", nodes);
  return nodes;
}

std::vector<std::string> Catalog::tables(std::string_view model, const Json& request) {
  const Registry& registry = impl_->registry;
  return compile(registry, read_select(registry, registry.model(model), request)).tables;
}

Borrowed Catalog::sql(std::string_view text, const Json& parameters) {
  std::vector<Value> values;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    values.push_back(parameter(parameters[i], i));
  }
  impl_->check_transaction();
  Borrowed statement = impl_->session.prepare(text);
  if (statement->parameter_count() != static_cast<int>(values.size())) {
    fail(Code::validation, "The SQL has " + std::to_string(statement->parameter_count()) +
                               " parameters and got " + std::to_string(values.size()) +
                               " values: write ${value} where a value belongs, without quotes "
                               "around it, and no ? or :name.");
  }
  statement->bind_all(values);
  if (!statement->read_only()) impl_->history.expect_alteration();
  return statement;
}

std::int64_t Catalog::create_many(std::string_view model, NewRows& rows) {
  const Model& facts = impl_->registry.model(model);
  try {
    Unit unit(*impl_);
    ChangeRecorder::Flood flood = impl_->history.flood(facts.table, rows.bytes());
    const std::int64_t count =
        impl_->session.bulk_insert(facts, rows, [this] { return impl_->are_own_tables(); });
    check_ids(impl_->connection, facts);
    flood.commit();
    unit.commit();
    return count;
  } catch (Error& error) {
    name_model(impl_->registry, error.failure());
    throw;
  }
}

std::int64_t Catalog::update_many(std::string_view model, const Json& request) {
  const Model& facts = impl_->registry.model(model);
  const std::optional<Filter> where = read_where(impl_->registry, facts, request);
  const std::vector<Assignment> values = read_assignments(facts, request.at("data"), "data");
  try {
    Unit unit(*impl_);
    const std::int64_t rows =
        impl_->session.bulk_update(facts, where, values, Session::Synchronize::none);
    unit.commit();
    return rows;
  } catch (Error& error) {
    name_model(impl_->registry, error.failure());
    throw;
  }
}

}  // namespace vitrine
