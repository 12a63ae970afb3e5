// Each refusal of SQLite, provoked for real, becomes the code that programs branch on.
#include "sqlite/translate.h"

#include <doctest/doctest.h>
#include <sqlite3.h>

#include "sqlite/connection.h"
#include "support/caught.h"

namespace vitrine::sqlite_translate_test {

using vitrine::testing::caught;

namespace {

Connection shop() {
  Connection connection = Connection::open(":memory:");
  connection.execute(
      "CREATE TABLE category (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
      " CONSTRAINT short_name CHECK (length(name) <= 5)) STRICT;"
      "CREATE TABLE shelf (row INTEGER, place INTEGER, category_id INTEGER REFERENCES category,"
      " PRIMARY KEY (row, place)) STRICT, WITHOUT ROWID;"
      "INSERT INTO category (id, name) VALUES (1, 'Bread')");
  return connection;
}

Failure refused(const std::string& sql) {
  Connection connection = shop();
  return caught([&] { connection.run(sql); });
}

}  // namespace

TEST_CASE("a taken value is UNIQUE and names table and column") {
  const Failure failure = refused("INSERT INTO category (name) VALUES ('Bread')");
  CHECK(failure.code == Code::unique);
  CHECK(failure.model == "category");
  CHECK(failure.fields == std::vector<std::string>{"name"});
  CHECK(failure.detail == "category.name");
  CHECK(failure.sqlite == SQLITE_CONSTRAINT_UNIQUE);
  CHECK(failure.message.find("category.name") != std::string::npos);
}

TEST_CASE("a taken rowid is UNIQUE on the primary key") {
  const Failure failure = refused("INSERT INTO category (id, name) VALUES (1, 'Cake')");
  CHECK(failure.code == Code::unique);
  CHECK(failure.fields == std::vector<std::string>{"id"});
}

TEST_CASE("a taken composite key is UNIQUE and names all of its columns") {
  const Failure failure = refused("INSERT INTO shelf (row, place) VALUES (1, 2), (1, 2)");
  CHECK(failure.code == Code::unique);
  CHECK(failure.model == "shelf");
  CHECK(failure.fields == std::vector<std::string>{"row", "place"});
}

TEST_CASE("a unique index over an expression names the index") {
  Connection connection = shop();
  connection.run("CREATE UNIQUE INDEX folded ON category (lower(name))");
  const Failure failure =
      caught([&] { connection.run("INSERT INTO category VALUES (2, 'BREAD')"); });
  CHECK(failure.code == Code::unique);
  CHECK(failure.detail == "index 'folded'");
  CHECK(failure.fields.empty());
}

TEST_CASE("a missing value is NOT_NULL and names the column") {
  const Failure failure = refused("INSERT INTO category (id) VALUES (2)");
  CHECK(failure.code == Code::not_null);
  CHECK(failure.model == "category");
  CHECK(failure.fields == std::vector<std::string>{"name"});
  CHECK(failure.sqlite == SQLITE_CONSTRAINT_NOTNULL);
}

TEST_CASE("a broken condition is CHECK and names the constraint") {
  const Failure failure = refused("INSERT INTO category (name) VALUES ('Baguettes')");
  CHECK(failure.code == Code::check);
  CHECK(failure.detail == "short_name");
  CHECK(failure.sqlite == SQLITE_CONSTRAINT_CHECK);
}

TEST_CASE("a dangling reference is FOREIGN_KEY") {
  const Failure failure = refused("INSERT INTO shelf VALUES (1, 1, 99)");
  CHECK(failure.code == Code::foreign_key);
  CHECK(failure.sqlite == SQLITE_CONSTRAINT_FOREIGNKEY);
}

TEST_CASE("a delete that ON DELETE RESTRICT refuses is FOREIGN_KEY") {
  Connection connection = Connection::open(":memory:");
  connection.execute(
      "CREATE TABLE parent (id INTEGER PRIMARY KEY);"
      "CREATE TABLE child (parent_id REFERENCES parent ON DELETE RESTRICT);"
      "INSERT INTO parent VALUES (1); INSERT INTO child VALUES (1)");
  const Failure failure = caught([&] { connection.run("DELETE FROM parent"); });
  CHECK(failure.code == Code::foreign_key);
  CHECK(failure.detail.empty());
}

TEST_CASE("a value of another type is VALIDATION in a STRICT table") {
  const Failure failure = refused("INSERT INTO shelf VALUES ('top', 1, NULL)");
  CHECK(failure.code == Code::validation);
  CHECK(failure.reason == "type_mismatch");
  CHECK(failure.fields == std::vector<std::string>{"row"});
  CHECK(failure.message.find("TEXT value in INTEGER column shelf.row") != std::string::npos);
}

TEST_CASE("a text where the rowid belongs is VALIDATION") {
  const Failure failure = refused("INSERT INTO category (id, name) VALUES ('top', 'Cake')");
  CHECK(failure.code == Code::validation);
  CHECK(failure.reason == "type_mismatch");
}

TEST_CASE("a trigger's refusal is CHECK and says the trigger's words") {
  Connection connection = shop();
  connection.execute(
      "CREATE TRIGGER keep BEFORE DELETE ON category BEGIN"
      " SELECT RAISE(ABORT, 'bread is for ever'); END");
  const Failure failure = caught([&] { connection.run("DELETE FROM category"); });
  CHECK(failure.code == Code::check);
  CHECK(failure.message.find("bread is for ever") != std::string::npos);
}

TEST_CASE("a mistake in SQL is SQL and quotes it") {
  const Failure failure = refused("SELECT flour FROM nowhere");
  CHECK(failure.code == Code::sql);
  CHECK(failure.detail == "no such table: nowhere");
  CHECK(failure.message.find("SELECT flour") != std::string::npos);
}

TEST_CASE("a value beyond the length limit is RANGE") {
  Connection connection = shop();
  const std::vector<Value> huge = {Bytes{std::string(Connection::kMaxValueBytes + 1, 'x')}};
  CHECK(caught([&] { connection.scalar("SELECT ?1", huge); }).code == Code::range);
}

TEST_CASE("a database that runs full is FULL") {
  Connection connection = shop();
  connection.execute("PRAGMA max_page_count = 8");
  const Failure failure =
      caught([&] { connection.run("CREATE TABLE dough AS SELECT zeroblob(100000) AS flour"); });
  CHECK(failure.code == Code::full);
}

TEST_CASE("a read-only database is IO, reason read_only") {
  Connection connection = shop();
  connection.execute("PRAGMA query_only = ON");
  const Failure failure = caught([&] { connection.run("DELETE FROM category"); });
  CHECK(failure.code == Code::io);
  CHECK(failure.reason == "read_only");
}

TEST_CASE("an interrupted statement is ABORTED") {
  Connection connection = shop();
  sqlite3_progress_handler(
      connection.handle(), 1, [](void*) { return 1; }, nullptr);
  const Failure failure = caught([&] { connection.scalar("SELECT count(*) FROM category"); });
  sqlite3_progress_handler(connection.handle(), 0, nullptr, nullptr);
  CHECK(failure.code == Code::aborted);
}

TEST_CASE("a table in use by a reader is BUSY for DROP") {
  Connection connection = shop();
  const Borrowed reader = connection.prepare("SELECT id FROM category");
  REQUIRE(reader->step());
  CHECK(caught([&] { connection.run("DROP TABLE shelf"); }).code == Code::busy);
}

TEST_CASE("codes that need failing storage are translated too") {
  const auto code_of = [](int result) { return translate(result, "why", "testing").code; };
  CHECK(code_of(SQLITE_IOERR_FSYNC) == Code::io);
  CHECK(code_of(SQLITE_CANTOPEN) == Code::io);
  CHECK(code_of(SQLITE_NOMEM) == Code::nomem);
  CHECK(code_of(SQLITE_IOERR_NOMEM) == Code::nomem);
  CHECK(code_of(SQLITE_CORRUPT_INDEX) == Code::corrupt);
  CHECK(code_of(SQLITE_NOTADB) == Code::corrupt);
  CHECK(code_of(SQLITE_BUSY_SNAPSHOT) == Code::busy);
  CHECK(code_of(SQLITE_FULL) == Code::full);
}

}  // namespace vitrine::sqlite_translate_test
