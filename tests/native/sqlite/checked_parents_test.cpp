// Keys that are looked up for many rows at once: when SQLite may rest meanwhile, and that it does
// not rest where a row has no parent, or where there is more to check.
#include "sqlite/checked_parents.h"

#include <doctest/doctest.h>

#include <optional>
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

struct Shop {
  Shop() { connection.execute(kTables); }

  // Whether SQLite rests while rows are written to a table of three columns.
  bool rests(const std::string& table,
             const std::vector<std::string>& columns = {"id", "maker_id", "shelf_code"}) {
    const CheckedParents parents(connection, table, columns);
    return !connection.enforces_foreign_keys();
  }
  // Writes `cells`, three for each row; whether SQLite rested.
  bool insert(CheckedParents& parents, const std::vector<Value>& values) {
    const std::vector<ValueView> cells(values.begin(), values.end());
    const IncomingRows rows{cells.data(), 3, cells.size() / 3};
    parents.admit(rows);
    const bool rested = !connection.enforces_foreign_keys();
    const Borrowed statement =
        connection.prepare("INSERT INTO item SELECT c0, c1, c2 FROM vitrine_rows(?1)");
    bind_rows(*statement, 1, rows);
    statement->step();
    return rested;
  }
  CheckedParents of_items() { return {connection, "item", {"id", "maker_id", "shelf_code"}}; }
  std::int64_t items() { return *connection.scalar("SELECT count(*) FROM item")->integer(); }

  Connection connection = Connection::open(":memory:");
};

}  // namespace

TEST_CASE("SQLite rests while the parents of all rows are there, and checks afterwards") {
  Shop shop;
  {
    CheckedParents parents = shop.of_items();
    CHECK(shop.insert(parents, {1, 1, 10, 2, 66, -20, 3, 2, Value(), 4, 1, 10, 5, Value(), -20}));
    CHECK(shop.insert(parents, {6, 2, 10}));
  }
  CHECK(shop.items() == 6);
  CHECK(shop.connection.enforces_foreign_keys());
  CHECK(shop.connection.scalar("SELECT 1 FROM pragma_foreign_key_check") == std::nullopt);
  const auto orphan = [&] { shop.connection.execute("INSERT INTO item VALUES (7, 3, 10)"); };
  CHECK(caught(orphan).code == Code::foreign_key);
}

TEST_CASE("a row without its parent is refused by SQLite, which goes on checking") {
  // 65 has the last digits of a key that is there.
  for (const std::int64_t maker : {INT64_C(3), INT64_C(0), INT64_C(-1), INT64_C(65), INT64_MIN}) {
    Shop shop;
    CheckedParents parents = shop.of_items();
    CHECK(shop.insert(parents, {1, 1, 10}));
    const auto orphan = [&] { shop.insert(parents, {2, 1, 10, 3, maker, 10, 4, 1, 10}); };
    CHECK(caught(orphan).code == Code::foreign_key);
    CHECK(shop.items() == 1);
    CHECK_FALSE(shop.insert(parents, {9, 66, 10}));
    CHECK(caught(orphan).code == Code::foreign_key);
  }
  Shop shop;
  CheckedParents parents = shop.of_items();
  CHECK(caught([&] { shop.insert(parents, {1, 1, 11}); }).code == Code::foreign_key);
}

TEST_CASE("what is no whole number is SQLite's to look up") {
  Shop shop;
  CheckedParents parents = shop.of_items();
  CHECK_FALSE(shop.insert(parents, {1, "1", 10}));
  CHECK(caught([&] { shop.insert(parents, {2, "x", 10}); }).code == Code::foreign_key);
  CHECK(shop.items() == 1);
}

TEST_CASE("rows that others refer to are written without looking for those") {
  Shop shop;
  CHECK(shop.rests("maker"));
  CHECK(shop.connection.enforces_foreign_keys());
}

TEST_CASE("SQLite does not rest where more than rows is to be checked") {
  Shop shop;
  SUBCASE("a key whose column the database fills in") {
    CHECK_FALSE(shop.rests("item", {"id", "maker_id", ""}));
  }
  SUBCASE("a key within the table") {
    shop.connection.execute(
        "CREATE TABLE tree (id INTEGER PRIMARY KEY, up INTEGER REFERENCES tree (id))");
    CHECK_FALSE(shop.rests("tree", {"id", "up"}));
  }
  SUBCASE("a key of two columns") {
    shop.connection.execute(
        "CREATE TABLE pair (a, b, PRIMARY KEY (a, b));"
        "CREATE TABLE of_pair (x, y, FOREIGN KEY (x, y) REFERENCES pair (a, b))");
    CHECK_FALSE(shop.rests("of_pair", {"x", "y"}));
  }
  SUBCASE("a parent whose key is not named") {
    shop.connection.execute("CREATE TABLE short (maker_id INTEGER REFERENCES maker)");
    CHECK_FALSE(shop.rests("short", {"maker_id"}));
  }
  SUBCASE("a trigger") {
    shop.connection.execute(
        "CREATE TRIGGER gone AFTER INSERT ON item BEGIN DELETE FROM maker; END");
    CHECK_FALSE(shop.rests("item"));
  }
  SUBCASE("a deferred key whose parent is yet to come") {
    shop.connection.execute("INSERT INTO note VALUES (9)");
    CHECK_FALSE(shop.rests("item"));
  }
  SUBCASE("keys that are switched off stay so") {
    shop.connection.execute("COMMIT; PRAGMA foreign_keys = OFF");
    CHECK(shop.rests("item"));
    CHECK_FALSE(shop.connection.enforces_foreign_keys());
  }
}

}  // namespace vitrine::sqlite_checked_parents_test
