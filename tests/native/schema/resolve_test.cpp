// What Registry::resolve() works out from declarations that are sound.
#include <doctest/doctest.h>

#include "schema/shop.h"

namespace vitrine::schema_resolve_test {

using namespace vitrine::testing;

namespace {

using Columns = std::vector<std::size_t>;

Registry resolved_shop() {
  Registry registry = shop();
  registry.resolve();
  registry.verify();
  return registry;
}

const Column& column(const Registry& registry, const char* model, const char* name) {
  const Model& found = registry.model(model);
  return found.columns[found.column_index(name)];
}

OnDelete on_delete(const Registry& registry, const char* model, const char* name) {
  return column(registry, model, name).foreign_key->on_delete;
}

std::vector<std::string> order_of(const Registry& registry) {
  std::vector<std::string> names;
  for (const Model* model : registry.dependency_order()) names.push_back(model->name);
  return names;
}

// Category and Product where a product belongs to one category by `words` of cascade.
Registry pair_with(std::string_view words, bool uselist) {
  Registry registry;
  registry.add(category_model());
  Model product = product_model();
  product.relationships.front().backref->options.cascade = Cascade::parse(words);
  product.relationships.front().backref->options.uselist = uselist;
  registry.add(std::move(product));
  registry.resolve();
  return registry;
}

}  // namespace

TEST_CASE("a backref becomes a relationship of the target, and each side knows the other") {
  const Registry registry = resolved_shop();
  const Relationship& products = registry.model("Category").relationship("products");
  const Relationship& category = registry.model("Product").relationship("category");
  CHECK(products.direction == Direction::one_to_many);
  CHECK(products.is_collection());
  CHECK(products.cascade.delete_);
  CHECK(products.inverse == &category);
  CHECK(category.inverse == &products);
  CHECK(category.back_populates == "products");
  CHECK_FALSE(category.backref);
}

TEST_CASE("a many-to-one pairs its foreign key with the target's key") {
  const Registry registry = resolved_shop();
  const Relationship& category = registry.model("product").relationship("category");
  CHECK(category.owner == registry.find("Product"));
  CHECK(category.target_model == registry.find("category"));
  CHECK(category.local == Columns{2});
  CHECK(category.remote == Columns{0});
  CHECK(category.foreign_keys == std::vector<std::string>{"category_id"});
}

TEST_CASE("a many-to-many pairs both sides with its table of links") {
  const Registry registry = resolved_shop();
  const Relationship& products = registry.model("Tag").relationship("products");
  const Relationship& tags = registry.model("Product").relationship("tags");
  CHECK(products.secondary_model == registry.find("product_tag"));
  CHECK(products.local == Columns{0});
  CHECK(products.secondary_local == Columns{1});
  CHECK(products.secondary_remote == Columns{0});
  CHECK(tags.secondary_local == products.secondary_remote);
  CHECK(tags.inverse == &products);
  CHECK(tags.foreign_keys == std::vector<std::string>{"product_id", "tag_id"});
}

TEST_CASE("two links of a model to itself are told apart by foreign_keys") {
  Registry registry;
  Relationship friends = relation("follows", "Person", Direction::many_to_many);
  friends.secondary = "follow";
  friends.foreign_keys = {"follower_id", "followed_id"};
  friends.backref = Backref{"followers", {}};
  registry.add(model_of("Person", "person", {key_column("id")}, {friends}));
  Column follower = foreign_column("follower_id", "person");
  Column followed = foreign_column("followed_id", "person");
  follower.primary_key = followed.primary_key = true;
  registry.add(model_of("Follow", "follow", {follower, followed}));
  registry.resolve();
  const Relationship& followers = registry.model("Person").relationship("followers");
  CHECK(followers.secondary_local == Columns{1});
  CHECK(followers.secondary_remote == Columns{0});
  CHECK(followers.foreign_keys == std::vector<std::string>{"followed_id", "follower_id"});
}

TEST_CASE("a model can refer to itself, and both directions are told apart") {
  Registry registry;
  Relationship children = relation("children", "Node", Direction::one_to_many);
  children.backref = Backref{"parent", {}};
  registry.add(model_of("Node", "node", {key_column("id"), foreign_column("parent_id", "node")},
                        {children}));
  registry.resolve();
  const Model& node = registry.model("Node");
  CHECK(node.relationship("parent").is_many_to_one());
  CHECK(node.relationship("parent").local == Columns{1});
  CHECK(node.relationship("children").remote == Columns{1});
  CHECK(node.relationship("children").inverse == &node.relationship("parent"));
}

TEST_CASE("ON DELETE follows the delete cascade of the other side") {
  CHECK(on_delete(pair_with("delete, all", true), "Product", "category_id") == OnDelete::cascade);
  CHECK(on_delete(pair_with("save-update, merge", true), "Product", "category_id") ==
        OnDelete::nothing);
}

TEST_CASE("ON DELETE that was declared is kept") {
  Registry registry;
  registry.add(category_model());
  Model product = product_model();
  product.columns[2].foreign_key->on_delete = OnDelete::restrict;
  registry.add(std::move(product));
  registry.resolve();
  CHECK(on_delete(registry, "Product", "category_id") == OnDelete::restrict);
}

TEST_CASE("links go with either of the rows they link") {
  const Registry registry = resolved_shop();
  CHECK(on_delete(registry, "ProductTag", "product_id") == OnDelete::cascade);
  CHECK(on_delete(registry, "ProductTag", "tag_id") == OnDelete::cascade);
}

TEST_CASE("every foreign key has an index, unless a key already leads with it") {
  const Registry registry = resolved_shop();
  CHECK(column(registry, "Product", "category_id").index);
  CHECK_FALSE(column(registry, "ProductTag", "product_id").index);
  CHECK(column(registry, "ProductTag", "tag_id").index);
}

TEST_CASE("the foreign key of a one-to-one is unique") {
  const Registry registry = pair_with("all, delete-orphan", false);
  CHECK(column(registry, "Product", "category_id").unique);
  CHECK_FALSE(column(registry, "Product", "category_id").index);
  CHECK_FALSE(registry.model("Category").relationship("products").is_collection());
}

TEST_CASE("a viewonly relation decides nothing about the keys it reads by") {
  Registry registry;
  registry.add(category_model());
  Model product = product_model();
  product.relationships.front().backref.reset();
  registry.add(std::move(product));
  Relationship newest;
  newest.name = "newest";
  newest.target = "Product";
  newest.direction = Direction::one_to_many;
  newest.uselist = false;
  newest.viewonly = true;
  newest.cascade = Cascade::parse("");
  const_cast<Model&>(registry.model("Category")).relationships.push_back(newest);
  registry.resolve();
  CHECK_FALSE(column(registry, "Product", "category_id").unique);
  CHECK(on_delete(registry, "Product", "category_id") != OnDelete::cascade);
}

TEST_CASE("keys are found in the order of their columns") {
  const Registry registry = resolved_shop();
  const Model& links = registry.model("ProductTag");
  CHECK(links.primary_key == Columns{0, 1});
  CHECK_FALSE(links.rowid_column);
  CHECK(links.columns[1].not_null);
  CHECK(registry.model("Product").rowid_column == 0);
}

TEST_CASE("a composite foreign key is one key when it covers the whole of the other") {
  Registry registry;
  registry.add(model_of("Shelf", "shelf", {key_column("hall"), key_column("number")}));
  registry.add(model_of("Book", "book",
                        {key_column("id"), foreign_column("shelf_hall", "shelf", "hall"),
                         foreign_column("shelf_number", "shelf", "number")},
                        {relation("shelf", "Shelf")}));
  registry.resolve();
  const Relationship& shelf = registry.model("Book").relationship("shelf");
  CHECK(shelf.local == Columns{1, 2});
  CHECK(shelf.remote == Columns{0, 1});
}

TEST_CASE("foreign_keys chooses between two foreign keys to the same model") {
  Registry registry;
  registry.add(model_of("Town", "town", {key_column("id")}));
  Relationship home = relation("home", "Town");
  home.foreign_keys = {"home_id"};
  home.backref = Backref{"residents", {}};
  Relationship work = relation("work", "Town");
  work.foreign_keys = {"work_id"};
  work.backref = Backref{"workers", {}};
  registry.add(model_of(
      "Person", "person",
      {key_column("id"), foreign_column("home_id", "town"), foreign_column("work_id", "town")},
      {home, work}));
  registry.resolve();
  CHECK(registry.model("Town").relationship("residents").remote == Columns{1});
  CHECK(registry.model("Town").relationship("workers").remote == Columns{2});
}

TEST_CASE("parents come before children, and else the order of declaration holds") {
  Registry registry;
  registry.add(item_model());
  registry.add(product_model());
  registry.add(model_of("Note", "note", {key_column("id")}));
  registry.add(category_model());
  registry.resolve();
  CHECK(order_of(registry) == std::vector<std::string>{"Note", "Category", "Product", "Item"});
}

TEST_CASE("inside a cycle the foreign keys that are not null decide the order") {
  Registry registry;
  Column boss = foreign_column("boss_id", "person");
  boss.not_null = true;
  registry.add(model_of("Team", "team", {key_column("id"), boss}));
  registry.add(model_of("Person", "person", {key_column("id"), foreign_column("team_id", "team")}));
  registry.add(model_of("Desk", "desk", {key_column("id"), foreign_column("team_id", "team")}));
  registry.resolve();
  CHECK(order_of(registry) == std::vector<std::string>{"Person", "Team", "Desk"});
}

TEST_CASE("a resolved registry still validates, and takes no more models") {
  Registry registry = resolved_shop();
  CHECK(registry.validate().empty());
  try {
    registry.add(model_of("Late", "late", {key_column("id")}));
    FAIL("the model was added");
  } catch (const Error& error) {
    CHECK(error.code() == Code::state);
  }
}

TEST_CASE("an unknown model is refused with the names there are") {
  const Registry registry = resolved_shop();
  CHECK(registry.find("produkt") == nullptr);
  try {
    registry.model("produkt");
    FAIL("it was found");
  } catch (const Error& error) {
    CHECK(error.code() == Code::validation);
    CHECK(error.failure().reason == "unknown_attribute");
    CHECK(std::string(error.what()).find("Category, Product, Item") != std::string::npos);
  }
}

}  // namespace vitrine::schema_resolve_test
