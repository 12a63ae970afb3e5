// Many rows in one call, and upsert: all or nothing, in a number of statements that does not grow.
#include <doctest/doctest.h>

#include "catalog/catalog.h"
#include "support/caught.h"
#include "support/json_rows.h"

namespace vitrine::catalog_many_test {

using vitrine::testing::caught, vitrine::testing::JsonRows;

namespace {

Json json(const char* text) { return Json::parse(text); }

void create_many(Catalog& catalog, const char* units) {
  JsonRows rows(catalog.registry().model("uom"), units);
  catalog.create_many("uom", rows);
}

Catalog units() {
  Catalog catalog = Catalog::in_memory();
  create_many(catalog, R"([{"name": "pair"}, {"name": "kilogram", "symbol": "kg"}])");
  return catalog;
}

std::int64_t count(Catalog& catalog, const char* model) {
  return catalog.count(model, Json::object());
}

}  // namespace

TEST_CASE("create_many names the row that cannot be written, and writes none then") {
  Catalog catalog = units();
  CHECK(count(catalog, "uom") == 2);
  const auto refused = [&](const char* rows) {
    return caught([&] { create_many(catalog, rows); });
  };
  const Failure taken = refused(R"([{"name": "box"}, {"name": "pair"}])");
  CHECK(taken.code == Code::unique);
  CHECK(taken.model == "UOM");
  CHECK(taken.path == "[1].name");
  CHECK(refused(R"([{"name": "box"}, {"symbol": "b"}])").path == "[1].name");
  CHECK(refused(R"([{"nme": "box"}])").path == "[0].nme");
  CHECK(refused(R"([5])").path == "[0]");
  CHECK(count(catalog, "uom") == 2);
}

TEST_CASE("create_many looks parents up itself only in tables that are as ours are") {
  Catalog catalog = Catalog::in_memory();
  Connection& connection = catalog.connection();
  catalog.create("category", json(R"({"name": "Tea", "description": ""})"));
  Json products = Json::array();
  for (int i = 0; i < 9000; ++i) {
    Json product = json(R"({"description": "", "category_id": 1})");
    product["name"] = std::to_string(i);
    if (i == 8000) product["category_id"] = Json();
    products.push_back(std::move(product));
  }
  int lookups = 0;
  const auto create = [&] {
    JsonRows rows(catalog.registry().model("product"), products);
    catalog.create_many("product", rows);
  };
  connection.on_statement([&](const StatementEvent& event) {
    lookups += event.sql.find("carray") != std::string_view::npos ? 1 : 0;
  });
  create();
  CHECK(lookups > 0);
  // A clause by which another key is stored than the cell says.
  connection.run("DELETE FROM product");
  std::string sql =
      *connection.scalar("SELECT sql FROM sqlite_schema WHERE name = 'product'")->text();
  const std::string plain = "\"category_id\" INTEGER";
  sql.insert(sql.find(plain) + plain.size(), " NOT NULL ON CONFLICT REPLACE DEFAULT 99");
  connection.execute("PRAGMA foreign_keys = OFF; DROP TABLE product; " + sql +
                     "; PRAGMA foreign_keys = ON");
  lookups = 0;
  CHECK(caught(create).path == "[8000]");
  CHECK(lookups == 0);
  CHECK(count(catalog, "product") == 0);
}

TEST_CASE("update_many sets columns of the rows that fit, and checks them as update does") {
  Catalog catalog = units();
  CHECK(catalog.update_many("uom", json(R"({"where": {}, "data": {"symbol": "x"}})")) == 2);
  const auto refused = [&](const char* request) {
    return caught([&] { catalog.update_many("uom", json(request)); });
  };
  CHECK(refused(R"({"where": {}, "data": {"name": "same"}})").model == "UOM");
  CHECK(refused(R"({"where": {}, "data": {"id": 1}})").path == "data.id");
  CHECK(refused(R"({"where": {"nme": 1}, "data": {"symbol": null}})").path == "where.nme");
}

TEST_CASE("remove_many needs as many statements for 200 rows as for 2") {
  const auto statements = [](int products) {
    Catalog catalog = Catalog::in_memory();
    for (int i = 0; i < products; ++i) {
      const std::string name = std::to_string(i);
      catalog.create("product",
                     {{"name", name},
                      {"description", ""},
                      {"product_items", {{"create", {{{"name", name}, {"description", ""}}}}}}});
    }
    const std::int64_t before = catalog.connection().statement_count();
    const auto removed = catalog.remove_many("product", json(R"({"where": {}})"), DryRun::yes);
    CHECK(removed.size() == 2);
    CHECK(removed[0].rows == products);
    CHECK(count(catalog, "product_item") == products);
    return catalog.connection().statement_count() - before;
  };
  CHECK(statements(200) == statements(2));
}

TEST_CASE("upsert keeps the row that a unique value finds") {
  Catalog catalog = units();
  CHECK(catalog.upsert("uom", json(R"({"name": "pair", "symbol": "2"})")) == 1);
  CHECK(catalog.upsert("uom", json(R"({"name": "box"})")) == 3);
  const auto moved = [&] { catalog.upsert("uom", json(R"({"id": 9, "name": "pair"})")); };
  CHECK(caught(moved).code == Code::validation);
  CHECK(count(catalog, "uom") == 3);
}

}  // namespace vitrine::catalog_many_test
