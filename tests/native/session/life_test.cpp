// The life of objects: what add, remove, commit and rollback make of them.
#include <doctest/doctest.h>

#include <cstdint>

#include "orm/query/request_json.h"
#include "session/shop_session.h"
#include "support/caught.h"

namespace vitrine::session_life_test {

using namespace vitrine::catalog;
using testing::caught;

TEST_CASE("an object whose deletion was committed cannot be added again, and deleting it is done") {
  test::ShopSession shop;
  Category tea = shop.category("Tea");
  shop.session.commit();
  shop.session.remove(tea);
  shop.session.flush();
  CHECK(caught([&] { shop.session.add(tea); }).reason == "object_deleted");
  shop.session.commit();
  CHECK(tea.state() == ObjectState::detached);
  CHECK(caught([&] { shop.session.add(tea); }).reason == "object_deleted");
  shop.session.remove(tea);
  shop.session.commit();
  CHECK(shop.rows("category") == 0);
}

TEST_CASE("what was deleted can still be read, though it was expired before") {
  test::ShopSession shop;
  Category boots = shop.category("Boots");
  Product boot = shop.product("Boot", boots);
  shop.session.commit();
  shop.statements.clear();
  shop.session.remove(boots);
  shop.session.commit();
  CHECK(boots.state() == ObjectState::detached);
  CHECK(boots.name.value() == "Boots");
  CHECK(boot.name.value() == "Boot");
  CHECK(boot.category == boots);
}

TEST_CASE("several expired objects are read by one statement before they are deleted") {
  test::ShopSession shop;
  std::vector<Record*> units;
  for (const char* name : {"pair", "piece", "box"}) {
    auto made = shop.session.make<UOM>();
    made.name = name;
    shop.session.add(made);
    units.push_back(&made.record());
  }
  shop.session.commit();
  shop.statements.clear();
  shop.session.remove(units);
  std::size_t reads = 0;
  for (const std::string& sql : shop.statements) {
    reads += sql.find("FROM \"uom\"") == std::string::npos ? 0 : 1;
  }
  CHECK(reads == 1);
  CHECK(units[2]->get("name") == Value("box"));
}

TEST_CASE("an object marked for deletion stays when it is added again before the flush") {
  test::ShopSession shop;
  Category boots = shop.category("Boots");
  shop.product("Boot", boots);
  shop.session.commit();
  shop.session.remove(boots);
  CHECK(shop.session.deleted().size() == 2);
  shop.session.add(boots);
  CHECK(shop.session.deleted().empty());
  shop.session.commit();
  CHECK(shop.rows("product") == 1);
}

TEST_CASE("deleting a parent drops what was never saved below it") {
  test::ShopSession shop({.autoflush = false});
  Category boots = shop.category("Boots");
  shop.session.commit();
  Product boot = shop.product("Boot", boots);
  Product_Item item = shop.item("Boot 42", boot);
  shop.session.remove(boots);
  CHECK(boot.state() == ObjectState::transient);
  CHECK(item.state() == ObjectState::transient);
  shop.session.commit();
  CHECK(shop.rows("category") + shop.rows("product") + shop.rows("product_item") == 0);
}

TEST_CASE("a new object may have the key of a deleted one, and a rollback puts the old one back") {
  test::ShopSession shop;
  Category old = shop.category("Old");
  shop.session.commit();
  shop.session.remove(old);
  Category fresh = shop.category("Fresh");
  fresh.id = 1;
  shop.session.flush();
  shop.session.verify();
  CHECK(shop.session.get<Category>(1) == fresh);
  shop.session.rollback();
  shop.session.verify();
  CHECK(shop.session.get<Category>(1) == old);
  CHECK(old.name.value() == "Old");
  CHECK(fresh.state() == ObjectState::transient);
}

TEST_CASE("commit ends the savepoints that are open") {
  test::ShopSession shop;
  shop.category("A");
  shop.session.begin_savepoint();
  shop.category("B");
  shop.session.begin_savepoint();
  shop.category("C");
  shop.session.commit();
  CHECK(shop.session.savepoint_depth() == 0);
  CHECK(!shop.connection.in_transaction());
  CHECK(shop.rows("category") == 3);
}

TEST_CASE("get gives nothing for an expired object whose row has gone") {
  test::ShopSession shop;
  Category tea = shop.category("Tea");
  shop.session.commit();
  shop.session.sql("DELETE FROM category");
  CHECK(!shop.session.get<Category>(1));
  CHECK(tea.state() == ObjectState::deleted);
  shop.session.verify();
  shop.session.rollback();
  CHECK(shop.session.get<Category>(1) == tea);
}

TEST_CASE("a new object takes the key of one whose row went behind the session's back") {
  test::ShopSession shop;
  Category tea = shop.category("Tea");
  shop.session.commit();
  CHECK(tea.name.value() == "Tea");
  shop.session.sql("DELETE FROM category");
  Category coffee = shop.category("Coffee");
  coffee.id = 1;
  shop.session.flush();
  shop.session.verify();
  CHECK(shop.session.get<Category>(1) == coffee);
  CHECK(tea.state() == ObjectState::deleted);
  shop.session.rollback();
  CHECK(shop.session.get<Category>(1) == tea);
}

TEST_CASE("get refuses what cannot be a key") {
  test::ShopSession shop;
  const Model& category = shop.registry.model("category");
  shop.category("Tea");
  for (const Value& wrong : {Value("1"), Value(1.5), Value()}) {
    CHECK(caught([&] { shop.session.get(category, {wrong}); }).reason == "type_mismatch");
  }
  CHECK(caught([&] { shop.session.get(category, {1, 2}); }).code == Code::validation);
  CHECK(caught([&] { shop.session.require(category, {7}); }).code == Code::not_found);
}

TEST_CASE("refresh gives up the pending changes of its object, and of no other") {
  test::ShopSession shop;
  Category a = shop.category("A");
  Category b = shop.category("B");
  shop.session.commit();
  a.name = "lost";
  b.name = "kept";
  shop.session.refresh(a.record());
  CHECK(a.name.value() == "A");
  shop.session.commit();
  CHECK(b.name.value() == "kept");
}

TEST_CASE("reading a relation of an unsaved object does not save it") {
  test::ShopSession shop;
  Category tea = shop.category("Tea");
  shop.session.commit();
  auto product = shop.session.make<Product>();
  product.name = "Green tea";
  product.category_id = 1;
  shop.session.add(product);
  CHECK(product.category == tea);
  CHECK(product.product_items.empty());
  CHECK(product.state() == ObjectState::pending);
}

TEST_CASE("text that is not Unicode, and NaN, are refused when they are assigned") {
  test::ShopSession shop;
  Category tea = shop.category("Tea");
  const std::string lone_surrogate = "a\xED\xA0\xBD";
  CHECK(caught([&] { tea.name = lone_surrogate; }).reason == "encoding");
  CHECK(tea.name.value() == "Tea");
  const double zero = 0;
  CHECK(caught([&] { tea.record().set("name", zero / zero); }).reason == "invalid_value");
}

TEST_CASE("a list is not what a to-one relation takes, nor one object a collection") {
  test::ShopSession shop;
  Category tea = shop.category("Tea");
  Product leaf = shop.product("Leaf", tea);
  const vitrine::Relationship& category = shop.registry.model("product").relationship("category");
  const vitrine::Relationship& products = shop.registry.model("category").relationship("products");
  Record& record = leaf.record();
  CHECK(caught([&] { record.replace(category, {&tea.record()}); }).reason == "not_an_entity");
  CHECK(caught([&] { tea.record().relate(products, &record); }).reason == "wrong_type");
}

TEST_CASE("an integer that 64 bits do not hold is refused where it is read") {
  test::ShopSession shop;
  const Model& category = shop.registry.model("category");
  const auto read = [&](const char* digits) {
    return read_value(category, category.columns[0], {{"$int", digits}}, "id");
  };
  CHECK(read("9223372036854775807") == Value(INT64_MAX));
  CHECK(caught([&] { read("9223372036854775808"); }).code == Code::range);
}

TEST_CASE("like_folded finds letters of any script in either case, with or without accents") {
  test::ShopSession shop;
  for (const char* name : {"été", "ÉTÉ", "Tea"}) shop.category(name);
  Select select;
  select.model = &shop.registry.model("Category");
  select.where.emplace();
  select.where->op = Operator::like_folded;
  select.where->path = Path::parse("name");
  for (const char* wanted : {"été", "Ete", "ÉTÉ"}) {
    select.where->values = {wanted};
    CHECK(shop.session.count(select) == 2);
  }
}

TEST_CASE("a rollback to a savepoint takes back what collections hold") {
  test::ShopSession shop;
  Category tea = shop.category("Tea");
  Product leaf = shop.product("Leaf", tea);
  shop.session.flush();
  CHECK(tea.products.size() == 1);
  shop.session.begin_savepoint();
  Product bean = shop.product("Bean", tea);
  shop.session.remove(leaf);
  shop.session.flush();
  CHECK(tea.products.size() == 1);
  shop.session.rollback_savepoint();
  shop.session.verify();
  REQUIRE(tea.products.size() == 1);
  CHECK(tea.products[0] == leaf);
  CHECK(bean.state() == ObjectState::transient);
  shop.session.begin_savepoint();
  leaf.category_id = nullptr;
  shop.session.flush();
  CHECK(tea.products.empty());
  shop.session.rollback_savepoint();
  CHECK(tea.products.size() == 1);
  CHECK(leaf.category == tea);
}

TEST_CASE("an id set before the object joined the session puts it into the collection") {
  test::ShopSession shop({.autoflush = false});
  Category tea = shop.category("Tea");
  shop.session.commit();
  auto leaf = shop.session.make<Product>();
  leaf.name = "Leaf";
  leaf.category_id = 1;
  shop.session.add(leaf);
  CHECK(tea.products.size() == 1);
  CHECK(leaf.category == tea);
}

TEST_CASE("an expired object is moved from where it is now, not from where it once was") {
  test::ShopSession shop({.autoflush = false});
  Category tea = shop.category("Tea");
  Category boots = shop.category("Boots");
  Product leaf = shop.product("Leaf", tea);
  shop.session.commit();
  shop.session.begin_savepoint();
  leaf.category = boots;
  shop.session.flush();
  shop.session.rollback_savepoint();
  leaf.category_id = 2;
  CHECK(tea.products.empty());
  CHECK(boots.products.size() == 1);
  shop.session.verify();
}

TEST_CASE("a name can be taken over from an expired object that gives it up") {
  test::ShopSession shop;
  Category tea = shop.category("Tea");
  shop.session.commit();
  shop.session.sql("UPDATE category SET name = 'Herbs'");
  tea.name = "Coffee";
  shop.category("Herbs");
  shop.session.commit();
  shop.session.sql("UPDATE category SET name = 'Mate' WHERE id = 1");
  shop.session.remove(tea);
  shop.category("Mate");
  shop.session.commit();
  CHECK(shop.rows("category") == 2);
}

TEST_CASE("what an id moves settles with the flush, in both collections") {
  test::ShopSession shop({.autoflush = false});
  Category tea = shop.category("Tea");
  Category boots = shop.category("Boots");
  Product leaf = shop.product("Leaf", tea);
  shop.session.commit();
  leaf.category_id = 2;
  shop.session.flush();
  leaf.category_id = 1;
  CHECK(boots.products.empty());
  CHECK(tea.products.size() == 1);
}

TEST_CASE("a detached object that was expired still gives its id, and nothing else") {
  test::ShopSession shop;
  Category tea = shop.category("Tea");
  shop.session.commit();
  shop.session.expunge(tea.record());
  CHECK(tea.id.value() == 1);
  CHECK(caught([&] { tea.name.value(); }).reason == "detached");
}

TEST_CASE("a delete flushes what is pending first, whatever its cascades have to load") {
  for (const bool autoflush : {true, false}) {
    test::ShopSession shop({.autoflush = autoflush});
    auto picture = shop.session.make<ProductPicture>();
    picture.width = 10;
    picture.height = 10;
    picture.mimetype = "image/png";
    picture.product = shop.product("Leaf", shop.category("Tea"));
    shop.session.commit();
    Category boots = shop.category("Boots");
    shop.session.remove(picture);
    CHECK(boots.state() == (autoflush ? ObjectState::persistent : ObjectState::pending));
  }
}

}  // namespace vitrine::session_life_test
