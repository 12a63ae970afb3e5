// Declared classes: assigning, walking and querying them as a user of C++ does.
#include <doctest/doctest.h>

#include "session/shop_session.h"

using namespace vitrine;
using namespace vitrine::catalog;
using declare::column, declare::relation, declare::loading;

TEST_CASE("the class names and their tables are pinned") {
  const Registry registry = make_registry();
  const std::vector<std::pair<std::string, std::string>> expected = {
      {"Category", "category"},
      {"UOM", "uom"},
      {"Product", "product"},
      {"Product_Item", "product_item"},
      {"ProductPicture", "product_picture"},
      {"UserPicture", "user_picture"},
      {"ProductPhoto", "product_photo"},
      {"ImageBlob", "image_blob"}};
  REQUIRE(registry.models().size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CHECK(registry.models()[i]->name == expected[i].first);
    CHECK(registry.models()[i]->table == expected[i].second);
  }
}

TEST_CASE("assigning a parent puts the child into its collection at once") {
  test::ShopSession shop;
  Category boots = shop.category("Boots");
  Product boot = shop.product("Hiking boot", boots);
  CHECK(boots.products.size() == 1);
  CHECK(boots.products[0] == boot);
  boot.category = nullptr;
  CHECK(boots.products.empty());
  shop.session.verify();
}

TEST_CASE("a copied handle refers to the same object") {
  test::ShopSession shop;
  Category boots = shop.category("Boots");
  Category same = boots;
  same.name = "Shoes";
  CHECK(boots.name.value() == "Shoes");
  Category other = shop.category("Hats");
  other = boots;
  CHECK(other == boots);
  CHECK(boots.name.value() == "Shoes");
}

TEST_CASE("every member of every model reads through its own handle") {
  test::ShopSession shop;
  Product boot = shop.product("Hiking boot", shop.category("Boots"));
  auto picture = shop.session.make<ProductPicture>();
  picture.width = 64;
  picture.height = 48;
  picture.mimetype = "image/webp";
  picture.alt = "A boot";
  boot.image.append(picture);
  shop.session.commit();
  const ProductPicture copy = picture;
  CHECK(copy.width.value() == 64);
  CHECK(copy.height.value() == 48);
  CHECK(copy.original.value() == false);
  CHECK(copy.created_at.value().size() == 24);
  CHECK(copy.sha256.is_null());
  CHECK(copy.product_id.value() == boot.id.value());
  CHECK(copy.product->name.value() == "Hiking boot");
}

TEST_CASE("a query by members finds, orders and loads") {
  test::ShopSession shop;
  Category boots = shop.category("Boots");
  Category hats = shop.category("Hats");
  shop.item("Boot 42", shop.product("Boot", boots));
  shop.product("Bonnet", hats);
  shop.session.commit();
  shop.statements.clear();
  auto found = shop.session.query<Product>()
                   .where(column(&Product::name).like("b%"))
                   .load(&Product::category)
                   .load(loading(&Product::product_items).load(&Product_Item::uom))
                   .order_by(relation(&Product::category).column(&Category::name).descending())
                   .all();
  CHECK(shop.statements.size() == 3);  // no item has a unit, so none is asked for
  REQUIRE(found.size() == 2);
  CHECK(found[0].category->name.value() == "Hats");
  CHECK(found[1].product_items.size() == 1);
  CHECK(shop.statements.size() == 3);  // no item has a unit, so none is asked for
}

TEST_CASE("a deleted category takes its products and their items with it") {
  test::ShopSession shop;
  Category boots = shop.category("Boots");
  shop.item("Boot 42", shop.product("Boot", boots));
  shop.session.commit();
  shop.session.remove(boots);
  shop.session.commit();
  CHECK(shop.rows("product") == 0);
  CHECK(shop.rows("product_item") == 0);
  CHECK(boots.state() == ObjectState::detached);
}

TEST_CASE("an empty handle says that it refers to nothing") {
  test::ShopSession shop;
  const Product nobody = shop.session.get<Product>(99);
  CHECK(!nobody);
  CHECK_THROWS_WITH_AS(nobody.name.value(), doctest::Contains("refers to no object"), Error);
}
