// The catalog as the bindings use it: JSON in, rows out, every write a unit of work.
#include <doctest/doctest.h>
#include <sqlite3.h>

#include "catalog/catalog.h"
#include "sqlite/database_image.h"

namespace vitrine::catalog_catalog_test {

namespace {

Json json(const char* text) { return Json::parse(text); }

std::int64_t rows(Catalog& catalog, const std::string& table) {
  return *catalog.connection().scalar("SELECT count(*) FROM " + table)->integer();
}

Failure failure_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.failure();
  }
  return {};
}

Catalog shop_with_boot() {
  Catalog catalog = Catalog::in_memory();
  catalog.create("uom", json(R"({"name": "pair"})"));
  catalog.create("product", json(R"({
    "name": "Hiking boot", "description": "Waterproof",
    "category": {"connectOrCreate": {"name": "Boots", "description": "For feet"}},
    "product_items": {"create": [
      {"name": "Boot 41", "description": "EU 41", "uom": {"connect": {"name": "pair"}}},
      {"name": "Boot 42", "description": "EU 42", "uom": {"connect": {"name": "pair"}}}]}})"));
  return catalog;
}

}  // namespace

TEST_CASE("nested data creates and connects a whole graph") {
  Catalog catalog = shop_with_boot();
  CHECK(rows(catalog, "category") == 1);
  CHECK(rows(catalog, "product_item") == 2);
  CHECK(rows(catalog, "product_item WHERE uom_id = 1 AND product_id = 1") == 2);
}

TEST_CASE("a mistake deep in the data leaves nothing behind and names its place") {
  Catalog catalog = shop_with_boot();
  const Failure failure = failure_of([&] {
    catalog.create("product", json(R"({"name": "Sandal", "description": "d",
      "product_items": {"create": [{"name": "Boot 41", "description": "taken"}]}})"));
  });
  CHECK(failure.code == Code::unique);
  CHECK(failure.model == "Product_Item");
  CHECK(failure.fields == std::vector<std::string>{"name"});
  CHECK(failure.path == "product_items.create[0].name");
  CHECK(rows(catalog, "product") == 1);
}

TEST_CASE("a dangling id is named") {
  Catalog catalog = shop_with_boot();
  const Failure failure = failure_of([&] {
    catalog.create("product", json(R"({"name": "x", "description": "d", "category_id": 99})"));
  });
  CHECK(failure.code == Code::foreign_key);
  CHECK(failure.fields == std::vector<std::string>{"category_id"});
}

TEST_CASE("a delete says what goes, and a dry run only says it") {
  Catalog catalog = shop_with_boot();
  const auto planned = catalog.remove("category", json(R"({"name": "Boots"})"), DryRun::yes);
  REQUIRE(planned.size() == 3);
  CHECK(planned[0].model->table == "category");
  CHECK(planned[2].rows == 2);
  CHECK(rows(catalog, "product") == 1);
  CHECK(catalog.remove("category", 1).size() == 3);
  CHECK(rows(catalog, "product") == 0);
  CHECK(rows(catalog, "product_item") == 0);
  CHECK(rows(catalog, "uom") == 1);
}

TEST_CASE("a delete is left to the database, unless that cascades no more") {
  Catalog catalog = shop_with_boot();
  Connection& connection = catalog.connection();
  catalog.create("category", json(R"({"name": "Hats", "description": "d"})"));
  // The first looks at the tables.
  catalog.create("uom", json(R"({"name": "box"})"));
  catalog.remove("uom", 2);
  const auto statements_of = [&](std::int64_t category) {
    const std::int64_t before = connection.statement_count();
    const auto removals = catalog.remove("category", category);
    CHECK(removals.size() == (category == 1 ? 3 : 1));
    return connection.statement_count() - before;
  };
  CHECK(statements_of(2) == statements_of(1));
  Catalog unchecked = shop_with_boot();
  unchecked.connection().run("PRAGMA foreign_keys = OFF");
  CHECK(unchecked.remove("category", 1).size() == 3);
  CHECK(rows(unchecked, "product_item") == 0);
}

TEST_CASE("where the tables do not cascade, a delete takes what the models say all the same") {
  const std::string foreign_key =
      "',' || char(10) || '  FOREIGN KEY (\"category_id\") REFERENCES \"category\" (\"id\") ON "
      "DELETE "
      "CASCADE'";
  for (const std::string& left_out : {std::string("' ON DELETE CASCADE'"), foreign_key}) {
    CAPTURE(left_out);
    Catalog catalog = shop_with_boot();
    Connection& connection = catalog.connection();
    CHECK(catalog.remove("uom", 1, DryRun::yes).size() == 2);
    sqlite3_db_config(connection.handle(), SQLITE_DBCONFIG_DEFENSIVE, 0, nullptr);
    connection.execute("PRAGMA writable_schema = ON");
    connection.execute("UPDATE sqlite_schema SET sql = replace(sql, " + left_out +
                       ", '') WHERE type = 'table'");
    connection.execute("PRAGMA schema_version = 1000; PRAGMA writable_schema = OFF");
    const auto cascades = connection.scalar(
        "SELECT 1 FROM pragma_foreign_key_list('product') WHERE on_delete = 'CASCADE'");
    REQUIRE_FALSE(cascades);
    CHECK(catalog.remove("category", 1).size() == 3);
    CHECK(rows(catalog, "product") == 0);
    CHECK(rows(catalog, "product_item") == 0);
  }
}

TEST_CASE("an update that would delete its own row is refused, and says so") {
  Catalog catalog = shop_with_boot();
  const Failure failure =
      failure_of([&] { catalog.update("product", 1, json(R"({"category": {"delete": true}})")); });
  CHECK(failure.code == Code::validation);
  CHECK(failure.reason == "deletes_itself");
  CHECK(failure.message.find("Product") != std::string::npos);
  CHECK(rows(catalog, "product") == 1);
  CHECK(rows(catalog, "category") == 1);
}

TEST_CASE("deleting many says what went of each model, whatever fits") {
  Catalog catalog = shop_with_boot();
  catalog.create("product", json(R"({"name": "Sandal", "description": "d"})"));
  const Json where = json(R"({"where": {"product_items": {"some": {}}}})");
  CHECK(catalog.remove_many("product", where, DryRun::yes).size() == 2);
  const auto removals = catalog.remove_many("product", where);
  REQUIRE(removals.size() == 2);
  CHECK(removals[0].model->table == "product");
  CHECK(removals[0].rows == 1);
  CHECK(removals[1].rows == 2);
  CHECK(rows(catalog, "product") == 1);
  CHECK(catalog.remove_many("product", where).empty());
}

TEST_CASE("updating nested rows works on those of the object alone") {
  Catalog catalog = shop_with_boot();
  catalog.create("product", json(R"({"name": "Sandal", "description": "d"})"));
  catalog.update("product", 1, json(R"({"name": "Boot", "product_items": {
    "update": [{"where": {"name": "Boot 41"}, "data": {"description": "new"}}],
    "delete": [{"name": "Boot 42"}]}})"));
  CHECK(rows(catalog, "product_item WHERE description = 'new'") == 1);
  CHECK(rows(catalog, "product_item") == 1);
  const Failure failure = failure_of([&] {
    catalog.update("product", 2, json(R"({"product_items": {"disconnect": {"name": "Boot 41"}}})"));
  });
  CHECK(failure.reason == "not_a_member");
  CHECK(rows(catalog, "product_item WHERE product_id = 1") == 1);
}

TEST_CASE("transactions nest, and an error inside costs only its own work") {
  Catalog catalog = shop_with_boot();
  catalog.begin();
  catalog.create("uom", json(R"({"name": "loaf"})"));
  CHECK_THROWS_AS(catalog.create("uom", json(R"({"name": "pair"})")), Error);
  catalog.begin();
  catalog.create("uom", json(R"({"name": "kg"})"));
  catalog.rollback();
  catalog.commit();
  CHECK(rows(catalog, "uom") == 2);
  CHECK_THROWS_AS(catalog.commit(), Error);
}

TEST_CASE("a transaction that SQLite undid by itself is refused until it is rolled back") {
  Catalog catalog = shop_with_boot();
  catalog.begin();
  catalog.create("uom", json(R"({"name": "loaf"})"));
  catalog.begin();
  catalog.create("uom", json(R"({"name": "kg"})"));
  // What SQLite does when storage fails.
  catalog.connection().run("ROLLBACK");
  const auto lost = [&](const std::function<void()>& action) {
    const Failure failure = failure_of(action);
    return failure.code == Code::state && failure.reason == "transaction_lost";
  };
  CHECK(lost([&] { catalog.count("uom", json("{}")); }));
  CHECK(lost([&] { catalog.create("uom", json(R"({"name": "litre"})")); }));
  CHECK(
      lost([&] { catalog.update_many("uom", json(R"({"where": {}, "data": {"symbol": "x"}})")); }));
  CHECK(lost([&] { catalog.sql("SELECT 1", json("[]")); }));
  CHECK(lost([&] { catalog.begin(); }));
  CHECK(lost([&] { catalog.commit(); }));
  catalog.rollback();
  CHECK(lost([&] { catalog.commit(); }));
  catalog.rollback();
  CHECK(rows(catalog, "uom") == 1);
  catalog.create("uom", json(R"({"name": "litre"})"));
  CHECK(catalog.count("uom", json("{}")) == 2);
}

TEST_CASE("an exported file opens again, and a damaged one is refused") {
  Catalog catalog = shop_with_boot();
  const std::string image = catalog.export_file();
  Catalog copy = Catalog::from_image(image);
  CHECK(rows(copy, "product_item") == 2);
  CHECK(failure_of([&] { Catalog::from_image(image.substr(0, 5000)); }).code == Code::corrupt);
  CHECK(failure_of([&] { Catalog::from_image("hello"); }).code == Code::corrupt);
}

TEST_CASE("a database of somebody else's tables is not a catalog") {
  Connection other = Connection::open(":memory:");
  other.execute("CREATE TABLE stranger (a)");
  const Failure failure = failure_of([&] { Catalog::from_image(other.serialize()); });
  CHECK(failure.code == Code::validation);
  CHECK(failure.issues.size() == 8);
  CHECK(failure.message ==
        "This SQLite database is not a Vitrine catalog: the table category is missing, and more. "
        "Open a file that Vitrine exported.");
}

TEST_CASE("a catalog of a version with other models says how its rows get here") {
  Connection older = Connection::deserialize(DatabaseImage(shop_with_boot().export_file()));
  older.execute("ALTER TABLE uom DROP COLUMN symbol");
  const Failure failure = failure_of([&] { Catalog::from_image(older.serialize()); });
  CHECK(failure.reason == "not_a_catalog");
  CHECK(failure.message ==
        "This catalog is of a Vitrine with other models: the column uom.symbol is missing. Export "
        "it there as JSON, and import that here.");
}

}  // namespace vitrine::catalog_catalog_test
