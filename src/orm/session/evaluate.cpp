// See the header. Integers that overflow go on as real numbers, as they do in SQLite.
#include "orm/session/evaluate.h"

#include <cstdint>
#include <limits>
#include <optional>

#include "base/number_text.h"

namespace vitrine {
namespace {

using Op = Expression::Op;

// The number that text stands for in arithmetic: its longest numeric beginning, or 0.
Value number_of(const Value& value) {
  if (value.integer() || value.real()) return value;
  const std::string& text = value.text() ? *value.text() : value.bytes()->data;
  const double real = leading_real(text);
  const std::optional<std::int64_t> whole = leading_integer(text);
  return whole && static_cast<double>(*whole) == real ? Value(*whole) : Value(real);
}

double real_of(const Value& number) {
  return number.real() ? *number.real() : static_cast<double>(*number.integer());
}

// The result among the integers, or nothing when it is not one of them.
std::optional<std::int64_t> exact(Op op, std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  if (op == Op::add && !__builtin_add_overflow(a, b, &result)) return result;
  if (op == Op::subtract && !__builtin_sub_overflow(a, b, &result)) return result;
  if (op == Op::multiply && !__builtin_mul_overflow(a, b, &result)) return result;
  const bool overflows = a == std::numeric_limits<std::int64_t>::min() && b == -1;
  if (op == Op::divide && !overflows) return a / b;
  return std::nullopt;
}

double inexact(Op op, double a, double b) {
  if (op == Op::add) return a + b;
  if (op == Op::subtract) return a - b;
  return op == Op::multiply ? a * b : a / b;
}

Value calculated(Op op, const Value& left, const Value& right) {
  if (left.is_null() || right.is_null()) return nullptr;
  const Value a = number_of(left);
  const Value b = number_of(right);
  if (op == Op::divide && real_of(b) == 0) return nullptr;
  if (a.integer() && b.integer()) {
    if (const auto whole = exact(op, *a.integer(), *b.integer())) return *whole;
  }
  const double result = inexact(op, real_of(a), real_of(b));
  return result - result == 0 ? Value(result) : Value();
}

std::optional<std::string> text_of(const Value& value) {
  if (value.is_null()) return std::nullopt;
  if (value.text()) return *value.text();
  if (value.bytes()) return value.bytes()->data;
  return value.describe();
}

Value concatenated(const Value& left, const Value& right) {
  const auto a = text_of(left);
  const auto b = text_of(right);
  return a && b ? Value(*a + *b) : Value();
}

}  // namespace

Value evaluate(Record& record, const Expression& expression) {
  if (expression.op == Op::literal) return expression.literal;
  if (expression.op == Op::column) return record.get(expression.column);
  Value result = evaluate(record, expression.operands.front());
  for (std::size_t i = 1; i < expression.operands.size(); ++i) {
    const Value next = evaluate(record, expression.operands[i]);
    result = expression.op == Op::concatenate ? concatenated(result, next)
                                              : calculated(expression.op, result, next);
  }
  return result;
}

}  // namespace vitrine
