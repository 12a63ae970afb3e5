// What a flush writes: which statements, in which order, how many.
#include <doctest/doctest.h>

#include "session/shop_session.h"

namespace vitrine::session_flush_test {

using namespace vitrine::catalog;

namespace {

// What the deletion of a category says to SQLite, each statement cut to its verb and its table.
std::vector<std::string> statements_of_delete(int products, int items_each) {
  test::ShopSession shop;
  Category boots = shop.category("Boots");
  for (int i = 0; i < products; ++i) {
    Product product = shop.product("p" + std::to_string(i), boots);
    for (int j = 0; j < items_each; ++j) {
      shop.item("i" + std::to_string(i) + "." + std::to_string(j), product);
    }
  }
  shop.session.commit();
  shop.session.expunge_all();
  Category again = shop.session.get<Category>(1);
  shop.statements.clear();
  shop.session.remove(again);
  shop.session.commit();
  std::vector<std::string> said;
  for (const std::string& sql : shop.statements) {
    const auto from = sql.find("FROM \"");
    const auto end = sql.find('"', from + 6);
    const std::string table = from == std::string::npos ? "" : sql.substr(from + 6, end - from - 6);
    said.push_back(sql.substr(0, sql.find(' ')) + (table.empty() ? "" : " " + table));
  }
  CHECK(shop.rows("category") + shop.rows("product") + shop.rows("product_item") == 0);
  return said;
}

}  // namespace

TEST_CASE("inserts go parents first, whatever the order of adding") {
  test::ShopSession shop;
  auto item = shop.session.make<Product_Item>();
  item.name = "Boot 42";
  item.description = "d";
  auto boot = shop.session.make<Product>();
  boot.name = "Boot";
  boot.description = "d";
  item.product = boot;
  shop.session.add(item);
  shop.take_writes();
  shop.session.flush();
  const auto writes = shop.take_writes();
  REQUIRE(writes.size() == 2);
  CHECK(writes[0].rfind("INSERT INTO \"product\" ", 0) == 0);
  CHECK(writes[1].rfind("INSERT INTO \"product_item\" ", 0) == 0);
  CHECK(item.product_id.value() == boot.id.value());
}

TEST_CASE("an update names only the columns that changed") {
  test::ShopSession shop;
  Category boots = shop.category("Boots");
  shop.session.commit();
  boots.name = "Shoes";
  shop.take_writes();
  shop.session.flush();
  CHECK(shop.take_writes() ==
        std::vector<std::string>{"UPDATE \"category\" SET \"name\" = ? WHERE \"id\" = ?"});
}

TEST_CASE("what was just inserted is known, and reading it asks nothing") {
  test::ShopSession shop;
  Product leaf = shop.product("Leaf", shop.category("Tea"));
  shop.session.flush();
  shop.statements.clear();
  CHECK(leaf.id.value() == 1);
  CHECK(leaf.name.value() == "Leaf");
  CHECK(leaf.category->description.value() == "d");
  auto unit = shop.session.make<UOM>();
  unit.name = "pair";
  shop.session.add(unit);
  shop.session.flush();
  shop.statements.clear();
  CHECK(unit.symbol.is_null());
  CHECK(shop.statements.empty());
}

TEST_CASE("changing a value and back writes nothing") {
  test::ShopSession shop;
  Category boots = shop.category("Boots");
  shop.session.commit();
  CHECK(boots.name.value() == "Boots");
  boots.name = "Shoes";
  boots.name = "Boots";
  shop.take_writes();
  shop.session.flush();
  CHECK(shop.take_writes().empty());
}

TEST_CASE("unique names can be swapped in one flush") {
  test::ShopSession shop;
  Category a = shop.category("A");
  Category b = shop.category("B");
  shop.session.commit();
  a.name = "B";
  b.name = "A";
  shop.session.commit();
  CHECK(a.name.value() == "B");
  CHECK(b.name.value() == "A");
}

TEST_CASE("a name can be taken over from a deleted object in one flush") {
  test::ShopSession shop;
  Category a = shop.category("Tea");
  shop.session.commit();
  shop.session.remove(a);
  Category b = shop.category("Tea");
  shop.session.commit();
  CHECK(shop.rows("category") == 1);
  CHECK(b.id.value() == 2);
}

TEST_CASE("names move on from row to row in the flush that deletes the first of them") {
  test::ShopSession shop;
  Category a = shop.category("A");
  Category b = shop.category("B");
  Category c = shop.category("C");
  shop.session.commit();
  // B and C are written before the rows that give up their names, unless these are parked.
  shop.session.remove(a);
  b.name = "C";
  c.name = "D";
  Category again = shop.category("A");
  shop.session.commit();
  CHECK(b.name.value() == "C");
  CHECK(c.name.value() == "D");
  CHECK(again.name.value() == "A");
  CHECK(shop.rows("category") == 3);
}

TEST_CASE("deleting a category takes ten statements, however many products and items it has") {
  const std::vector<std::string> expected = {"SELECT product",       "SELECT product_picture",
                                             "SELECT product_photo", "SELECT product_item",
                                             "SELECT user_picture",  "BEGIN",
                                             "DELETE product_item",  "DELETE product",
                                             "DELETE category",      "COMMIT"};
  CHECK(statements_of_delete(10, 3) == expected);
  CHECK(statements_of_delete(1000, 3) == expected);
}

TEST_CASE("a failed flush undoes itself alone, and the objects keep their changes") {
  test::ShopSession shop;
  shop.category("Tea");
  shop.session.flush();
  Category again = shop.category("Tea");
  CHECK_THROWS_AS(shop.session.flush(), Error);
  CHECK(again.state() == ObjectState::pending);
  again.name = "Green tea";
  shop.session.commit();
  CHECK(shop.rows("category") == 2);
}

}  // namespace vitrine::session_flush_test
