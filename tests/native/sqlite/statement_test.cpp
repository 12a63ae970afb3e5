// Statements: what is bound comes back unchanged, and runs are counted exactly.
#include "sqlite/statement.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "sqlite/connection.h"
#include "support/caught.h"

namespace vitrine::sqlite_statement_test {

using vitrine::testing::caught;

namespace {

Value echoed(const Value& value) {
  Connection connection = Connection::open(":memory:");
  return *connection.scalar("SELECT ?1", {value});
}

std::string joined(Statement& statement) {
  std::string rows;
  while (statement.step()) rows += statement.column_value(0).describe() + " ";
  return rows;
}

}  // namespace

TEST_CASE("each kind of value comes back as it was bound") {
  const std::vector<Value> values = {Value(),
                                     Value(0),
                                     Value(std::numeric_limits<std::int64_t>::min()),
                                     Value(std::numeric_limits<std::int64_t>::max()),
                                     Value(0.1),
                                     Value(std::numeric_limits<double>::infinity()),
                                     Value(""),
                                     Value("Brötchen 🥐"),
                                     Value(std::string("a\0b", 3)),
                                     Value(Bytes{""}),
                                     Value(Bytes{std::string("\0\xff\0", 3)})};
  for (const Value& value : values) CHECK_MESSAGE(echoed(value) == value, value.describe());
}

TEST_CASE("NaN is refused rather than stored as NULL") {
  const Failure failure = caught([] { echoed(std::nan("")); });
  CHECK(failure.code == Code::validation);
  CHECK(failure.reason == "not_a_number");
}

TEST_CASE("an empty view is empty text, not NULL") {
  Connection connection = Connection::open(":memory:");
  const Borrowed statement = connection.prepare("SELECT ?1");
  statement->bind_view(1, std::string_view());
  REQUIRE(statement->step());
  CHECK(statement->row()[0].kind == StorageClass::text);
}

TEST_CASE("a row is read at once, each column as it is stored") {
  Connection connection = Connection::open(":memory:");
  const std::string with_nul("a\0b", 3);
  const Borrowed statement = connection.prepare(
      "SELECT ?1, ?2, ?3, 'a' || ?3, NULL, -7, 0.25, zeroblob(3), x'00ff', '', x'', "
      "CAST(12 AS TEXT), 1e300 FROM (VALUES (1), (2))");
  statement->bind(1, with_nul);
  statement->bind_integer(2, std::numeric_limits<std::int64_t>::min());
  statement->bind_view(3, std::string_view("Brötchen!").substr(0, 9));  // no NUL behind it
  const std::vector<Value> expected = {with_nul,
                                       std::numeric_limits<std::int64_t>::min(),
                                       "Brötchen",
                                       "aBrötchen",
                                       Value(),
                                       -7,
                                       0.25,
                                       Bytes{std::string(3, '\0')},
                                       Bytes{std::string("\0\xff", 2)},
                                       "",
                                       Bytes{""},
                                       "12",
                                       1e300};
  CHECK(statement->row().empty());
  while (statement->step()) {
    const std::span<const Cell> row = statement->row();
    REQUIRE(row.size() == expected.size());
    for (int i = 0; i < statement->column_count(); ++i) {
      CHECK(statement->column_value(i) == expected[static_cast<std::size_t>(i)]);
    }
    // Asking for a text does not move what was read.
    CHECK(statement->column_text(2).data() == row[2].data);
  }
  CHECK(statement->row().empty());
}

TEST_CASE("columns are named, classed and converted as SQLite does") {
  Connection connection = Connection::open(":memory:");
  const Borrowed statement = connection.prepare("SELECT 7 AS seven, '2.5' AS text, NULL, x'00'");
  REQUIRE(statement->step());
  CHECK(statement->column_count() == 4);
  CHECK(statement->column_name(0) == "seven");
  CHECK(statement->row()[0].kind == StorageClass::integer);
  CHECK(statement->column_text(0) == "7");
  CHECK(statement->column_integer(1) == 2);
  CHECK(statement->row()[2].kind == StorageClass::null);
  CHECK(statement->column_text(2).empty());
  CHECK(statement->column_bytes(3) == std::string_view("\0", 1));
}

TEST_CASE("a list of integers is bound as one parameter") {
  Connection connection = Connection::open(":memory:");
  const std::vector<std::int64_t> ids = {3, std::numeric_limits<std::int64_t>::min(), 3};
  const Borrowed statement = connection.prepare("SELECT value FROM carray(?1)");
  statement->bind_array(1, std::span<const std::int64_t>(ids));
  CHECK(joined(*statement) == "3 -9223372036854775808 3 ");
}

TEST_CASE("a list of texts is bound as one parameter") {
  Connection connection = Connection::open(":memory:");
  connection.execute("CREATE TABLE uom (name TEXT); INSERT INTO uom VALUES ('kg'), ('loaf'), ('')");
  const std::vector<std::string> names = {"", "loaf", "pair"};
  const Borrowed statement =
      connection.prepare("SELECT name FROM uom WHERE name IN carray(?1) ORDER BY name");
  statement->bind_array(1, std::span<const std::string>(names));
  CHECK(joined(*statement) == "'' 'loaf' ");
}

TEST_CASE("an empty list holds nothing") {
  Connection connection = Connection::open(":memory:");
  const Borrowed statement = connection.prepare("SELECT value FROM carray(?1)");
  statement->bind_array(1, std::span<const std::int64_t>());
  CHECK(joined(*statement).empty());
  statement->reset();
  statement->bind_array(1, std::span<const std::string>());
  CHECK(joined(*statement).empty());
}

TEST_CASE("a NUL in a list of texts is refused rather than cut") {
  Connection connection = Connection::open(":memory:");
  const std::vector<std::string> names = {"loaf", std::string("a\0b", 3)};
  const Borrowed statement = connection.prepare("SELECT value FROM carray(?1)");
  const Failure failure =
      caught([&] { statement->bind_array(1, std::span<const std::string>(names)); });
  CHECK(failure.reason == "nul_in_list");
}

TEST_CASE("a parameter that does not exist is SQL") {
  Connection connection = Connection::open(":memory:");
  CHECK(caught([&] { connection.scalar("SELECT 1", {Value(1)}); }).code == Code::sql);
}

TEST_CASE("a statement runs again after its end, and reset() keeps its bindings") {
  Connection connection = Connection::open(":memory:");
  const Borrowed statement = connection.prepare("SELECT ?1 UNION ALL SELECT 2");
  statement->bind_integer(1, 1);
  CHECK(joined(*statement) == "1 2 ");
  REQUIRE(statement->step());
  statement->reset();
  CHECK(joined(*statement) == "1 2 ");
  CHECK(connection.statement_count() == 3);
}

TEST_CASE("text that holds no statement, or two, or a NUL, is refused") {
  Connection connection = Connection::open(":memory:");
  CHECK(caught([&] { connection.prepare(""); }).code == Code::sql);
  CHECK(caught([&] { connection.prepare(" -- nothing"); }).code == Code::sql);
  CHECK(caught([&] { connection.prepare("SELECT 1; SELECT 2"); }).code == Code::sql);
  CHECK(caught([&] { connection.prepare("SELECT 1; SELEC 2"); }).code == Code::sql);
  CHECK(caught([&] { connection.prepare(std::string_view("SELECT 1\0;", 10)); }).code == Code::sql);
}

TEST_CASE("blanks, comments and a semicolon may follow a statement") {
  Connection connection = Connection::open(":memory:");
  CHECK(connection.scalar("SELECT 1; -- one\n ") == Value(1));
}

TEST_CASE("a statement knows whether it writes") {
  Connection connection = Connection::open(":memory:");
  connection.execute("CREATE TABLE t (x)");
  CHECK(connection.prepare("SELECT x FROM t")->read_only());
  CHECK_FALSE(connection.prepare("DELETE FROM t")->read_only());
}

}  // namespace vitrine::sqlite_statement_test
