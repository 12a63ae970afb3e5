// Collections stay what the objects say, whatever was loaded, expired or dropped in between.
#include <doctest/doctest.h>

#include "query/ask.h"
#include "session/described_session.h"
#include "session/shop_session.h"

namespace vitrine::session_collections_test {

using namespace vitrine::catalog;

namespace {

UOM unit(test::ShopSession& shop, const char* name) {
  auto made = shop.session.make<UOM>();
  made.name = name;
  shop.session.add(made);
  return made;
}

std::size_t count(UOM& uom) { return uom.product_items.size(); }

// Marks outlive the box that they are in.
struct Boxes : test::DescribedSession {
  Boxes()
      : DescribedSession(R"({"models": [
      {"name": "Box", "table": "box", "columns": [
        {"name": "id", "type": "integer", "primary_key": true}],
       "relationships": [{"name": "marks", "target": "Mark", "direction": "one_to_many",
         "back_populates": "box"}]},
      {"name": "Mark", "table": "mark", "columns": [
        {"name": "id", "type": "integer", "primary_key": true},
        {"name": "box_id", "type": "integer", "foreign_key": {"table": "box", "column": "id"}}],
       "relationships": [{"name": "box", "target": "Box", "direction": "many_to_one",
         "back_populates": "marks"}]}]})") {
    Record& box = add("Box", {{"id", 1}});
    for (const int id : {1, 2, 3}) box.append(marks, &add("Mark", {{"id", id}}));
    session.commit();
    session.expunge_all();
    boxes.includes = {testing::including("marks", testing::from(registry, "Mark"))};
  }

  const vitrine::Relationship& marks = relation("Box", "marks");
  Select boxes = testing::from(registry, "Box");
};

}  // namespace

TEST_CASE("a row that is moved away before its old collection is loaded is not in it") {
  test::ShopSession shop({.autoflush = false});
  Category boots = shop.category("Boots");
  Product boot = shop.product("Boot", boots);
  Product_Item item = shop.item("Boot 42", boot);
  UOM pair = unit(shop, "pair");
  UOM piece = unit(shop, "piece");
  item.uom = pair;
  shop.session.commit();
  // The collection is not loaded, and hears of a member that its rows hold already.
  pair.product_items.append(item);
  item.uom = piece;
  CHECK(count(pair) == 0);
  CHECK(count(piece) == 1);
  item.uom = pair;
  CHECK(count(pair) == 1);
}

TEST_CASE("a member comes back to a collection that was never loaded") {
  test::ShopSession shop({.autoflush = false});
  Category boots = shop.category("Boots");
  Product boot = shop.product("Boot", boots);
  Product_Item item = shop.item("Boot 42", boot);
  UOM pair = unit(shop, "pair");
  shop.session.commit();
  item.uom = pair;
  item.uom = nullptr;
  item.uom = pair;
  CHECK(count(pair) == 1);
}

TEST_CASE("a deleted object leaves the collections that list it, though it was expired") {
  test::ShopSession shop;
  Category boots = shop.category("Boots");
  Product boot = shop.product("Boot", boots);
  Product_Item item = shop.item("Boot 42", boot);
  shop.session.commit();
  CHECK(boot.product_items.size() == 1);
  shop.session.expire(item.record());
  shop.session.remove(item);
  shop.session.flush();
  CHECK(boot.product_items.empty());
}

TEST_CASE("an object deleted in the flush that saves its new parent leaves that parent's list") {
  test::ShopSession shop({.autoflush = false});
  Category boots = shop.category("Boots");
  Product boot = shop.product("Boot", boots);
  Product_Item item = shop.item("Boot 42", boot);
  shop.session.commit();
  Product sandal = shop.product("Sandal", boots);
  item.product = sandal;
  shop.session.remove(item);
  shop.session.flush();
  CHECK(sandal.product_items.empty());
  CHECK(shop.rows("product_item") == 0);
}

TEST_CASE("what a delete drops unsaved leaves its other parents, and is back when it is added") {
  test::ShopSession shop({.autoflush = false});
  Category boots = shop.category("Boots");
  Product boot = shop.product("Boot", boots);
  UOM pair = unit(shop, "pair");
  shop.session.commit();
  Product_Item item = shop.item("Boot 42", boot);
  item.uom = pair;
  shop.session.remove(boot);
  CHECK(item.state() == ObjectState::transient);
  CHECK(count(pair) == 0);
  shop.session.flush();
  CHECK(shop.rows("product_item") == 0);

  Product other = shop.product("Sandal", boots);
  item.product = other;
  shop.session.add(item);
  CHECK(count(pair) == 1);
  shop.session.commit();
  CHECK(count(pair) == 1);
  CHECK(other.product_items.size() == 1);
}

TEST_CASE("a failed flush leaves a collection in its order") {
  test::DescribedSession shop(R"({"models": [
    {"name": "Shelf", "table": "shelf", "columns": [
      {"name": "id", "type": "integer", "primary_key": true, "autoincrement": true}],
     "relationships": [{"name": "books", "target": "Book", "direction": "one_to_many",
       "back_populates": "shelf"}]},
    {"name": "Book", "table": "book", "columns": [
      {"name": "id", "type": "integer", "primary_key": true, "autoincrement": true},
      {"name": "title", "type": "text", "unique": true},
      {"name": "shelf_id", "type": "integer",
       "foreign_key": {"table": "shelf", "column": "id"}}],
     "relationships": [{"name": "shelf", "target": "Shelf", "direction": "many_to_one",
       "back_populates": "books"}]}]})");
  Record& shelf = shop.add("Shelf", {});
  const vitrine::Relationship& books = shop.relation("Shelf", "books");
  for (const char* title : {"a", "b", "c"}) {
    shelf.append(books, &shop.add("Book", {{"title", title}}));
  }
  shop.session.commit();
  const std::vector<Record*> before = shelf.members(books);
  shop.session.remove(shelf);
  shop.add("Book", {{"title", "a"}});
  CHECK_THROWS_AS(shop.session.flush(), Error);
  CHECK(shelf.members(books) == before);
}

TEST_CASE("an ordered collection keeps positions, whichever side it is changed from") {
  test::DescribedSession shop(R"({"models": [
    {"name": "Box", "table": "box", "columns": [
      {"name": "id", "type": "integer", "primary_key": true, "autoincrement": true}],
     "relationships": [{"name": "slots", "target": "Slot", "direction": "one_to_many",
       "collection": "ordered", "position_column": "position", "back_populates": "box"}]},
    {"name": "Slot", "table": "slot", "columns": [
      {"name": "id", "type": "integer", "primary_key": true, "autoincrement": true},
      {"name": "position", "type": "integer"},
      {"name": "box_id", "type": "integer", "foreign_key": {"table": "box", "column": "id"}}],
     "relationships": [{"name": "box", "target": "Box", "direction": "many_to_one",
       "back_populates": "slots"}]}]})");
  const vitrine::Relationship& box = shop.relation("Slot", "box");
  Record& one = shop.add("Box", {});
  Record& first = shop.add("Slot", {});
  Record& second = shop.add("Slot", {});
  first.relate(box, &one);
  second.relate(box, &one);
  CHECK(second.get("position") == Value(1));
  shop.session.commit();
  // The box has to be read first, or nobody knows which position is free.
  Record& third = shop.add("Slot", {});
  third.relate(box, &one);
  CHECK(third.get("position") == Value(2));
  first.relate(box, nullptr);
  CHECK(second.get("position") == Value(0));
  CHECK(third.get("position") == Value(1));
  shop.session.commit();
  // What is related by its id is put in place when the collection is loaded.
  const Session::NoAutoflush pause(shop.session);
  Record& fourth = shop.add("Slot", {});
  fourth.set("box_id", one.key()[0]);
  CHECK(one.members(shop.relation("Box", "slots")).size() == 3);
  CHECK(fourth.get("position") == Value(2));
}

TEST_CASE("a member that a request left out can be put in its place") {
  test::ShopSession shop;
  Category boots = shop.category("Boots");
  shop.product("first", boots);
  shop.product("second", boots);
  shop.session.commit();
  shop.session.expunge_all();
  boots = shop.session.query<Category>().load(declare::loading(&Category::products).limit(1)).one();
  auto second = shop.session.query<Product>()
                    .where(declare::column(&Product::name) == "second")
                    .load(&Product::category)
                    .one();
  boots.products.insert(0, second);
  CHECK(boots.products[0] == second);
  shop.session.commit();
  CHECK(boots.products.size() == 2);
}

TEST_CASE("a parent that is deleted lets go of members that a request left out") {
  for (const int way : {0, 1, 2}) {
    Boxes shop;
    if (way == 0) shop.boxes.includes[0].select.limit = 1;
    if (way == 1) shop.boxes.includes[0].select.where = testing::where(Operator::eq, "id", {2});
    if (way == 2) shop.boxes.includes[0].strategy = LoadStrategy::forbidden;
    shop.session.remove(shop.session.one(shop.boxes));
    shop.session.commit();
    CHECK(shop.rows("mark WHERE box_id IS NULL") == 3);
  }
}

TEST_CASE("a merge takes away no members that a request left out of its source") {
  Boxes shop;
  shop.boxes.includes[0].select.limit = 2;
  Record& source = shop.session.one(shop.boxes);
  shop.session.expunge_all();
  source.remove(shop.marks, source.members(shop.marks)[0]);
  Record& merged = shop.session.merge(source);
  CHECK(merged.members(shop.marks).size() == 2);
  shop.session.commit();
  CHECK(shop.rows("mark WHERE box_id = 1 AND id > 1") == 2);
}

TEST_CASE("a list that is refused takes nothing away") {
  test::ShopSession shop;
  Category boots = shop.category("Boots");
  Product kept = shop.product("kept", boots);
  Product gone = shop.product("gone", boots);
  shop.session.commit();
  shop.session.remove(gone);
  shop.session.flush();
  CHECK_THROWS_AS((boots.products = std::vector<Product>{gone}), Error);
  CHECK(boots.products.contains(kept));
  shop.session.commit();
  CHECK(shop.rows("product WHERE category_id IS NOT NULL") == 1);
}

}  // namespace vitrine::session_collections_test
