// The order in which new objects get their keys: that of SQLAlchemy, so that programs ported from
// it number their rows alike.
#include <doctest/doctest.h>

#include "session/described_session.h"
#include "session/shop_session.h"

namespace vitrine::session_insert_order_test {

using namespace vitrine::catalog;

namespace {

Product product(test::ShopSession& shop, const char* name) {
  auto made = shop.session.make<Product>();
  made.name = name;
  made.description = "d";
  return made;
}

}  // namespace

TEST_CASE("what is added by cascade is numbered in the order of its collection") {
  test::ShopSession shop;
  auto boots = shop.session.make<Category>();
  boots.name = "Boots";
  boots.description = "d";
  Product b = product(shop, "b");
  Product a = product(shop, "a");
  Product c = product(shop, "c");
  boots.products = {b, a, c};
  auto sole = shop.session.make<Product_Item>();
  sole.name = "sole";
  sole.description = "d";
  sole.product = b;
  shop.session.add(boots);
  CHECK(shop.session.pending().size() == 5);
  CHECK(shop.session.pending()[2] == &sole.record());
  shop.session.flush();
  CHECK(b.id.value() == 1);
  CHECK(a.id.value() == 2);
  CHECK(c.id.value() == 3);
}

TEST_CASE("a new tree is numbered level by level") {
  test::DescribedSession shop(R"({"models": [{"name": "Node", "table": "node", "columns": [
      {"name": "id", "type": "integer", "primary_key": true, "autoincrement": true},
      {"name": "parent_id", "type": "integer",
       "foreign_key": {"table": "node", "column": "id"}}],
    "relationships": [{"name": "parent", "target": "Node", "direction": "many_to_one"}]}]})");
  Record& root = shop.add("Node", {});
  Record& child = shop.add("Node", {});
  Record& grandchild = shop.add("Node", {});
  Record& other_root = shop.add("Node", {});
  grandchild.relate(shop.relation("Node", "parent"), &child);
  child.relate(shop.relation("Node", "parent"), &root);
  shop.session.flush();
  CHECK(root.get("id") == Value(1));
  CHECK(other_root.get("id") == Value(2));
  CHECK(child.get("id") == Value(3));
  CHECK(grandchild.get("id") == Value(4));
}

}  // namespace vitrine::session_insert_order_test
