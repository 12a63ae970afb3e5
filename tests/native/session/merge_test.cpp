// Merging: the state of an object from elsewhere, on this session's own object.
#include <doctest/doctest.h>

#include "session/described_session.h"
#include "session/shop_session.h"

namespace vitrine::session_merge_test {

using namespace vitrine::catalog;

namespace {

struct Merging : test::ShopSession {
  Record& merge(const declare::Entity& source) { return session.merge(source.record()); }
  Category transient(const char* name, int id = 0) {
    auto made = session.make<Category>();
    if (id > 0) made.id = id;
    made.name = name;
    return made;
  }
};

}  // namespace

TEST_CASE("an object without a key is merged as a new one, and stays what it was itself") {
  Merging shop;
  Category source = shop.transient("Tea");
  source.description = "d";
  Record& merged = shop.merge(source);
  CHECK(&merged != &source.record());
  CHECK(merged.state() == ObjectState::pending);
  CHECK(source.state() == ObjectState::transient);
  shop.session.commit();
  CHECK(shop.rows("category") == 1);
}

TEST_CASE("an object with a stored key is merged onto the row, only what it holds") {
  Merging shop;
  Category tea = shop.category("Tea");
  shop.session.commit();
  Record& merged = shop.merge(shop.transient("Herbs", 1));
  CHECK(&merged == &tea.record());
  CHECK(shop.session.dirty().size() == 1);
  shop.session.commit();
  CHECK(tea.name.value() == "Herbs");
  CHECK(tea.description.value() == "d");
}

TEST_CASE("an object whose key has no row is merged as a new one with that key") {
  Merging shop;
  Category source = shop.transient("Tea", 7);
  source.description = "d";
  shop.merge(source);
  shop.session.commit();
  CHECK(shop.rows("category WHERE id = 7") == 1);
}

TEST_CASE("merging what is the same writes nothing, and merging an own object is the object") {
  Merging shop;
  Category tea = shop.category("Tea");
  shop.session.commit();
  CHECK(&shop.merge(tea) == &tea.record());
  shop.merge(shop.transient("Tea", 1));
  CHECK(shop.session.dirty().empty());
}

TEST_CASE("a merge flushes first, so that it finds what is yet to be written") {
  Merging shop;
  Category tea = shop.category("Tea");
  tea.id = 5;
  CHECK(&shop.merge(shop.transient("Herbs", 5)) == &tea.record());
  shop.session.commit();
  CHECK(shop.rows("category") == 1);
}

TEST_CASE("a merge goes along its relations, each object once, however they hang together") {
  Merging shop;
  shop.category("Tea");
  shop.session.commit();
  Category tea = shop.transient("Tea", 1);
  auto leaf = shop.session.make<Product>();
  leaf.name = "Leaf";
  leaf.description = "d";
  tea.products.append(leaf);
  Record& merged = shop.merge(tea);
  const auto& products = merged.members(merged.model().relationship("products"));
  REQUIRE(products.size() == 1);
  CHECK(products[0]->session() == &shop.session);
  CHECK(leaf.state() == ObjectState::transient);
  shop.session.verify();
  shop.session.commit();
  CHECK(shop.rows("product WHERE category_id = 1") == 1);
}

TEST_CASE("a relation that was let go is let go by the merge, one that was not loaded stays") {
  Merging shop;
  shop.product("Leaf", shop.category("Tea"));
  shop.session.commit();
  Product leaf = shop.session.get<Product>(1);
  CHECK(leaf.name.value() == "Leaf");
  shop.session.expunge(leaf.record());
  shop.merge(leaf);
  shop.session.commit();
  CHECK(shop.rows("product WHERE category_id = 1") == 1);
  auto alone = shop.session.make<Product>();
  alone.id = 1;
  alone.category = nullptr;
  shop.merge(alone);
  shop.session.commit();
  CHECK(shop.rows("product WHERE category_id IS NULL") == 1);
}

TEST_CASE("a merge stops where the relation does not cascade it") {
  test::DescribedSession shop(R"({"models": [
    {"name": "Parent", "table": "parent", "columns": [
      {"name": "id", "type": "integer", "primary_key": true, "autoincrement": true}],
     "relationships": [{"name": "kids", "target": "Kid", "direction": "one_to_many",
       "cascade": "save-update", "back_populates": "parent"}]},
    {"name": "Kid", "table": "kid", "columns": [
      {"name": "id", "type": "integer", "primary_key": true, "autoincrement": true},
      {"name": "parent_id", "type": "integer", "foreign_key": {"table": "parent", "column": "id"}}],
     "relationships": [{"name": "parent", "target": "Parent", "direction": "many_to_one",
       "back_populates": "kids"}]}]})");
  Record& parent = shop.session.make(shop.model("Parent"));
  parent.append(shop.relation("Parent", "kids"), &shop.session.make(shop.model("Kid")));
  shop.session.merge(parent);
  shop.session.commit();
  CHECK(shop.rows("parent") == 1);
  CHECK(shop.rows("kid") == 0);
}

}  // namespace vitrine::session_merge_test
