// Connections: configuration, the statement cache, exact counts, scripts.
#include "sqlite/connection.h"

#include <doctest/doctest.h>
#include <sqlite3.h>

#include <memory>

#include "sqlite/raw.h"
#include "support/caught.h"

namespace vitrine::sqlite_connection_test {

using vitrine::testing::caught;

namespace {

int compiled_statements(const Connection& connection) {
  int count = 0;
  for (sqlite3_stmt* at = nullptr; (at = sqlite3_next_stmt(connection.handle(), at)) != nullptr;)
    ++count;
  return count;
}

std::string numbered(int number) { return "SELECT " + std::to_string(number); }

}  // namespace

TEST_CASE("a catalog connection holds foreign keys and trusts no schema") {
  Connection connection = Connection::open(":memory:");
  CHECK(connection.scalar("PRAGMA foreign_keys") == Value(1));
  CHECK(connection.scalar("PRAGMA trusted_schema") == Value(0));
  CHECK(connection.scalar("PRAGMA cell_size_check") == Value(1));
  CHECK(connection.scalar("PRAGMA cache_size") == Value(-Connection::kMaxCache_kB));
  CHECK(caught([&] { connection.scalar("SELECT \"no column\""); }).code == Code::sql);
  CHECK(caught([&] { connection.run("DELETE FROM sqlite_schema"); }).code == Code::sql);
}

TEST_CASE("what opening runs is not counted") {
  CHECK(Connection::open(":memory:").statement_count() == 0);
}

TEST_CASE("a statement is compiled once and used again") {
  Connection connection = Connection::open(":memory:");
  const sqlite3_stmt* first = connection.prepare("SELECT 'once'")->handle();
  CHECK(connection.prepare("SELECT 'once'")->handle() == first);
  connection.verify();
}

TEST_CASE("a statement is not compiled again for other values") {
  Connection connection = Connection::open(":memory:");
  connection.execute("CREATE TABLE t (a TEXT, b INTEGER); INSERT INTO t VALUES ('x', 1)");
  for (const char* condition : {"b = ?1", "a LIKE ?1", "a = ?1 AND b > ?1"}) {
    const Borrowed statement =
        connection.prepare(std::string("SELECT * FROM t WHERE ") + condition);
    for (int value = 0; value < 4; ++value) {
      statement->bind_integer(1, value);
      while (statement->step()) continue;
      statement->reset();
    }
    CHECK(raw_compilations(statement->handle()) == 0);
  }
}

TEST_CASE("a statement that is lent is not lent again") {
  Connection connection = Connection::open(":memory:");
  const int before = compiled_statements(connection);
  {
    const Borrowed one = connection.prepare("SELECT 1");
    const Borrowed two = connection.prepare("SELECT 1");
    CHECK(one->handle() != two->handle());
    CHECK(one->step());
    CHECK(two->step());
  }
  // The cache keeps one of them.
  CHECK(compiled_statements(connection) == before + 1);
  connection.verify();
}

TEST_CASE("a returned statement has forgotten its parameters") {
  Connection connection = Connection::open(":memory:");
  CHECK(connection.scalar("SELECT ?1", {Value(5)}) == Value(5));
  CHECK(connection.scalar("SELECT ?1") == Value());
}

TEST_CASE("the cache is bounded and the least recently used statement goes first") {
  Connection connection = Connection::open(":memory:");
  const int capacity = static_cast<int>(Connection::kMaxCachedStatements);
  for (int i = 0; i < capacity; ++i) connection.scalar(numbered(i));
  CHECK(compiled_statements(connection) == capacity);
  connection.scalar(numbered(0));
  connection.scalar(numbered(capacity));
  CHECK(compiled_statements(connection) == capacity);
  connection.verify();
  const auto is_compiled = [&](const std::string& sql) {
    for (sqlite3_stmt* at = nullptr;
         (at = sqlite3_next_stmt(connection.handle(), at)) != nullptr;) {
      if (sql == sqlite3_sql(at)) return true;
    }
    return false;
  };
  CHECK(is_compiled(numbered(0)));
  CHECK_FALSE(is_compiled(numbered(1)));
  CHECK(is_compiled(numbered(2)));
}

TEST_CASE("each run of a statement is counted once, however many rows it gives") {
  Connection connection = Connection::open(":memory:");
  connection.execute("CREATE TABLE t (x); INSERT INTO t VALUES (1), (2), (3);");
  CHECK(connection.statement_count() == 2);
  connection.scalar("SELECT x FROM t");
  CHECK(connection.statement_count() == 3);
  const Borrowed statement = connection.prepare("SELECT x FROM t");
  CHECK(connection.statement_count() == 3);
  while (statement->step()) {
  }
  CHECK(connection.statement_count() == 4);
}

TEST_CASE("listeners hear each statement with its rows, also a failed one") {
  Connection connection = Connection::open(":memory:");
  connection.execute("CREATE TABLE t (x UNIQUE); INSERT INTO t VALUES (1), (2)");
  std::string heard;
  connection.on_statement([&](const StatementEvent& event) {
    CHECK(event.duration_ms >= 0);
    heard += std::string(event.sql) + " " + std::to_string(event.rows) + "; ";
  });
  {
    const Borrowed statement = connection.prepare("SELECT x FROM t");
    while (statement->step()) {
    }
  }
  connection.scalar("SELECT max(x) FROM t");
  caught([&] { connection.run("INSERT INTO t VALUES (1)"); });
  CHECK(heard == "SELECT x FROM t 2; SELECT max(x) FROM t 1; INSERT INTO t VALUES (1) 0; ");
  heard.clear();
  connection.on_statement({});
  connection.scalar("SELECT 1");
  CHECK(heard.empty());
}

TEST_CASE("a listener hears how many rows a statement changed itself, 0 when it changed none") {
  Connection connection = Connection::open(":memory:");
  connection.execute("CREATE TABLE t (x INTEGER UNIQUE)");
  std::vector<std::int64_t> heard;
  connection.on_statement([&](const StatementEvent& event) { heard.push_back(event.changes); });
  connection.run("INSERT INTO t VALUES (1), (2), (3)");
  connection.scalar("SELECT max(x) FROM t");
  connection.run("SAVEPOINT s");
  connection.run("UPDATE t SET x = x + 10 WHERE x > 1");
  connection.run("RELEASE s");
  caught([&] { connection.run("INSERT INTO t VALUES (1)"); });
  connection.run("DELETE FROM t WHERE x = 99");
  CHECK(heard == std::vector<std::int64_t>{3, 0, 0, 2, 0, 0, 0});
}

TEST_CASE("run() returns the rows it changed, and 0 for a statement that changes none") {
  Connection connection = Connection::open(":memory:");
  connection.execute(
      "CREATE TABLE parent (id INTEGER PRIMARY KEY);"
      "CREATE TABLE child (parent_id REFERENCES parent ON DELETE CASCADE)");
  CHECK(connection.run("INSERT INTO parent VALUES (?1), (?2)", {Value(1), Value(2)}) == 2);
  CHECK(connection.last_insert_rowid() == 2);
  CHECK(connection.run("INSERT INTO child VALUES (1), (1), (2)") == 3);
  CHECK(connection.run("CREATE TABLE other (x)") == 0);
  CHECK(connection.run("DELETE FROM parent WHERE id = 1") == 1);
  CHECK(connection.run("DELETE FROM parent WHERE id = 1") == 0);
}

TEST_CASE("scalar() of no row is nothing, of NULL is a null value") {
  Connection connection = Connection::open(":memory:");
  CHECK_FALSE(connection.scalar("SELECT 1 WHERE 0").has_value());
  CHECK(connection.scalar("SELECT NULL")->is_null());
}

TEST_CASE("a script stops at its first mistake and keeps what ran before") {
  Connection connection = Connection::open(":memory:");
  const Failure failure = caught(
      [&] { connection.execute("CREATE TABLE a (x); CREATE TABLE a (x); CREATE TABLE b (x)"); });
  CHECK(failure.code == Code::sql);
  CHECK(failure.detail == "table a already exists");
  CHECK(connection.scalar("SELECT group_concat(name) FROM sqlite_schema") == Value("a"));
}

TEST_CASE("a script of blanks and comments does nothing, a NUL in one is refused") {
  Connection connection = Connection::open(":memory:");
  connection.execute("");
  connection.execute(" ; -- nothing\n; /* at all */");
  CHECK(connection.statement_count() == 0);
  CHECK(caught([&] { connection.execute(std::string("SELECT 1;\0SELECT 2;", 19)); }).code ==
        Code::sql);
}

TEST_CASE("a connection can be moved while statements of it are lent") {
  std::unique_ptr<Connection> second;
  {
    Connection first = Connection::open(":memory:");
    const Borrowed statement = first.prepare("SELECT 4");
    second = std::make_unique<Connection>(std::move(first));
    CHECK(statement->step());
  }
  CHECK(second->statement_count() == 1);
  second->verify();
}

TEST_CASE("a path that cannot be opened is IO and names the path") {
  const Failure failure = caught([] { Connection::open("no/such/folder/shop.sqlite"); });
  CHECK(failure.code == Code::io);
  CHECK(failure.message.find("no/such/folder") != std::string::npos);
}

TEST_CASE("a VFS that does not exist is named") {
  const Failure failure = caught([] { Connection::open(":memory:", "nowhere"); });
  CHECK(failure.detail == "no such vfs: nowhere");
}

}  // namespace vitrine::sqlite_connection_test
