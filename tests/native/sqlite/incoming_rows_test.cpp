// Rows in memory as a table of SQLite: every kind of value, and what has no rows.
#include "sqlite/incoming_rows.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "sqlite/connection.h"
#include "support/caught.h"

namespace vitrine::sqlite_incoming_rows_test {

namespace {

// "1 'a'; NULL 2.5": the rows that `sql` gives.
std::string read(Connection& connection, const std::string& sql, const IncomingRows& rows) {
  Borrowed statement = connection.prepare(sql);
  bind_rows(*statement, 1, rows);
  std::string text;
  while (statement->step()) {
    text += text.empty() ? "" : ";";
    for (int i = 0; i < statement->column_count(); ++i) {
      text += " " + statement->column_value(i).describe();
    }
  }
  return text;
}

}  // namespace

TEST_CASE("each kind of value is read as it lies there") {
  Connection connection = Connection::open(":memory:");
  const std::vector<Value> values = {
      1,    "a",    Value(), 2.5, "", INT64_MIN, Bytes{"\x01"}, Bytes{""}, std::string("a\0b", 3),
      true, "🥐", -1.0};
  const std::vector<ValueView> cells(values.begin(), values.end());
  const std::string all = "SELECT c0, c1, c2, c3 FROM vitrine_rows(?1)";
  CHECK(read(connection, all, {cells.data(), 4, 3}) ==
        " 1 'a' NULL 2.5; '' -9223372036854775808 x'01' x''; " +
            Value(std::string("a\0b", 3)).describe() + " 1 '🥐' -1.0");
  CHECK(read(connection, all, {cells.data(), 4, 1}) == " 1 'a' NULL 2.5");
  CHECK(read(connection, all, {cells.data(), 4, 0}) == "");
  CHECK(read(connection, "SELECT c0, c3 FROM vitrine_rows(?1)", {cells.data(), 2, 1}) == " 1 NULL");
}

TEST_CASE("rows may be as wide as SQLite allows") {
  Connection connection = Connection::open(":memory:");
  const std::vector<ValueView> cells(kMaxIncomingColumns, ValueView(std::int64_t{7}));
  const std::string function(incoming_function(cells.size()));
  const std::string last = "c" + std::to_string(kMaxIncomingColumns - 1);
  CHECK(read(connection, "SELECT " + last + " FROM " + function + "(?1)",
             {cells.data(), cells.size(), 1}) == " 7");
  CHECK(incoming_function(3) != incoming_function(65));
}

TEST_CASE("a function without rows of ours has none") {
  Connection connection = Connection::open(":memory:");
  CHECK(connection.scalar("SELECT count(*) FROM vitrine_rows(?1)", {5}) == Value(0));
  CHECK(connection.scalar("SELECT count(*) FROM vitrine_rows") == Value(0));
}

TEST_CASE("a view of a value is the value") {
  for (const Value& value : {Value(), Value(3), Value(0.5), Value("a"), Value(Bytes{"b"})}) {
    CHECK(ValueView(value).value() == value);
  }
}

}  // namespace vitrine::sqlite_incoming_rows_test
