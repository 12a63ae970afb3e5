// Declared classes: assigning, walking and querying them as a user of C++ does.
#include <doctest/doctest.h>

#include "session/shop_session.h"

namespace vitrine::session_typed_test {

using namespace vitrine::catalog;
using declare::column, declare::relation, declare::loading;

namespace {

// A model of a program's own, with what the catalog's models do not say.
struct Shelf : declare::Base<Shelf> {
  static constexpr const char* tablename = "shelf";

  declare::Column<declare::Integer> id = {this, "id", declare::primary_key};
  declare::Column<declare::Integer> place = {this, "place", declare::index};
  declare::Column<declare::Text> label = {this, "label", declare::ServerDefault{"'none'"},
                                          declare::Check{"length(label) > 1", "ck_label"}};
  declare::Column<declare::Integer> version = {this, "version", declare::not_null,
                                               declare::version_counter};
};

}  // namespace

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

TEST_CASE("a page goes on after its last object, by columns of related objects as well") {
  test::ShopSession shop;
  for (const char* name : {"A", "B"}) {
    Category of = shop.category(name);
    for (const char* part : {"1", "2", "3"}) shop.product(std::string(name) + part, of);
  }
  shop.session.commit();
  std::vector<std::string> seen;
  std::optional<Product> last;
  for (int page = 0; page < 4; ++page) {
    auto query = shop.session.query<Product>();
    query.order_by(relation(&Product::category).column(&Category::name).descending())
        .order_by(column(&Product::name).ascending())
        .limit(2);
    if (last) query.after(*last);
    for (const Product& product : query.all()) {
      seen.push_back(product.name.value());
      last = product;
    }
  }
  CHECK(seen == std::vector<std::string>{"B1", "B2", "B3", "A1", "A2", "A3"});
}

TEST_CASE("totals are counted in groups, over what the conditions leave") {
  test::ShopSession shop;
  Category boots = shop.category("Boots");
  Category hats = shop.category("Hats");
  for (const char* name : {"Hiking", "Ski"}) shop.product(name, boots);
  shop.product("Bonnet", hats);
  shop.product("Old", hats);
  const auto name_of_category = relation(&Product::category).column(&Category::name);
  auto query = shop.session.query<Product>();
  query.where(column(&Product::name) != "Old");
  CHECK(query.totals().by(name_of_category).count().max(column(&Product::id)).order_by(1).all() ==
        Session::Rows{{"Hats", 1, 3}, {"Boots", 2, 2}});
  CHECK(query.totals().by(name_of_category).count().having(1, Operator::gt, 1).all() ==
        Session::Rows{{"Boots", 2}});
  CHECK(query.totals()
            .count_distinct(column(&Product::category_id))
            .min(column(&Product::id))
            .sum(column(&Product::id))
            .avg(column(&Product::id))
            .count(column(&Product::category_id))
            .all() == Session::Rows{{2, 1, 6, 2.0, 3}});
  CHECK(query.totals().by(name_of_category).count().order_by(0, true).limit(1).all() ==
        Session::Rows{{"Hats", 1}});
}

TEST_CASE("every comparison of a typed column finds what it says") {
  test::ShopSession shop;
  for (const char* name : {"A", "B", "C"}) shop.category(name);
  const auto name = column(&Category::name);
  const auto found = [&](const declare::Condition<Category>& condition) {
    std::string names;
    for (const Category& one : shop.session.query<Category>().where(condition).all()) {
      names += one.name.value();
    }
    return names;
  };
  CHECK(found(name == "B") == "B");
  CHECK(found(name != "B") == "AC");
  CHECK(found(name < "B") == "A");
  CHECK(found(name <= "B") == "AB");
  CHECK(found(name > "B") == "C");
  CHECK(found(name >= "B") == "BC");
  CHECK(found(name.between("A", "B")) == "AB");
  CHECK(found(name.in({"A", "C"})) == "AC");
  CHECK(found(name.not_in({"A", "C"})) == "B");
  CHECK(found(name.is_not_null() && !(name == "A")) == "BC");
  CHECK(found(name.is_null() || name.starts_with("A")) == "A");
  CHECK(found(name.contains("B") || name.ends_with("C")) == "BC");
  CHECK(found(name.like_folded("b") || name.starts_with_folded("c")) == "BC");
  CHECK(found(name.contains_folded("b") || name.ends_with_folded("a")) == "AB");
}

TEST_CASE("relations of a typed query are asked for any, every and one object") {
  test::ShopSession shop;
  Category boots = shop.category("Boots");
  Category none = shop.category("None");
  Product boot = shop.product("Boot", boots);
  Product alone = shop.session.make<Product>();
  alone.name = "Alone";
  alone.description = "d";
  shop.session.add(alone);
  const auto products = relation(&Category::products);
  const auto category = relation(&Product::category);
  const auto named = column(&Product::name) == "Boot";
  CHECK(shop.session.query<Category>().where(products.any()).one() == boots);
  CHECK(shop.session.query<Category>().where(products.any(named)).one() == boots);
  CHECK(shop.session.query<Category>().where(products.every(!named)).one() == none);
  CHECK(shop.session.query<Category>().where(products.contains(boot)).one() == boots);
  CHECK(shop.session.query<Product>().where(category.is(boots)).one() == boot);
  CHECK(shop.session.query<Product>().where(category.is_not(boots)).one() == alone);
  CHECK(shop.session.query<Product>().where(category.is_null()).one() == alone);
  CHECK(shop.session.query<Product>().where(category.has()).one() == boot);
  CHECK(shop.session.query<Product>().where(column(&Product::category_id) == nullptr).exists());
  CHECK(!shop.session.query<Product>().where(column(&Product::name) == "x").first());
}

TEST_CASE("a program declares models of its own, with every fact of a column") {
  Registry registry;
  declare::declare<Shelf>(registry);
  registry.resolve();
  CHECK(registry.model("Shelf").columns[1].index);
  CHECK(!registry.model("Shelf").columns[2].index);
  CHECK(registry.model("Shelf").columns[2].server_default == "'none'");
  CHECK(registry.model("Shelf").columns[2].check == "length(label) > 1");
  CHECK(registry.model("Shelf").columns[2].check_name == "ck_label");
  CHECK(registry.model("Shelf").version_column == 3);
}

}  // namespace vitrine::session_typed_test
