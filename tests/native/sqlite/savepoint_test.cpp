// Savepoints: kept or undone as a whole, at any depth.
#include "sqlite/savepoint.h"

#include <doctest/doctest.h>

#include "sqlite/connection.h"
#include "support/caught.h"

namespace vitrine::sqlite_savepoint_test {

using vitrine::testing::caught;

namespace {

Connection open_with_table() {
  Connection connection = Connection::open(":memory:");
  connection.execute("CREATE TABLE t (x UNIQUE)");
  return connection;
}

void insert(Connection& connection, int x) {
  connection.run("INSERT INTO t VALUES (?1)", {Value(x)});
}

Value content(Connection& connection) {
  return *connection.scalar(
      "SELECT coalesce(group_concat(x), '') FROM (SELECT x FROM t ORDER BY x)");
}

}  // namespace

TEST_CASE("released work is kept and the transaction is over") {
  Connection connection = open_with_table();
  Savepoint savepoint(connection);
  CHECK(connection.in_transaction());
  insert(connection, 1);
  savepoint.release();
  CHECK_FALSE(connection.in_transaction());
  CHECK(content(connection) == Value("1"));
}

TEST_CASE("work that is not released is undone at the end of the scope") {
  Connection connection = open_with_table();
  {
    const Savepoint savepoint(connection);
    insert(connection, 1);
  }
  CHECK_FALSE(connection.in_transaction());
  CHECK(content(connection) == Value(""));
  connection.verify();
}

TEST_CASE("an inner savepoint is undone alone, of the same name or not") {
  Connection connection = open_with_table();
  Savepoint outer(connection, "outer");
  insert(connection, 1);
  {
    Savepoint middle(connection, "outer");
    insert(connection, 2);
    {
      const Savepoint inner(connection, "in \"quotes\"");
      insert(connection, 3);
    }
    middle.release();
  }
  Savepoint second(connection);
  insert(connection, 4);
  second.rollback();
  CHECK(connection.in_transaction());
  outer.release();
  CHECK(content(connection) == Value("1,2"));
}

TEST_CASE("undoing the outer savepoint undoes what inner ones kept") {
  Connection connection = open_with_table();
  Savepoint outer(connection);
  {
    Savepoint inner(connection);
    insert(connection, 1);
    inner.release();
  }
  outer.rollback();
  CHECK(content(connection) == Value(""));
}

TEST_CASE("a failed statement undoes only itself") {
  Connection connection = open_with_table();
  Savepoint savepoint(connection);
  insert(connection, 1);
  CHECK(caught([&] { insert(connection, 1); }).code == Code::unique);
  insert(connection, 2);
  savepoint.release();
  CHECK(content(connection) == Value("1,2"));
}

TEST_CASE("a commit that fails leaves the savepoint open, and its end undoes it") {
  Connection connection = Connection::open(":memory:");
  connection.execute(
      "CREATE TABLE parent (id INTEGER PRIMARY KEY);"
      "CREATE TABLE t (x REFERENCES parent DEFERRABLE INITIALLY DEFERRED)");
  {
    Savepoint savepoint(connection);
    insert(connection, 1);
    CHECK(caught([&] { savepoint.release(); }).code == Code::foreign_key);
    CHECK(connection.in_transaction());
  }
  CHECK_FALSE(connection.in_transaction());
  CHECK(content(connection) == Value(""));
}

TEST_CASE("after SQLite undid the transaction nothing runs inside of its savepoints") {
  Connection connection = open_with_table();
  {
    Savepoint outer(connection);
    insert(connection, 1);
    CHECK_THROWS_AS(connection.run("INSERT OR ROLLBACK INTO t VALUES (1)"), Error);
    CHECK_FALSE(connection.in_transaction());
    CHECK(caught([&] { insert(connection, 2); }).code == Code::aborted);
    CHECK(caught([&] { Savepoint inner(connection); }).code == Code::aborted);
    CHECK(caught([&] { outer.release(); }).code == Code::aborted);
  }
  insert(connection, 3);
  CHECK(content(connection) == Value("3"));
  connection.verify();
}

TEST_CASE("a savepoint inside of a plain transaction leaves that one open") {
  Connection connection = open_with_table();
  connection.run("BEGIN");
  {
    const Savepoint savepoint(connection);
    insert(connection, 1);
  }
  CHECK(connection.in_transaction());
  connection.run("COMMIT");
  CHECK(content(connection) == Value(""));
}

}  // namespace vitrine::sqlite_savepoint_test
