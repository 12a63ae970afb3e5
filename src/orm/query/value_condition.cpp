// Operators on one column: expression, operator, values -> condition.
#include <cmath>
#include <cstdio>

#include "base/check.h"
#include "base/fold.h"
#include "base/json.h"
#include "orm/query/filter_sql.h"
#include "orm/query/refuse.h"
#include "orm/query/text_of.h"

namespace vitrine::query {
namespace {

// Lists up to here are written out, so that the planner sees their length; longer ones are one
// parameter, so that the text of a statement is bounded.
constexpr std::size_t kMaxListed = 16;
// What SQLite accepts as a LIKE pattern (SQLITE_MAX_LIKE_PATTERN_LENGTH).
constexpr std::size_t kMaxPatternBytes = 50'000;

std::string_view comparison(Operator op) {
  switch (op) {
    case Operator::eq:
      return " = ";
    case Operator::ne:
      return " <> ";
    case Operator::lt:
      return " < ";
    case Operator::le:
      return " <= ";
    case Operator::gt:
      return " > ";
    case Operator::ge:
      return " >= ";
    default:
      break;
  }
  return "";
}

void expect_values(const Subject& subject, const std::vector<Value>& values, std::size_t count) {
  if (values.size() == count) return;
  refuse_value(subject.model, subject.field, subject.origin,
               "The operator takes " + std::to_string(count) + (count == 1 ? " value" : " values") +
                   " and got " + std::to_string(values.size()) + ".");
}

std::string escaped(const std::string& text) {
  std::string pattern;
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern;
}

std::string real_as_json(double value) {
  if (std::isinf(value)) return value > 0 ? "9e999" : "-9e999";
  return Json(value).dump();
}

// A list as JSON text. Bytes are written in hexadecimal: JSON has no form for them.
std::string list_as_json(const std::vector<Value>& values) {
  std::string json;
  for (const Value& value : values) {
    json += json.empty() ? "[" : ",";
    if (const auto* text = value.text()) {
      json += Json(*text).dump();
    } else if (const auto* real = value.real()) {
      json += real_as_json(*real);
    } else if (const auto* bytes = value.bytes()) {
      const std::string hexadecimal = literal(*bytes);
      json += '"' + hexadecimal.substr(2, hexadecimal.size() - 3) + '"';
    } else {
      json += value.is_null() ? "null" : std::to_string(*value.integer());
    }
  }
  return json + "]";
}

std::string listed(Draft& draft, const std::vector<Value>& values) {
  if (values.size() > kMaxListed) {
    const bool bytes = values.front().bytes() != nullptr;
    return std::string("SELECT ") + (bytes ? "unhex(value)" : "value") + " FROM json_each(" +
           draft.bind(list_as_json(values)) + ")";
  }
  std::vector<std::string> items;
  for (const Value& value : values) items.push_back(draft.bind(value));
  return joined(items, ", ");
}

// Text for a pattern; anything else is refused, and so is a NUL, at which SQLite ends a pattern.
const std::string& pattern_text(const Subject& subject, const std::vector<Value>& values) {
  expect_values(subject, values, 1);
  const std::string* text = values.front().text();
  if (text == nullptr) {
    refuse_value(subject.model, subject.field, subject.origin,
                 "The operator compares text, and " + values.front().describe() + " is none.");
  }
  if (text->size() > kMaxPatternBytes) {
    refuse_value(
        subject.model, subject.field, subject.origin,
        "The pattern has more than " + std::to_string(kMaxPatternBytes) + " bytes; shorten it.");
  }
  if (text->find('\0') != std::string::npos) {
    refuse_value(subject.model, subject.field, subject.origin,
                 "The pattern holds a NUL character, which no pattern finds; leave it out.");
  }
  return *text;
}

// `text` taken literally, between what else may stand before and behind it.
std::string literally(Draft& draft, const std::string& expression, const char* before,
                      const std::string& text, const char* behind) {
  return expression + " LIKE " + draft.bind(before + escaped(text) + behind) + " ESCAPE '\\'";
}

std::string pattern_condition(Draft& draft, const Subject& subject, const std::string& expression,
                              Operator op, const std::vector<Value>& values) {
  const std::string& text = pattern_text(subject, values);
  switch (op) {
    case Operator::like:
      return expression + " LIKE " + draft.bind(text);
    case Operator::not_like:
      return expression + " NOT LIKE " + draft.bind(text);
    case Operator::like_folded:
      return folded(expression) + " LIKE " + draft.bind(fold(text));
    case Operator::contains:
      return literally(draft, expression, "%", text, "%");
    case Operator::contains_folded:
      return literally(draft, folded(expression), "%", fold(text), "%");
    case Operator::starts_with:
      return literally(draft, expression, "", text, "%");
    case Operator::starts_with_folded:
      return literally(draft, folded(expression), "", fold(text), "%");
    case Operator::ends_with:
      return literally(draft, expression, "%", text, "");
    case Operator::ends_with_folded:
      return literally(draft, folded(expression), "%", fold(text), "");
    default:
      break;
  }
  refuse_request(subject.model, subject.origin,
                 "The operator is for relations, and " + subject.field + " is a column.");
}

std::string comparison_condition(Draft& draft, const Subject& subject,
                                 const std::string& expression, Operator op,
                                 const std::vector<Value>& values) {
  expect_values(subject, values, 1);
  const Value& value = values.front();
  if (value.is_null() && op == Operator::eq) return expression + " IS NULL";
  if (value.is_null() && op == Operator::ne) return expression + " IS NOT NULL";
  return expression + std::string(comparison(op)) + draft.bind(value);
}

}  // namespace

std::string value_condition(Draft& draft, const Subject& subject, const std::string& expression,
                            Operator op, const std::vector<Value>& values) {
  switch (op) {
    case Operator::eq:
    case Operator::ne:
    case Operator::lt:
    case Operator::le:
    case Operator::gt:
    case Operator::ge:
      return comparison_condition(draft, subject, expression, op, values);
    case Operator::is_null:
      return expression + " IS NULL";
    case Operator::not_null:
      return expression + " IS NOT NULL";
    case Operator::between: {
      expect_values(subject, values, 2);
      const std::string low = draft.bind(values[0]);
      return expression + " BETWEEN " + low + " AND " + draft.bind(values[1]);
    }
    case Operator::in:
      return values.empty() ? "0" : expression + " IN (" + listed(draft, values) + ")";
    case Operator::not_in:
      return values.empty() ? "1" : expression + " NOT IN (" + listed(draft, values) + ")";
    default:
      return pattern_condition(draft, subject, expression, op, values);
  }
}

}  // namespace vitrine::query
