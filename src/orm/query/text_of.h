// The small pieces that all SQL of this room is put together from: quoted names, literals of the
// schema, columns as expressions. Private to the room; every function is pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "orm/schema/model.h"

namespace vitrine::query {

// "a, b, c".
std::string joined(const std::vector<std::string>& parts, std::string_view separator);
// a, or (a, b): one value of several parts, to be compared with a row of as many columns.
std::string row_value(const std::vector<std::string>& parts);
// t0."name". `table` is SQL: an alias of ours, or a quoted name.
std::string qualified(std::string_view table, std::string_view column);
// Conditions joined by AND or OR, in parentheses when there are several. A long list is nested, for
// SQLite bounds the depth of an expression, which a flat list of n operands makes n deep.
std::string combined(std::vector<std::string> conditions, std::string_view word);
// "?, ?, ?".
std::string placeholders(std::size_t count);

// A value of the schema (never of a request) as an SQL literal. Text with a NUL in it is written as
// a cast of its bytes, because SQL text ends there.
std::string literal(const Value& value);

// What reads a column of the rows called `table`: the column itself, or the expression in
// parentheses that a computed column stands for.
std::string column_expression(const Model& model, const Column& column, std::string_view table);

// The text `expression` without what case and accents add to it.
std::string folded(std::string_view expression);

// The number of related rows of the row called `table`.
std::string count_expression(const Model& model, const Relationship& relationship,
                             std::string_view table);

// For each pair of columns left."a" = right."b", with AND between them.
std::string pairs_equal(std::string_view left, const Model& left_model,
                        const std::vector<std::size_t>& left_columns, std::string_view right,
                        const Model& right_model, const std::vector<std::size_t>& right_columns);

// The conditions of a viewonly relationship over the target rows called `table`, each with " AND "
// before it; empty when it has none.
std::string condition_suffix(const Relationship& relationship, std::string_view table);

// Whether the columns are among the set of keys in parameter `number`: an array for one column,
// JSON text of arrays for several (plan.h, PlanChild).
std::string in_key_set(const std::vector<std::string>& columns, std::size_t number);

}  // namespace vitrine::query
