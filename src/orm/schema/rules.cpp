// Rules at work: from facts about values to a validator that holds them.
#include <algorithm>

#include "base/text.h"
#include "orm/schema/resolve.h"

namespace vitrine::schema {
namespace {

// -1, 0 or 1; nothing when the two cannot be compared. Text compares by bytes, which for UTF-8 is
// by code points, and for the times of datetime columns is by time.
std::optional<int> compared(const Value& left, const Value& right) {
  const auto sign = [](const auto& a, const auto& b) { return a < b ? -1 : (b < a ? 1 : 0); };
  if (left.integer() && right.integer()) return sign(*left.integer(), *right.integer());
  if (left.text() && right.text()) return sign(*left.text(), *right.text());
  const auto number = [](const Value& value) -> std::optional<double> {
    if (value.integer()) return static_cast<double>(*value.integer());
    if (value.real()) return *value.real();
    return std::nullopt;
  };
  const auto a = number(left);
  const auto b = number(right);
  if (!a || !b) return std::nullopt;
  return sign(*a, *b);
}

bool length_holds(const Rule& rule, const Value& value) {
  if (!value.text()) return false;
  const auto length = static_cast<std::int64_t>(code_point_count(*value.text()));
  const std::int64_t bound = *rule.values.front().integer();
  return rule.op == Rule::Op::min_length ? length >= bound : length <= bound;
}

bool one_of_holds(const Rule& rule, const Value& value) {
  return std::any_of(rule.values.begin(), rule.values.end(),
                     [&](const Value& allowed) { return compared(value, allowed) == 0; });
}

bool holds(const Rule& rule, const Value& value) {
  if (rule.op == Rule::Op::one_of) return one_of_holds(rule, value);
  if (rule.op == Rule::Op::min_length || rule.op == Rule::Op::max_length) {
    return length_holds(rule, value);
  }
  const auto order = compared(value, rule.values.front());
  if (!order) return false;
  switch (rule.op) {
    case Rule::Op::lt:
      return *order < 0;
    case Rule::Op::le:
      return *order <= 0;
    case Rule::Op::gt:
      return *order > 0;
    default:
      return *order >= 0;
  }
}

// What a value must be: "at least 0", "one of 's', 'm' and 'l'".
std::string requirement(const Rule& rule) {
  if (rule.op == Rule::Op::one_of) {
    std::vector<std::string> allowed;
    for (const Value& value : rule.values) allowed.push_back(value.describe());
    return "one of " + listed(allowed);
  }
  const std::string bound = rule.values.front().describe();
  switch (rule.op) {
    case Rule::Op::lt:
      return "less than " + bound;
    case Rule::Op::le:
      return "at most " + bound;
    case Rule::Op::gt:
      return "greater than " + bound;
    case Rule::Op::min_length:
      return "text of at least " + bound + " characters";
    case Rule::Op::max_length:
      return "text of at most " + bound + " characters";
    default:
      return "at least " + bound;
  }
}

Validator rules_then(std::string model, std::string column, std::vector<Rule> rules,
                     Validator then) {
  return [model = std::move(model), column = std::move(column), rules = std::move(rules),
          then = std::move(then)](const Value& value) {
    for (const Rule& rule : rules) {
      if (value.is_null() || holds(rule, value)) continue;
      fail({.code = Code::validation,
            .reason = "invalid_value",
            .message = model + "." + column + " cannot be " + value.describe() + "; it must be " +
                       requirement(rule) + ".",
            .model = model,
            .fields = {column}});
    }
    if (then) then(value);
  };
}

}  // namespace

void install_rules(Models& models) {
  for (const auto& model : models) {
    for (Column& column : model->columns) {
      if (column.rules.empty()) continue;
      column.validator =
          rules_then(model->name, column.name, column.rules, std::move(column.validator));
    }
  }
}

}  // namespace vitrine::schema
