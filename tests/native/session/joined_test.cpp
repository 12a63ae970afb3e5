// Joined loading: collections that come in the statement of their owners.
#include <doctest/doctest.h>

#include "session/described_session.h"
#include "session/shop_session.h"
#include "support/caught.h"

namespace vitrine::session_joined_test {

using testing::caught;

namespace {

Include joined(const Model& model, const char* relation,
               LoadStrategy strategy = LoadStrategy::joined) {
  Include include;
  include.relation = relation;
  include.strategy = strategy;
  include.select.model = model.relationship(relation).target_model;
  return include;
}

struct Shelf : test::ShopSession {
  Shelf() {
    for (const char* name : {"Drinks", "Snacks", "Empty"}) {
      auto of = category(name);
      const int products = of.name == "Drinks" ? 2 : of.name == "Snacks" ? 1 : 0;
      for (int i = 0; i < products; ++i) {
        auto made = product(std::string(name) + std::to_string(i), of);
        item(std::string(name) + "a" + std::to_string(i), made);
        item(std::string(name) + "b" + std::to_string(i), made);
      }
    }
    session.commit();
    session.expunge_all();
    statements.clear();
  }

  Select categories() const {
    Select select;
    select.model = &registry.model("Category");
    select.order_by = {{{{}, "name"}, false}};
    return select;
  }
  const std::vector<Record*>& products(Record& of) const {
    return of.members(of.model().relationship("products"));
  }
};

}  // namespace

TEST_CASE("a joined collection is complete after one statement, and an empty one is known empty") {
  Shelf shelf;
  Select select = shelf.categories();
  select.includes = {joined(*select.model, "products")};
  const std::vector<Record*> found = shelf.session.all(select);
  REQUIRE(found.size() == 3);
  CHECK(shelf.products(*found[0]).size() == 2);
  CHECK(shelf.products(*found[1]).empty());
  CHECK(shelf.products(*found[2]).size() == 1);
  CHECK(shelf.statements.size() == 1);
  CHECK(
      compile(shelf.registry, select).root.sql.text ==
      "SELECT t0.\"id\", t0.\"name\", t0.\"description\", t1.\"id\", t1.\"name\", "
      "t1.\"description\", t1.\"category_id\" FROM \"category\" AS t0 LEFT JOIN \"product\" AS t1 "
      "ON t1.\"category_id\" = t0.\"id\" ORDER BY t0.\"name\", t0.\"id\", t1.\"id\"");
  shelf.session.verify();
}

TEST_CASE("a limit counts owners, however many members are joined to each") {
  Shelf shelf;
  Select select = shelf.categories();
  select.includes = {joined(*select.model, "products")};
  select.limit = 2;
  const std::vector<Record*> found = shelf.session.all(select);
  REQUIRE(found.size() == 2);
  CHECK(shelf.products(*found[0]).size() == 2);
  CHECK(shelf.statements.size() == 1);
  select.offset = 2;
  CHECK(shelf.session.all(select).size() == 1);
}

TEST_CASE("joined collections nest, and one below them may have a statement of its own") {
  for (const LoadStrategy below : {LoadStrategy::joined, LoadStrategy::select_in}) {
    Shelf shelf;
    Select select = shelf.categories();
    Include products = joined(*select.model, "products");
    products.select.includes = {joined(*products.select.model, "product_items", below)};
    select.includes = {products};
    const std::vector<Record*> found = shelf.session.all(select);
    Record& second = *shelf.products(*found[0]).at(1);
    const auto& items = second.members(second.model().relationship("product_items"));
    REQUIRE(items.size() == 2);
    CHECK(*items[0]->get("name").text() == "Drinksa1");
    CHECK(shelf.statements.size() == (below == LoadStrategy::joined ? 1 : 2));
    shelf.session.verify();
  }
}

TEST_CASE("two collections joined at once hold each member once") {
  Shelf shelf;
  shelf.session.sql(
      "INSERT INTO product_picture(width, height, mimetype, original, created_at, product_id) "
      "VALUES (1, 1, 'm', 0, 'c', 1), (2, 1, 'm', 0, 'c', 1), (3, 1, 'm', 0, 'c', 1)");
  Select select;
  select.model = &shelf.registry.model("Product");
  select.includes = {joined(*select.model, "product_items"), joined(*select.model, "image")};
  Record& first = *shelf.session.all(select).at(0);
  CHECK(first.members(first.model().relationship("product_items")).size() == 2);
  CHECK(first.members(first.model().relationship("image")).size() == 3);
}

TEST_CASE("what is loaded already stays, unless it is to be populated again") {
  Shelf shelf;
  Select select = shelf.categories();
  select.includes = {joined(*select.model, "products")};
  Record& drinks = *shelf.session.all(select).at(0);
  shelf.session.sql("DELETE FROM product WHERE name = 'Drinks0'");
  shelf.session.all(select);
  CHECK(shelf.products(drinks).size() == 2);
  shelf.session.all(select, true);
  CHECK(shelf.products(drinks).size() == 1);
}

TEST_CASE("a relation can be forbidden below an included one") {
  Shelf shelf;
  Select select = shelf.categories();
  Include products = joined(*select.model, "products");
  products.select.includes = {
      joined(*products.select.model, "product_items", LoadStrategy::forbidden)};
  select.includes = {products};
  Record& product = *shelf.products(*shelf.session.all(select).at(0)).at(0);
  const Relationship& items = product.model().relationship("product_items");
  CHECK(caught([&] { product.members(items); }).reason == "lazy_load_forbidden");
  shelf.session.expire(product, {"product_items"});
  CHECK(caught([&] { product.members(items); }).reason == "lazy_load_forbidden");
  // An object that is expired as a whole forgets by which query it came.
  shelf.session.expire(product);
  CHECK_NOTHROW(product.members(items));
}

TEST_CASE("a member can be appended to a collection that is forbidden to load") {
  Shelf shelf;
  Select select = shelf.categories();
  select.includes = {joined(*select.model, "products", LoadStrategy::forbidden)};
  Record& drinks = *shelf.session.all(select).at(0);
  const Relationship& products = drinks.model().relationship("products");
  Record& tea = shelf.session.make(shelf.registry.model("Product"));
  tea.set("name", "Tea");
  tea.set("description", "d");
  drinks.append(products, &tea);
  shelf.session.commit();
  CHECK(shelf.rows("product WHERE category_id = 1") == 3);
  CHECK(drinks.members(products).size() == 3);
}

TEST_CASE("a joined many-to-many goes through its links, in the order of the relation") {
  test::DescribedSession shop(R"({"models": [
    {"name": "Article", "table": "article", "columns": [
      {"name": "id", "type": "integer", "primary_key": true}],
     "relationships": [{"name": "tags", "target": "Tag", "direction": "many_to_many",
       "secondary": "article_tag", "order_by": [{"column": "name", "descending": true}]}]},
    {"name": "Tag", "table": "tag", "columns": [
      {"name": "id", "type": "integer", "primary_key": true},
      {"name": "name", "type": "text", "not_null": true}]},
    {"name": "ArticleTag", "table": "article_tag", "link_table": true, "columns": [
      {"name": "article_id", "type": "integer", "primary_key": true,
       "foreign_key": {"table": "article", "column": "id"}},
      {"name": "tag_id", "type": "integer", "primary_key": true,
       "foreign_key": {"table": "tag", "column": "id"}}]}]})");
  Record& article = shop.add("Article", {{"id", 1}});
  shop.add("Article", {{"id", 2}});
  for (const char* name : {"a", "c", "b"}) {
    article.append(shop.relation("Article", "tags"), &shop.add("Tag", {{"name", name}}));
  }
  shop.session.commit();
  shop.session.expunge_all();
  shop.statements.clear();
  Select select;
  select.model = &shop.model("Article");
  select.includes = {joined(*select.model, "tags")};
  const std::vector<Record*> found = shop.session.all(select);
  const auto& tags = found[0]->members(shop.relation("Article", "tags"));
  REQUIRE(tags.size() == 3);
  CHECK(*tags[0]->get("name").text() == "c");
  CHECK(found[1]->members(shop.relation("Article", "tags")).empty());
  CHECK(shop.take_selects() == 1);
}

}  // namespace vitrine::session_joined_test
