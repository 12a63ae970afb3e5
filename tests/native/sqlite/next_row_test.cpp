// Rows that are read where they lie: the same as SQLite's interpreter gives, whatever is read, and
// whatever happens meanwhile.
#include <doctest/doctest.h>
#include <sqlite3.h>

#include <random>
#include <string>
#include <vector>

#include "sqlite/connection.h"
#include "support/caught.h"
#include "support/fault_vfs.h"

namespace vitrine::sqlite_next_row_test {

using namespace vitrine::testing;

namespace {

using Step = bool (Statement::*)();

std::string described(Statement& statement) {
  std::string row;
  for (int i = 0; i < statement.column_count(); ++i) {
    row += statement.column_value(i).describe() + " ";
  }
  return row;
}

// What its rows are, and the failure that they end with.
std::string read(Connection& connection, const std::string& sql, Step step) {
  std::string rows;
  try {
    const Borrowed statement = connection.prepare(sql);
    while (((*statement).*step)()) rows += described(*statement) + "\n";
  } catch (const Error& error) {
    rows += error.what();
  }
  return rows;
}

void check_same(Connection& connection, const std::string& sql) {
  const std::string expected = read(connection, sql, &Statement::step);
  const bool same = read(connection, sql, &Statement::step_row) == expected;
  CHECK_MESSAGE(same, sql);
}

// Whether the second row is read without the interpreter, whose registers keep the first one.
bool is_plain(Connection& connection, const std::string& sql) {
  const Borrowed statement = connection.prepare(sql);
  REQUIRE(statement->step_row());
  statement->row();
  const std::string first(statement->column_text(0));
  REQUIRE(statement->step_row());
  return statement->column_text(0) == first;
}

constexpr const char* kValues = R"(
  CREATE TABLE t (id INTEGER PRIMARY KEY, price REAL, a, b TEXT, c BLOB);
  INSERT INTO t (id, price, a, b, c) VALUES
    (-9223372036854775808, 1, NULL, '', x''), (-5, 2.5, 0, 'a', x'00'),
    (1, -0.0, 1, 'Brötchen', NULL),
    (2, 9007199254740993, -1, char(0) || 'b', x'0000'), (3, NULL, 127, NULL, x'ff'),
    (4, 1e300, 128, 'x', 'a text'), (5, 9e999, -129, 'y', 7), (6, 0, 32768, 'z', 0.5),
    (7, 3, -8388609, 'w', 1), (8, 4, 2147483648, 'v', 0), (9, 5, -140737488355329, 'u', -1),
    (10, 6, 9223372036854775807, 't', 2), (300, 7, -9223372036854775808, 's', x'0102'),
    (9223372036854775807, 8, 0.25, 'r', 'q'))";

}  // namespace

TEST_CASE("each kind of value, and each size of a number, is read as it is stored") {
  Connection connection = Connection::open(":memory:");
  connection.execute(kValues);
  for (const char* sql :
       {"SELECT id, price, a, b, c FROM t", "SELECT c, a, id FROM t ORDER BY id DESC",
        "SELECT price FROM t", "SELECT b, price, a FROM t ORDER BY id"}) {
    check_same(connection, sql);
    CHECK_MESSAGE(is_plain(connection, sql), sql);
  }
}

TEST_CASE("rows that are longer than a page, or shorter than the table, are SQLite's to read") {
  Connection connection = Connection::open(":memory:");
  connection.execute(kValues);
  connection.execute(
      "INSERT INTO t SELECT NULL, 1, value, replace(hex(zeroblob(value * 97)), '0', 'x'), "
      "zeroblob(value * 31) FROM (WITH n(value) AS (VALUES (1) UNION ALL SELECT value + 1 FROM n "
      "WHERE value < 300) SELECT value FROM n) WHERE 1 ORDER BY value % 7;"
      "ALTER TABLE t ADD COLUMN late TEXT DEFAULT 'as before';"
      "ALTER TABLE t ADD COLUMN later;"
      "INSERT INTO t (a, late, later) VALUES (1, 'now', 2), (2, NULL, 3)");
  check_same(connection, "SELECT * FROM t");
  check_same(connection, "SELECT later, late, id FROM t ORDER BY id DESC");
  check_same(connection, "SELECT id, a FROM t");
}

TEST_CASE("what is not a table from end to end is left to SQLite") {
  Connection connection = Connection::open(":memory:");
  connection.execute(kValues);
  connection.execute(
      "CREATE INDEX t_b ON t (b); CREATE TABLE keyed (k TEXT PRIMARY KEY, v) WITHOUT ROWID;"
      "INSERT INTO keyed SELECT id, a FROM t; CREATE VIEW some AS SELECT id, a FROM t;"
      "CREATE TABLE made (x, y AS (x + 1), z AS (x * 2) STORED);"
      "INSERT INTO made VALUES (1), (2), (3)");
  for (const char* sql :
       {"SELECT b FROM t ORDER BY b",
        "SELECT * FROM t ORDER BY b",
        "SELECT * FROM t ORDER BY c",
        "SELECT id, id, a FROM t",
        "SELECT a + 1 FROM t",
        "SELECT a FROM t WHERE a > 0",
        "SELECT a FROM t LIMIT 4 OFFSET 2",
        "SELECT a FROM t WHERE id > 2",
        "SELECT * FROM keyed",
        "SELECT * FROM some",
        "SELECT * FROM made",
        "SELECT 1 FROM t",
        "SELECT DISTINCT a FROM t",
        "SELECT t.a, k FROM t JOIN keyed ON k = t.id",
        "SELECT count(*), a FROM t GROUP BY a",
        "SELECT a FROM t UNION ALL SELECT b FROM t",
        "SELECT a FROM t WHERE id IN (1, 2, 9)",
        "SELECT (SELECT max(a) FROM t AS o WHERE o.id < t.id) FROM t",
        "SELECT a FROM t WHERE 0",
        "WITH RECURSIVE n(v) AS (VALUES (1) UNION ALL SELECT v + 1 FROM n WHERE v < 9) "
        "SELECT v FROM n",
        "SELECT t.id, o.id FROM t LEFT JOIN t AS o ON o.id = t.id + 1",
        "PRAGMA table_info(t)"}) {
    check_same(connection, sql);
  }
}

TEST_CASE("a table of many pages is read in either direction, and some of it again") {
  Connection connection = Connection::open(":memory:");
  connection.execute(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, a); WITH n(v) AS (VALUES (1) UNION ALL SELECT v + 1 "
      "FROM n WHERE v < 20000) INSERT INTO t SELECT v, 'row ' || v FROM n");
  check_same(connection, "SELECT id, a FROM t");
  check_same(connection, "SELECT a, id FROM t ORDER BY id DESC");
  const Borrowed statement = connection.prepare("SELECT id, a FROM t");
  for (int run = 0; run < 2; ++run) {
    for (int i = 1; i <= 5000; ++i) {
      const bool is_row = i % 7 == 0 ? statement->step() : statement->step_row();
      REQUIRE(is_row);
      REQUIRE(statement->column_value(1) == Value("row " + std::to_string(i)));
    }
    statement->reset();
  }
}

TEST_CASE("rows that are written and removed meanwhile come as they would from SQLite") {
  const auto read_while_writing = [](Step step) {
    Connection connection = Connection::open(":memory:");
    connection.execute(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a); WITH n(v) AS (VALUES (1) UNION ALL SELECT "
        "v + 1 FROM n WHERE v < 2000) INSERT INTO t SELECT v * 10, 'row ' || v FROM n");
    std::mt19937 random(11);
    std::string rows;
    const Borrowed statement = connection.prepare("SELECT a, id FROM t");
    while (((*statement).*step)()) {
      rows += described(*statement);
      const std::string id = std::to_string(random() % 20'000);
      if (random() % 3 == 0)
        connection.execute("DELETE FROM t WHERE id BETWEEN " + id + " - 30 AND " + id);
      if (random() % 3 == 0) connection.execute("INSERT OR REPLACE INTO t VALUES (" + id + ", 1)");
      if (random() % 3 == 0) connection.execute("UPDATE t SET a = a || '.' WHERE id = " + id);
    }
    return rows;
  };
  CHECK(read_while_writing(&Statement::step_row) == read_while_writing(&Statement::step));
}

TEST_CASE("a transaction that is undone ends the reading as it would SQLite's") {
  const auto read_while_undone = [](Step step) {
    Connection connection = Connection::open(":memory:");
    connection.execute(kValues);
    connection.execute("BEGIN; CREATE TABLE late (x); DELETE FROM t WHERE id = 4");
    std::string rows;
    try {
      const Borrowed statement = connection.prepare("SELECT id, a FROM t");
      for (int i = 0; ((*statement).*step)(); ++i) {
        rows += described(*statement);
        if (i == 2) connection.execute("ROLLBACK");
      }
    } catch (const Error& error) {
      rows += error.what();
    }
    return rows;
  };
  CHECK(read_while_undone(&Statement::step_row) == read_while_undone(&Statement::step));
}

TEST_CASE("of a damaged file as much is read as SQLite reads, with the same failure") {
  Connection whole = Connection::open(":memory:");
  whole.execute("PRAGMA page_size = 512");
  whole.execute(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, price REAL, a, b TEXT); WITH n(v) AS (VALUES (1) "
      "UNION ALL SELECT v + 1 FROM n WHERE v < 400) INSERT INTO t SELECT v, v, v * v, 'row ' || v "
      "FROM n");
  const std::string image = whole.serialize();
  std::mt19937 random(23);
  for (int round = 0; round < 1500; ++round) {
    std::string damaged = image;
    for (int i = 0; i <= round % 4; ++i) {
      damaged[1024 + random() % (damaged.size() - 1024)] = static_cast<char>(random());
    }
    for (const char* sql :
         {"SELECT id, price, a, b FROM t", "SELECT b, id FROM t ORDER BY id DESC"}) {
      // SQLite says of a page only once that it is damaged.
      Connection one = Connection::deserialize(damaged);
      Connection other = Connection::deserialize(damaged);
      const bool same = read(one, sql, &Statement::step_row) == read(other, sql, &Statement::step);
      CHECK_MESSAGE(same, round);
    }
  }
}

TEST_CASE("a read that fails is the failure of the step, and the next run begins anew") {
  FaultVfs vfs;
  {
    Connection connection = Connection::open("t.sqlite", vfs.name());
    connection.execute(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a); WITH n(v) AS (VALUES (1) UNION ALL SELECT "
        "v + 1 FROM n WHERE v < 2000) INSERT INTO t SELECT v, 'row ' || v FROM n");
  }
  for (int nth = 1; nth < 11; ++nth) {
    const auto read_failing = [&](Step step) {
      Connection connection = Connection::open("t.sqlite", vfs.name());
      vfs.fail_at(StorageCall::read, nth, SQLITE_IOERR_READ);
      std::string rows = read(connection, "SELECT id, a FROM t", step);
      CHECK(vfs.tripped());
      vfs.heal();
      check_same(connection, "SELECT id, a FROM t");
      return rows;
    };
    CHECK(read_failing(&Statement::step_row) == read_failing(&Statement::step));
  }
}

TEST_CASE("texts of a database in UTF-16 are SQLite's to convert") {
  Connection connection = Connection::open(":memory:");
  connection.execute("PRAGMA encoding = 'UTF-16le'");
  connection.execute(kValues);
  check_same(connection, "SELECT * FROM t");
}

}  // namespace vitrine::sqlite_next_row_test
