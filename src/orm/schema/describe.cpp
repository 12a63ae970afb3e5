// A registry as JSON.
#include "orm/schema/value_json.h"
#include "orm/schema/words.h"

namespace vitrine {
namespace {

using schema::value_to_json;
using schema::word_of;

void add_flag(Json& json, const char* name, bool flag) {
  if (flag) json[name] = true;
}

void add_text(Json& json, const char* name, const std::string& text) {
  if (!text.empty()) json[name] = text;
}

void add_names(Json& json, const char* name, const std::vector<std::string>& names) {
  if (!names.empty()) json[name] = names;
}

Json expression_json(const Expression& expression) {
  if (expression.op == Expression::Op::column) return {{"column", expression.column}};
  if (expression.op == Expression::Op::literal) {
    return {{"literal", value_to_json(expression.literal)}};
  }
  Json operands = Json::array();
  for (const Expression& operand : expression.operands) {
    operands.push_back(expression_json(operand));
  }
  return {{std::string(word_of(schema::kOperationWords, expression.op)), std::move(operands)}};
}

Json computed_json(const Computed& computed) {
  if (computed.expression) return {{"expression", expression_json(*computed.expression)}};
  return {{"count_of", computed.count_of}};
}

Json foreign_key_json(const ForeignKey& key) {
  Json json = {{"table", key.table}, {"column", key.column}};
  if (key.on_delete != OnDelete::derive) {
    json["on_delete"] = word_of(schema::kOnDeleteWords, key.on_delete);
  }
  return json;
}

Json rules_json(const std::vector<Rule>& rules) {
  Json json = Json::object();
  for (const Rule& rule : rules) {
    Json values = Json::array();
    for (const Value& value : rule.values) values.push_back(value_to_json(value));
    const bool single = rule.op != Rule::Op::one_of && values.size() == 1;
    json[std::string(word_of(schema::kRuleWords, rule.op))] = single ? values.front() : values;
  }
  return json;
}

// A boolean is written as one, though it is kept as 0 or 1.
Json default_json(const Column& column) {
  const Value& value = column.client_default.value;
  if (column.type == ColumnType::boolean && value.integer()) return *value.integer() != 0;
  return value_to_json(value);
}

Json column_json(const Column& column) {
  Json json = {{"name", column.name}, {"type", column_type_name(column.type)}};
  if (column.length != 0) json["length"] = column.length;
  add_flag(json, "primary_key", column.primary_key);
  add_flag(json, "autoincrement", column.autoincrement);
  add_flag(json, "not_null", column.not_null);
  add_flag(json, "unique", column.unique);
  add_flag(json, "index", column.index);
  add_flag(json, "version_counter", column.version_counter);
  if (column.foreign_key) json["foreign_key"] = foreign_key_json(*column.foreign_key);
  if (column.client_default.kind == ClientDefault::Kind::now) json["default"] = {{"now", true}};
  if (column.client_default.kind == ClientDefault::Kind::value) {
    json["default"] = default_json(column);
  }
  add_text(json, "server_default", column.server_default);
  add_text(json, "check", column.check);
  add_text(json, "check_name", column.check_name);
  if (!column.rules.empty()) json["validate"] = rules_json(column.rules);
  if (column.computed != nullptr) json["computed"] = computed_json(*column.computed);
  return json;
}

Json order_json(const std::vector<OrderBy>& order_by) {
  Json json = Json::array();
  for (const OrderBy& order : order_by) {
    Json one = {{"column", order.column}};
    add_flag(one, "descending", order.descending);
    json.push_back(std::move(one));
  }
  return json;
}

Json conditions_json(const std::vector<Condition>& conditions) {
  Json json = Json::array();
  for (const Condition& condition : conditions) {
    json.push_back({{"column", condition.column},
                    {"op", word_of(schema::kConditionWords, condition.op)},
                    {"value", value_to_json(condition.value)}});
  }
  return json;
}

void add_options(Json& json, const RelationshipOptions& options, bool holds_many) {
  if (holds_many && !options.uselist) json["uselist"] = false;
  json["cascade"] = options.cascade.describe();
  if (options.passive_deletes == PassiveDeletes::yes) json["passive_deletes"] = true;
  if (options.passive_deletes == PassiveDeletes::all) json["passive_deletes"] = "all";
  if (!options.order_by.empty()) json["order_by"] = order_json(options.order_by);
  if (options.collection != CollectionKind::list) {
    json["collection"] = word_of(schema::kCollectionWords, options.collection);
  }
  add_text(json, "key_column", options.key_column);
  add_text(json, "position_column", options.position_column);
  add_flag(json, "viewonly", options.viewonly);
  if (!options.conditions.empty()) json["conditions"] = conditions_json(options.conditions);
  add_flag(json, "image_attachment", options.image_attachment);
}

Json relationship_json(const Relationship& relationship) {
  Json json = {{"name", relationship.name},
               {"target", relationship.target},
               {"direction", word_of(schema::kDirectionWords, relationship.direction)}};
  add_names(json, "foreign_keys", relationship.foreign_keys);
  add_text(json, "secondary", relationship.secondary);
  add_options(json, relationship, !relationship.is_many_to_one());
  add_text(json, "back_populates", relationship.back_populates);
  if (relationship.backref) {
    Json backref = {{"name", relationship.backref->name}};
    const bool holds_many = relationship.direction != Direction::one_to_many;
    add_options(backref, relationship.backref->options, holds_many);
    json["backref"] = std::move(backref);
  }
  return json;
}

Json unique_json(const UniqueConstraint& constraint) {
  Json json = Json::object();
  add_text(json, "name", constraint.name);
  json["columns"] = constraint.columns;
  add_text(json, "where", constraint.where);
  return json;
}

Json check_json(const CheckConstraint& constraint) {
  Json json = Json::object();
  add_text(json, "name", constraint.name);
  json["condition"] = constraint.condition;
  return json;
}

template <typename Fact, typename ToJson>
Json list_json(const std::vector<Fact>& facts, ToJson to_json) {
  Json json = Json::array();
  for (const Fact& fact : facts) json.push_back(to_json(fact));
  return json;
}

Json model_json(const Model& model) {
  Json json = {{"name", model.name}, {"table", model.table}};
  add_text(json, "display_column", model.display_column);
  add_flag(json, "link_table", model.link_table);
  json["columns"] = list_json(model.columns, column_json);
  json["relationships"] = list_json(model.relationships, relationship_json);
  if (!model.unique_constraints.empty()) {
    json["unique_constraints"] = list_json(model.unique_constraints, unique_json);
  }
  if (!model.check_constraints.empty()) {
    json["check_constraints"] = list_json(model.check_constraints, check_json);
  }
  add_names(json, "search_columns", model.search_columns);
  json["primary_key"] = Json::array();
  for (const Column& column : model.columns) {
    if (column.primary_key) json["primary_key"].push_back(column.name);
  }
  return json;
}

}  // namespace

Json describe(const Registry& registry) {
  Json models = Json::array();
  for (const auto& model : registry.models()) models.push_back(model_json(*model));
  Json json = Json::object();
  json["models"] = std::move(models);
  return json;
}

}  // namespace vitrine
