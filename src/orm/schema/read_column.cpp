// Columns from a description.
#include "orm/schema/read.h"
#include "orm/schema/value_json.h"

namespace vitrine::schema {
namespace {

// Deeper expressions are refused: reading and writing them as SQL is recursive.
constexpr int kMaxExpressionDepth = 32;

Value read_value(Fields& fields, const std::string& key) {
  const Json* json = fields.value(key);
  if (json == nullptr) return {};
  if (auto value = value_from_json(*json)) return *std::move(value);
  fields.mistake("\"" + key + "\" of " + fields.place().kind +
                 " must be null, a number, text, true, false or {\"hex\": \"00ff\"}");
  return {};
}

ClientDefault read_default(Fields& column) {
  const Json* json = column.value("default");
  if (json == nullptr) return {};
  if (json->is_object() && json->contains("now")) {
    Fields now(*json, column.inside("a default"), column.mistakes());
    if (!now.flag("now")) now.mistake("\"now\" of a default must be true");
    now.finish();
    return {ClientDefault::Kind::now, {}};
  }
  return {ClientDefault::Kind::value, read_value(column, "default")};
}

std::optional<ForeignKey> read_foreign_key(Fields& column) {
  const Json* json = column.value("foreign_key");
  if (json == nullptr) return std::nullopt;
  Fields fields(*json, column.inside("a foreign key"), column.mistakes());
  ForeignKey key;
  key.table = fields.required_text("table");
  key.column = fields.required_text("column");
  key.on_delete = fields.choice("on_delete", kOnDeleteWords, OnDelete::derive);
  fields.finish();
  return key;
}

std::vector<Rule> read_rules(Fields& column) {
  std::vector<Rule> rules;
  const Json* json = column.value("validate");
  if (json == nullptr) return rules;
  Fields fields(*json, column.inside("a validator"), column.mistakes());
  for (const auto& word : kRuleWords) {
    const std::string key(word.text);
    if (!fields.has(key)) continue;
    Rule rule;
    rule.op = word.choice;
    if (rule.op != Rule::Op::one_of) {
      rule.values.push_back(read_value(fields, key));
    } else {
      for (const Json* element : fields.list(key)) {
        rule.values.push_back(value_from_json(*element).value_or(Value()));
      }
    }
    rules.push_back(std::move(rule));
  }
  fields.finish();
  return rules;
}

Expression read_expression(const Json& json, const Fields& parent, Mistakes& mistakes, int depth) {
  Fields fields(json, parent.inside("an expression"), mistakes);
  Expression expression;
  if (depth > kMaxExpressionDepth) {
    fields.mistake("its expression is more than " + std::to_string(kMaxExpressionDepth) +
                   " deep; make it simpler");
    return expression;
  }
  if (fields.has("column")) {
    expression.op = Expression::Op::column;
    expression.column = fields.text("column");
  } else if (!fields.has("literal")) {
    bool found = false;
    for (const auto& word : kOperationWords) {
      if (found || !fields.has(std::string(word.text))) continue;
      found = true;
      expression.op = word.choice;
      for (const Json* operand : fields.list(std::string(word.text))) {
        expression.operands.push_back(read_expression(*operand, parent, mistakes, depth + 1));
      }
    }
    if (!found) {
      fields.mistake("an expression is {\"column\": ...}, {\"literal\": ...} or one of " +
                     all_words(kOperationWords) + " with its operands");
    }
  } else {
    expression.literal = read_value(fields, "literal");
  }
  fields.finish();
  return expression;
}

std::shared_ptr<const Computed> read_computed(Fields& column) {
  const Json* json = column.value("computed");
  if (json == nullptr) return nullptr;
  Fields fields(*json, column.inside("a computed column"), column.mistakes());
  Computed computed;
  computed.count_of = fields.text("count_of");
  if (const Json* expression = fields.value("expression")) {
    computed.expression = read_expression(*expression, column, column.mistakes(), 1);
  }
  fields.finish();
  return std::make_shared<const Computed>(std::move(computed));
}

ColumnType read_type(Fields& fields) {
  const std::string word = fields.required_text("type");
  const auto type = column_type_from_name(word);
  if (!type && !word.empty()) {
    fields.mistake("there is no type \"" + word +
                   "\"; use integer, real, string, text, boolean, datetime, blob or json");
  }
  return type.value_or(ColumnType::text);
}

}  // namespace

Column read_column(const Json& json, const std::string& model, Mistakes& mistakes) {
  Fields fields(json, {model, name_in(json), "a column"}, mistakes);
  Column column;
  column.name = fields.required_text("name");
  column.type = read_type(fields);
  column.length = fields.integer("length");
  column.primary_key = fields.flag("primary_key");
  column.autoincrement = fields.flag("autoincrement");
  column.not_null = fields.flag("not_null");
  column.unique = fields.flag("unique");
  column.index = fields.flag("index");
  column.version_counter = fields.flag("version_counter");
  column.foreign_key = read_foreign_key(fields);
  column.client_default = read_default(fields);
  column.server_default = fields.text("server_default");
  column.check = fields.text("check");
  column.check_name = fields.text("check_name");
  column.rules = read_rules(fields);
  column.computed = read_computed(fields);
  fields.finish();
  return column;
}

}  // namespace vitrine::schema
