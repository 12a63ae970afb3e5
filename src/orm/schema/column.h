// Column: the facts of one column of one table. Facts only: no SQL is written here, and no value
// held.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/value.h"

namespace vitrine {

// string is String(n): text of at most n code points; datetime is ISO-8601 UTC with milliseconds,
// as text ("2026-11-22T09:30:00.000Z"); json is text that parses as JSON; boolean is 0 or 1.
enum class ColumnType { integer, real, string, text, boolean, datetime, blob, json };

// "integer", "string", ... as descriptions and TypeScript generation write them.
std::string_view column_type_name(ColumnType type);
std::optional<ColumnType> column_type_from_name(std::string_view name);

// What the database does to rows that refer to a deleted row. derive: cascade where a relationship
// cascades deletes, otherwise nothing (Registry::resolve replaces derive by one of the others).
enum class OnDelete { derive, nothing, cascade, set_null, restrict };

struct ForeignKey {
  std::string table;
  std::string column;
  OnDelete on_delete = OnDelete::derive;
};

// A value the session fills in when an object is flushed without one.
struct ClientDefault {
  enum class Kind { none, value, now };
  Kind kind = Kind::none;
  Value value;
};

// An arithmetic expression over columns of the same row, evaluated on objects and written as SQL.
struct Expression {
  enum class Op { column, literal, add, subtract, multiply, divide, concatenate };
  Op op = Op::literal;
  std::string column;
  Value literal;
  std::vector<Expression> operands;
};

// A column that is read and queried but not stored: an expression, or the number of related rows.
struct Computed {
  std::optional<Expression> expression;
  std::string count_of;  // the name of a to-many relationship of the same model
};

// What a value must satisfy, as data, so that it can be described and documented. NULL satisfies
// all: whether a value may be missing is not_null's affair.
struct Rule {
  enum class Op { lt, le, gt, ge, one_of, min_length, max_length };
  Op op = Op::ge;
  // The bound; for one_of every value there may be; for a length the number of code points.
  std::vector<Value> values;
};

// Refuses a value by fail()ing with VALIDATION, reason invalid_value. Runs at assignment.
using Validator = std::function<void(const Value&)>;

struct Column {
  std::string name;
  ColumnType type = ColumnType::text;
  int length = 0;  // String(n): at most n code points; 0: no bound
  bool primary_key = false;
  bool autoincrement = false;
  bool not_null = false;
  bool unique = false;
  bool index = false;
  bool version_counter = false;
  std::optional<ForeignKey> foreign_key;
  ClientDefault client_default;
  std::string server_default;  // an SQL literal; empty: none
  std::string check;           // an SQL condition; replaces the one that String(n) generates
  std::string check_name;
  std::vector<Rule> rules;
  // What only code can say. resolve() puts the rules in front of it, so that a session has one to
  // call.
  Validator validator;
  std::shared_ptr<const Computed> computed;

  bool is_stored() const { return computed == nullptr; }
};

}  // namespace vitrine
