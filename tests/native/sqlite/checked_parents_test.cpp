// Keys that are looked up for many rows at once: when SQLite may rest meanwhile, and that it does
// not rest where a row has no parent, or where there is more to check.
#include "sqlite/checked_parents.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "sqlite/connection.h"
#include "support/caught.h"

namespace vitrine::sqlite_checked_parents_test {

using testing::caught;

namespace {

constexpr const char* kTables = R"(
  CREATE TABLE maker (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
  CREATE TABLE shelf (id INTEGER PRIMARY KEY, code INTEGER UNIQUE);
  CREATE TABLE item (id INTEGER PRIMARY KEY, maker_id INTEGER REFERENCES maker (id),
                     shelf_code INTEGER REFERENCES shelf (code));
  CREATE TABLE note (item_id INTEGER REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED);
  INSERT INTO maker VALUES (1, 'a'), (2, 'b'), (66, 'c');
  INSERT INTO shelf VALUES (1, 10), (2, -20), (3, NULL);
  BEGIN)";
constexpr const char* kInsert = "INSERT INTO main.item SELECT c0, c1, c2 FROM vitrine_rows(?1)";
constexpr const char* kOrphan = "INSERT INTO main.item VALUES (90, 3, 10)";
const std::vector<std::string> kColumns = {"id", "maker_id", "shelf_code"};

struct Shop {
  Shop() { connection.execute(kTables); }

  // Writes `values`, three for each row.
  void insert(CheckedParents& parents, const std::vector<Value>& values) {
    const std::vector<ValueView> cells(values.begin(), values.end());
    const IncomingRows rows{cells.data(), 3, cells.size() / 3};
    const Borrowed statement = parents.prepare(kInsert, rows);
    bind_rows(*statement, 1, rows);
    statement->step();
  }
  // Whether SQLite lets a row without its parent in, by a statement that is said to write another.
  bool rests(CheckedParents& parents, const char* orphan = kOrphan) {
    const std::vector<ValueView> none(kColumns.size());
    const Borrowed statement = parents.prepare(orphan, {none.data(), none.size(), 1});
    connection.execute("SAVEPOINT before");
    bool let_in = true;
    try {
      statement->step();
    } catch (const Error& error) {
      REQUIRE(error.code() == Code::foreign_key);
      let_in = false;
    }
    statement->reset();
    connection.execute("ROLLBACK TO before; RELEASE before");
    return let_in;
  }
  bool rests(const char* orphan = kOrphan, const std::string& table = "item",
             const std::vector<std::string>& columns = kColumns) {
    CheckedParents parents(connection, table, columns);
    return rests(parents, orphan);
  }
  std::int64_t items() { return *connection.scalar("SELECT count(*) FROM main.item")->integer(); }

  Connection connection = Connection::open(":memory:");
};

}  // namespace

TEST_CASE("SQLite rests while the parents of all rows are there, and nowhere else") {
  Shop shop;
  CheckedParents parents(shop.connection, "item", kColumns);
  CHECK(shop.rests(parents));
  shop.insert(parents, {1, 1, 10, 2, 66, -20, 3, 2, Value(), 4, 1, 10, 5, Value(), -20});
  shop.insert(parents, {6, 2, 10});
  CHECK(shop.items() == 6);
  CHECK(shop.connection.scalar("SELECT 1 FROM pragma_foreign_key_check") == std::nullopt);
  CHECK(shop.connection.enforces_foreign_keys());
  CHECK(caught([&] { shop.connection.execute(kOrphan); }).code == Code::foreign_key);
}

TEST_CASE("a row without its parent is refused by SQLite") {
  // 65 has the last digits of a key that is there.
  for (const std::int64_t maker : {INT64_C(3), INT64_C(0), INT64_C(-1), INT64_C(65), INT64_MIN}) {
    Shop shop;
    CheckedParents parents(shop.connection, "item", kColumns);
    shop.insert(parents, {1, 1, 10});
    const auto orphan = [&] { shop.insert(parents, {2, 1, 10, 3, maker, 10, 4, 1, 10}); };
    CHECK(caught(orphan).code == Code::foreign_key);
    CHECK(shop.items() == 1);
    shop.insert(parents, {9, 66, 10});
    CHECK(caught(orphan).code == Code::foreign_key);
  }
  Shop shop;
  CheckedParents parents(shop.connection, "item", kColumns);
  CHECK(caught([&] { shop.insert(parents, {1, 1, 11}); }).code == Code::foreign_key);
}

TEST_CASE("what is no whole number is SQLite's to look up") {
  Shop shop;
  CheckedParents parents(shop.connection, "item", kColumns);
  shop.insert(parents, {1, "1", 10});
  CHECK(caught([&] { shop.insert(parents, {2, "x", 10}); }).code == Code::foreign_key);
  CHECK(shop.items() == 1);
}

TEST_CASE("a statement that is being read goes on, and others stay compiled") {
  Shop shop;
  const Borrowed makers =
      shop.connection.prepare("SELECT id, (SELECT count(*) FROM shelf) FROM maker");
  CHECK(makers->step());
  CheckedParents parents(shop.connection, "item", kColumns);
  shop.insert(parents, {1, 1, 10});
  CHECK(makers->step());
  CHECK(makers->column_integer(1) == 3);
}

TEST_CASE("SQLite does not rest where more than the rows is to be checked") {
  Shop shop;
  SUBCASE("a key that may be another than its cell says") {
    CHECK_FALSE(shop.rests(kOrphan, "item", {"id", "maker_id", ""}));
  }
  SUBCASE("a key within the table") {
    shop.connection.execute(
        "CREATE TABLE tree (id INTEGER PRIMARY KEY, up INTEGER REFERENCES tree (id))");
    CHECK_FALSE(shop.rests("INSERT INTO tree VALUES (1, 2)", "tree", {"id", "up"}));
  }
  SUBCASE("a key of two columns") {
    shop.connection.execute(
        "CREATE TABLE pair (a, b, PRIMARY KEY (a, b));"
        "CREATE TABLE of_pair (x, y, FOREIGN KEY (x, y) REFERENCES pair (a, b))");
    CHECK_FALSE(shop.rests("INSERT INTO of_pair VALUES (1, 2)", "of_pair", {"x", "y"}));
  }
  SUBCASE("a parent whose key is not named") {
    shop.connection.execute("CREATE TABLE short (maker_id INTEGER REFERENCES maker)");
    CHECK_FALSE(shop.rests("INSERT INTO short VALUES (5)", "short", {"maker_id"}));
  }
  SUBCASE("a trigger of the program's own") {
    shop.connection.execute(
        "CREATE TEMP TRIGGER gone AFTER INSERT ON main.item BEGIN DELETE FROM shelf; END");
    CHECK_FALSE(shop.rests());
  }
  SUBCASE("a temporary table that stands before it") {
    shop.connection.execute("CREATE TEMP TABLE Item (id)");
    CHECK_FALSE(shop.rests());
  }
  SUBCASE("rows that wait for their parents, which may be among these") {
    CheckedParents parents(shop.connection, "item", kColumns);
    shop.connection.execute("INSERT INTO note VALUES (9)");
    CHECK_FALSE(shop.rests(parents));
    shop.insert(parents, {9, 1, 10});
    CHECK(shop.rests(parents));
    shop.connection.execute("COMMIT");
  }
}

}  // namespace vitrine::sqlite_checked_parents_test
