// See the header.
#include "orm/query/text_of.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "base/number_text.h"
#include "base/text.h"

namespace vitrine::query {
namespace {

std::string hexadecimal(std::string_view data) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text = "x'";
  for (const char c : data) {
    const auto byte = static_cast<unsigned char>(c);
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text + "'";
}

std::string text_literal(const std::string& text) {
  if (text.find('\0') != std::string::npos) return "CAST(" + hexadecimal(text) + " AS TEXT)";
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'') quoted += '\'';
    quoted += c;
  }
  return quoted + "'";
}

std::string real_literal(double value) {
  VITRINE_CHECK(!std::isnan(value));
  if (std::isinf(value)) return value > 0 ? "9e999" : "-9e999";
  return real_text(value);
}

std::string_view operator_text(Expression::Op op) {
  switch (op) {
    case Expression::Op::add:
      return " + ";
    case Expression::Op::subtract:
      return " - ";
    case Expression::Op::multiply:
      return " * ";
    case Expression::Op::divide:
      return " / ";
    case Expression::Op::concatenate:
      return " || ";
    case Expression::Op::column:
    case Expression::Op::literal:
      break;
  }
  VITRINE_CHECK(false);
  return "";
}

std::string expression_text(const Expression& expression, std::string_view table) {
  if (expression.op == Expression::Op::column) return qualified(table, expression.column);
  if (expression.op == Expression::Op::literal) return literal(expression.literal);
  std::vector<std::string> operands;
  for (const Expression& operand : expression.operands) {
    operands.push_back(expression_text(operand, table));
  }
  return "(" + joined(operands, operator_text(expression.op)) + ")";
}

std::string_view condition_operator(Condition::Op op) {
  switch (op) {
    case Condition::Op::eq:
      return " = ";
    case Condition::Op::ne:
      return " <> ";
    case Condition::Op::lt:
      return " < ";
    case Condition::Op::le:
      return " <= ";
    case Condition::Op::gt:
      return " > ";
    case Condition::Op::ge:
      return " >= ";
  }
  VITRINE_CHECK(false);
  return "";
}

}  // namespace

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += separator;
    text += parts[i];
  }
  return text;
}

std::string row_value(const std::vector<std::string>& parts) {
  return parts.size() == 1 ? parts.front() : "(" + joined(parts, ", ") + ")";
}

std::string qualified(std::string_view table, std::string_view column) {
  return std::string(table) + "." + quoted_identifier(column);
}

std::string combined(std::vector<std::string> conditions, std::string_view word) {
  static constexpr std::size_t kFlat = 8;
  VITRINE_CHECK(!conditions.empty());
  const std::string separator = " " + std::string(word) + " ";
  while (conditions.size() > 1) {
    std::vector<std::string> groups;
    for (std::size_t i = 0; i < conditions.size(); i += kFlat) {
      const auto first = conditions.begin() + static_cast<std::ptrdiff_t>(i);
      const auto count = std::min(kFlat, conditions.size() - i);
      const std::vector<std::string> group(first, first + static_cast<std::ptrdiff_t>(count));
      groups.push_back(count == 1 ? group.front() : "(" + joined(group, separator) + ")");
    }
    conditions = std::move(groups);
  }
  return conditions.front();
}

std::string placeholders(std::size_t count) {
  return joined(std::vector<std::string>(count, "?"), ", ");
}

std::string literal(const Value& value) {
  if (const auto* integer = value.integer()) return std::to_string(*integer);
  if (const auto* real = value.real()) return real_literal(*real);
  if (const auto* text = value.text()) return text_literal(*text);
  if (const auto* bytes = value.bytes()) return hexadecimal(bytes->data);
  return "NULL";
}

std::string column_expression(const Model& model, const Column& column, std::string_view table) {
  if (column.is_stored()) return qualified(table, column.name);
  const Computed& computed = *column.computed;
  if (computed.expression) {
    const std::string text = expression_text(*computed.expression, table);
    return text.front() == '(' ? text : "(" + text + ")";
  }
  return count_expression(model, model.relationship(computed.count_of), table);
}

// The counted rows have a name of their own, for a model may count rows of its own kind.
std::string folded(std::string_view expression) {
  return "vitrine_fold(" + std::string(expression) + ")";
}

std::string count_expression(const Model& model, const Relationship& relationship,
                             std::string_view table) {
  const Model& target = *relationship.target_model;
  if (relationship.direction != Direction::many_to_many) {
    return "(SELECT count(*) FROM " + quoted_identifier(target.table) + " AS counted WHERE " +
           pairs_equal("counted", target, relationship.remote, table, model, relationship.local) +
           condition_suffix(relationship, "counted") + ")";
  }
  const Model& links = *relationship.secondary_model;
  std::string from = "(SELECT count(*) FROM " + quoted_identifier(links.table) + " AS link";
  if (!relationship.conditions.empty()) {
    from += " JOIN " + quoted_identifier(target.table) + " AS counted ON " +
            pairs_equal("counted", target, relationship.remote, "link", links,
                        relationship.secondary_remote);
  }
  return from + " WHERE " +
         pairs_equal("link", links, relationship.secondary_local, table, model,
                     relationship.local) +
         condition_suffix(relationship, "counted") + ")";
}

std::string pairs_equal(std::string_view left, const Model& left_model,
                        const std::vector<std::size_t>& left_columns, std::string_view right,
                        const Model& right_model, const std::vector<std::size_t>& right_columns) {
  VITRINE_CHECK(left_columns.size() == right_columns.size() && !left_columns.empty());
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < left_columns.size(); ++i) {
    parts.push_back(qualified(left, left_model.columns[left_columns[i]].name) + " = " +
                    qualified(right, right_model.columns[right_columns[i]].name));
  }
  return joined(parts, " AND ");
}

std::string condition_suffix(const Relationship& relationship, std::string_view table) {
  std::string text;
  for (const Condition& condition : relationship.conditions) {
    text += " AND " + qualified(table, condition.column);
    text += condition_operator(condition.op);
    text += literal(condition.value);
  }
  return text;
}

std::string in_key_set(const std::vector<std::string>& columns, std::size_t number) {
  const std::string parameter = "?" + std::to_string(number);
  if (columns.size() == 1) return columns.front() + " IN carray(" + parameter + ")";
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    parts.push_back("value ->> " + std::to_string(i));
  }
  return "(" + joined(columns, ", ") + ") IN (SELECT " + joined(parts, ", ") + " FROM json_each(" +
         parameter + "))";
}

}  // namespace vitrine::query
