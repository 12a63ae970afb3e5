// Set-based writes: what they do to rows, and to the objects that are loaded.
#include <doctest/doctest.h>

#include <algorithm>

#include "session/described_session.h"
#include "session/shop_session.h"
#include "support/caught.h"
#include "support/json_rows.h"

namespace vitrine::session_bulk_test {

using namespace vitrine::catalog;
using testing::caught;

namespace {

constexpr const char* kPriced = R"({"models": [{"name": "Priced", "table": "priced", "columns": [
  {"name": "id", "type": "integer", "primary_key": true, "autoincrement": true},
  {"name": "name", "type": "string", "length": 20, "not_null": true, "unique": true},
  {"name": "qty", "type": "integer", "not_null": true, "default": 1, "validate": {"ge": 0}},
  {"name": "stock", "type": "integer", "server_default": "7"},
  {"name": "version", "type": "integer", "not_null": true, "version_counter": true}]}]})";

Filter named(const char* name) {
  Filter filter;
  filter.op = Operator::eq;
  filter.path.attribute = "name";
  filter.values = {name};
  return filter;
}

}  // namespace

TEST_CASE("bulk_insert fills in defaults, runs no validator and makes no object") {
  test::DescribedSession shop(kPriced);
  const Model& priced = shop.model("Priced");
  shop.session.bulk_insert(priced, {{{"name", "a"}}, {{"name", "b"}, {"qty", -5}}});
  CHECK(shop.session.identity_map().size() == 0);
  const auto rows = shop.session.sql("SELECT id, qty, stock, version FROM priced ORDER BY id");
  CHECK(rows == Session::Rows{{1, 1, 7, 1}, {2, -5, 7, 1}});
}

TEST_CASE("bulk_insert keeps all rows or none, and what came before it in the transaction") {
  test::DescribedSession shop(kPriced);
  const Model& priced = shop.model("Priced");
  shop.session.bulk_insert(priced, {{{"name", "a"}}});
  const auto twice = [&] { shop.session.bulk_insert(priced, {{{"name", "b"}}, {{"name", "a"}}}); };
  CHECK(caught(twice).detail == "priced.name");
  CHECK(shop.rows("priced") == 1);
  const auto wrong = [&] { shop.session.bulk_insert(priced, {{{"name", 12}}}); };
  CHECK(caught(wrong).reason == "type_mismatch");
  const auto unknown = [&] { shop.session.bulk_insert(priced, {{{"colour", "red"}}}); };
  CHECK(caught(unknown).reason == "unknown_attribute");
  shop.session.commit();
  CHECK(shop.rows("priced") == 1);
}

TEST_CASE("bulk_insert writes all rows of a batch with one statement") {
  test::DescribedSession shop(kPriced);
  std::vector<std::vector<Assignment>> rows;
  for (int i = 0; i < 2000; ++i) rows.push_back({{"name", std::to_string(i)}});
  shop.session.bulk_insert(shop.model("Priced"), rows);
  CHECK(shop.rows("priced") == 2000);
  shop.session.commit();
  const std::string insert =
      "INSERT INTO \"priced\" (\"id\", \"name\", \"qty\", \"version\") "
      "SELECT c0, c1, c2, c4 FROM vitrine_rows(?1)";
  // 2,000 rows of five cells do not fit into one batch.
  CHECK(std::count(shop.statements.begin(), shop.statements.end(), insert) == 2);
}

TEST_CASE("bulk_insert leaves a default of the database to it, row by row") {
  test::DescribedSession shop(kPriced);
  const Model& priced = shop.model("Priced");
  shop.session.bulk_insert(
      priced, {{{"name", "a"}, {"stock", 1}}, {{"name", "b"}}, {{"name", "c"}, {"stock", 3}}});
  const auto rows = shop.session.sql("SELECT id, stock FROM priced ORDER BY id");
  CHECK(rows == Session::Rows{{1, 1}, {2, 7}, {3, 3}});
}

TEST_CASE("bulk_insert names the row that the database refuses, also in a later batch") {
  test::DescribedSession shop(kPriced);
  std::vector<std::vector<Assignment>> rows;
  for (int i = 0; i < 2000; ++i) rows.push_back({{"name", std::to_string(i)}});
  rows[1900] = {{"name", "7"}};
  const auto insert = [&] { shop.session.bulk_insert(shop.model("Priced"), rows); };
  CHECK(caught(insert).path == "[1900].name");
  rows[1900] = {{"qty", 1}};
  CHECK(caught(insert).path == "[1900].name");
  CHECK(shop.rows("priced") == 0);
}

TEST_CASE("bulk_insert says which row refers to nothing") {
  test::ShopSession shop;
  const Model& product = shop.registry.model("product");
  const auto row = [](const char* name, int category) -> std::vector<Assignment> {
    return {{"name", name}, {"description", ""}, {"category_id", category}};
  };
  const auto insert = [&] {
    shop.session.bulk_insert(product, {{{"name", "a"}, {"description", ""}}, row("b", 9)});
  };
  const Failure failure = caught(insert);
  CHECK(failure.code == Code::foreign_key);
  CHECK(failure.path == "[1]");
}

TEST_CASE("bulk_insert looks the parents of many rows up at once, and still says which has none") {
  test::ShopSession shop;
  shop.category("Tea");
  shop.session.commit();
  const Model& product = shop.registry.model("product");
  Json products = Json::array();
  for (int i = 0; i < 9000; ++i) {
    products.push_back(Json::parse(R"({"description": "", "category_id": 1, "name": "p)" +
                                   std::to_string(i) + "\"}"));
  }
  const auto insert = [&](bool is_own) {
    testing::JsonRows rows(product, products);
    shop.session.bulk_insert(product, rows, [is_own] { return is_own; });
  };
  const auto lookups = [&] {
    return std::count_if(
        shop.statements.begin(), shop.statements.end(),
        [](const std::string& sql) { return sql.find("IN (SELECT \"id\"") != std::string::npos; });
  };
  insert(false);
  CHECK(lookups() == 0);
  shop.session.rollback();
  // The first of five batches goes to SQLite as it is.
  insert(true);
  CHECK(lookups() == 4);
  shop.session.rollback();
  products[8500]["category_id"] = std::int64_t{9};
  const Failure failure = caught([&] { insert(true); });
  CHECK(failure.code == Code::foreign_key);
  CHECK(failure.path == "[8500]");
  CHECK(shop.rows("product") == 0);
}

TEST_CASE("bulk_update brings loaded objects up to date, or leaves them when told to") {
  test::ShopSession shop;
  Category tea = shop.category("Tea");
  shop.session.commit();
  CHECK(tea.description.value() == "d");
  const Model& category = shop.registry.model("category");
  const auto update = [&](const char* text, Session::Synchronize how) {
    return shop.session.bulk_update(category, named("Tea"), {{"description", text}}, how);
  };
  CHECK(update("left", Session::Synchronize::none) == 1);
  CHECK(tea.description.value() == "d");
  CHECK(update("seen", Session::Synchronize::fetch) == 1);
  CHECK(tea.description.value() == "seen");
}

TEST_CASE("bulk_update of a foreign key is seen from both ends of the relation") {
  test::ShopSession shop;
  Category tea = shop.category("Tea");
  Category boots = shop.category("Boots");
  Product leaf = shop.product("Leaf", tea);
  shop.session.flush();
  CHECK(boots.products.size() == 0);
  shop.session.bulk_update(shop.registry.model("product"), std::nullopt,
                           {{"category_id", boots.id.value()}}, Session::Synchronize::fetch);
  CHECK(leaf.category == boots);
  CHECK(tea.products.size() == 0);
  CHECK(boots.products.size() == 1);
  shop.session.verify();
}

TEST_CASE("a change that waits for its flush outlives a bulk_update of the same column") {
  test::ShopSession shop({.autoflush = false});
  Category tea = shop.category("Tea");
  shop.session.commit();
  tea.description = "mine";
  shop.session.bulk_update(shop.registry.model("category"), std::nullopt, {{"description", "all"}},
                           Session::Synchronize::fetch);
  CHECK(tea.description.value() == "mine");
  shop.session.commit();
  CHECK(tea.description.value() == "mine");
}

TEST_CASE("bulk_delete cascades in the database, and the objects know by a statement per model") {
  test::ShopSession shop;
  Category tea = shop.category("Tea");
  Category kept = shop.category("Kept");
  for (int i = 0; i < 20; ++i) shop.product("p" + std::to_string(i), i < 10 ? tea : kept);
  shop.session.commit();
  const std::vector<Product> products = shop.session.query<Product>().all();
  shop.statements.clear();
  const Model& category = shop.registry.model("category");
  CHECK(shop.session.bulk_delete(category, named("Tea"), Session::Synchronize::fetch) == 1);
  // BEGIN, DELETE, and one question each for categories and products.
  CHECK(shop.statements.size() == 4);
  CHECK(tea.state() == ObjectState::deleted);
  CHECK(products[0].state() == ObjectState::deleted);
  CHECK(products[19].state() == ObjectState::persistent);
  CHECK(kept.products.size() == 10);
  shop.session.verify();
}

}  // namespace vitrine::session_bulk_test
