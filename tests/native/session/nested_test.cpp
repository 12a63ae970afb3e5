// Nested data: each operation of each kind of relation, and what is refused, with its place.
#include "orm/session/nested_write.h"

#include <doctest/doctest.h>

#include "session/shop_session.h"
#include "support/caught.h"

namespace vitrine::session_nested_test {

using namespace vitrine::catalog;
using testing::caught;

namespace {

using Names = std::vector<std::string>;

// A category with two products; the first has an item in pairs. All is stored.
struct Shop : test::ShopSession {
  Shop() {
    create("UOM", R"({"name": "pair"})");
    create("Category", R"({"name": "Boots", "description": "d", "products": {"create": [
      {"name": "Hiking", "description": "d", "product_items": {"create":
        {"name": "Hiking 42", "description": "d", "uom": {"connect": {"name": "pair"}}}}},
      {"name": "Rain", "description": "d"}]}})");
  }
  Record& create(const char* model, const std::string& data) {
    NestedWrite write(session);
    Record& made = write.create(registry.model(model), Json::parse(data));
    session.commit();
    return made;
  }
  Record& row(const char* model, int id) { return session.require(registry.model(model), {id}); }
  void update(const char* model, int id, const std::string& data) {
    NestedWrite write(session);
    write.update(row(model, id), Json::parse(data));
    session.commit();
  }
  Failure refused(const char* model, int id, const std::string& data) {
    const Failure failure = caught([&] { update(model, id, data); });
    session.rollback();
    return failure;
  }
  Names names(const std::string& from) {
    Names found;
    for (const auto& row : session.sql("SELECT name FROM " + from + " ORDER BY id")) {
      found.push_back(*row[0].text());
    }
    return found;
  }
  Names of_boots() { return names("product WHERE category_id = 1"); }
};

std::string deep(int levels) {
  std::string text = R"({"name": "n", "description": "d"})";
  for (int level = 1; level < levels; ++level) {
    const std::string below =
        level % 2 == 1 ? R"("category": {"create": )" : R"("products": {"create": )";
    const std::string name = std::to_string(level);
    text = R"({"name": "n)" + name + R"(", "description": "d", )" + below + text + "}}";
  }
  return text;
}

}  // namespace

TEST_CASE_FIXTURE(Shop, "a to-one relation is created, connected, found or made, and let go") {
  update("Product", 1, R"({"category": {"disconnect": true}})");
  CHECK(of_boots() == Names{"Rain"});
  update("Product", 1, R"({"category": {"connect": 1}})");
  CHECK(of_boots() == Names{"Hiking", "Rain"});
  update("Product", 1, R"({"category": null})");
  CHECK(of_boots() == Names{"Rain"});
  update("Product", 1, R"({"category": {"connect": {"name": "Boots"}}})");
  CHECK(of_boots() == Names{"Hiking", "Rain"});
  update("Product", 1, R"({"category": {"create": {"name": "Tents", "description": "d"}}})");
  CHECK(of_boots() == Names{"Rain"});
  update("Product", 1,
         R"({"category": {"connectOrCreate": {"name": "Boots", "description": "other"}}})");
  CHECK(of_boots() == Names{"Hiking", "Rain"});
  CHECK(names("category WHERE description = 'd'") == Names{"Boots", "Tents"});
}

TEST_CASE_FIXTURE(Shop, "what a to-one relation refers to is updated or deleted through it") {
  update("Product", 1, R"({"category": {"update": {"name": "Footwear"}}})");
  CHECK(names("category") == Names{"Footwear"});
  update("Product_Item", 1, R"({"uom": {"delete": true}})");
  CHECK(rows("uom") == 0);
  CHECK(rows("product_item") == 0);
}

TEST_CASE_FIXTURE(Shop, "a to-one operation that says nothing is refused") {
  const auto place = [&](const char* data) { return refused("Product", 1, data).path; };
  CHECK(place(R"({"category": {"disconnect": false}})") == "category.disconnect");
  CHECK(place(R"({"category": {"disconnect": 1}})") == "category.disconnect");
  CHECK(place(R"({"category": {"delete": false}})") == "category.delete");
  CHECK(place(R"({"category": {"set": 1}})") == "category.set");
  CHECK(place(R"({"category": {}})") == "category");
  CHECK(place(R"({"category": {"connect": 1, "create": {}}})") == "category");
  CHECK(place(R"({"category": [1]})") == "category");
  update("Product", 1, R"({"category": {"disconnect": true}})");
  const Failure nothing = refused("Product", 1, R"({"category": {"update": {"name": "x"}}})");
  CHECK(nothing.reason == "not_found");
  CHECK(nothing.path == "category.update");
  CHECK(refused("Product", 1, R"({"category": {"connect": 9}})").code == Code::not_found);
}

TEST_CASE_FIXTURE(Shop, "a to-many relation takes one object or a list in each operation") {
  update("Category", 1, R"({"products": {"create": {"name": "Snow", "description": "d"}}})");
  CHECK(of_boots() == Names{"Hiking", "Rain", "Snow"});
  update("Category", 1, R"({"products": {"disconnect": [{"name": "Rain"}, 3]}})");
  CHECK(of_boots() == Names{"Hiking"});
  update("Category", 1, R"({"products": {"connect": 2}})");
  CHECK(of_boots() == Names{"Hiking", "Rain"});
  update("Category", 1, R"({"products": {"set": [{"name": "Snow"}, 1]}})");
  CHECK(of_boots() == Names{"Hiking", "Snow"});
  update("Category", 1, R"({"products": {"connectOrCreate": [
    {"name": "Rain", "description": "other"}, {"name": "Clogs", "description": "d"}]}})");
  CHECK(of_boots() == Names{"Hiking", "Rain", "Snow", "Clogs"});
  CHECK(names("product WHERE description = 'other'").empty());
  update("Category", 1,
         R"({"products": {"update": {"where": {"name": "Rain"}, "data": {"name": "Wet"}}}})");
  CHECK(of_boots() == Names{"Hiking", "Wet", "Snow", "Clogs"});
  update("Category", 1, R"({"products": {"delete": [{"name": "Wet"}, 1]}})");
  CHECK(names("product") == Names{"Snow", "Clogs"});
  CHECK(rows("product_item") == 0);
  update("Category", 1, R"({"products": {"set": []}})");
  CHECK(of_boots().empty());
  CHECK(rows("product") == 2);
}

TEST_CASE_FIXTURE(Shop, "a single related object is changed without the others being read") {
  const auto reads_all = [&](const char* updates) {
    session.expunge_all();
    Record& boots = row("Category", 1);
    NestedWrite(session).update(
        boots, Json::parse(std::string(R"({"products": {"update": )") + updates + "}}"));
    const bool loaded = boots.slot(*boots.model().find_relationship("products")).loaded;
    session.commit();
    return loaded;
  };
  CHECK_FALSE(reads_all(R"({"where": 2, "data": {"name": "Wet"}})"));
  CHECK_FALSE(reads_all(R"([{"where": {"name": "Hiking"}, "data": {"name": "Walking"}}])"));
  CHECK(of_boots() == Names{"Walking", "Wet"});
  CHECK(reads_all(R"([{"where": 1, "data": {}}, {"where": 2, "data": {"name": "Rain"}}])"));
  CHECK(of_boots() == Names{"Walking", "Rain"});
  create("Category", R"({"name": "Tents", "description": "d"})");
  const Failure stranger =
      refused("Category", 2, R"({"products": {"update": {"where": 1, "data": {}}}})");
  CHECK(stranger.reason == "not_a_member");
  CHECK(stranger.path == "products.update.where");
}

TEST_CASE_FIXTURE(Shop, "operations apply in one order, however they are written") {
  update("Category", 1, R"({"products": {"create": {"name": "Snow", "description": "d"},
    "connect": {"name": "Hiking"}, "set": []}})");
  CHECK(of_boots() == Names{"Hiking", "Snow"});
}

TEST_CASE_FIXTURE(Shop, "a to-many operation that cannot be meant is refused at its place") {
  const auto refusal = [&](const char* data) { return refused("Category", 1, data); };
  CHECK(refusal(R"({"products": [1]})").path == "products");
  CHECK(refusal(R"({"products": {"remove": 1}})").path == "products.remove");
  CHECK(refusal(R"({"products": {"connect": [1, 9]}})").path == "products.connect[1]");
  CHECK(refusal(R"({"products": {"update": [{"where": 1}]}})").path == "products.update[0]");
  CHECK(refusal(R"({"products": {"update": [{"data": {}}]}})").path == "products.update[0]");
  CHECK(refusal(R"({"products": {"update": {"where": 9, "data": {}}}})").path ==
        "products.update.where");
  CHECK(refusal(R"({"products": {"create": [{"nmae": "x"}]}})").path == "products.create[0].nmae");
  CHECK(refusal(R"({"products": {"create": 1}})").path == "products.create");
  create("Category", R"({"name": "Tents", "description": "d"})");
  const Failure stranger = refused("Category", 2, R"({"products": {"delete": 1}})");
  CHECK(stranger.code == Code::not_found);
  CHECK(stranger.reason == "not_a_member");
  CHECK(stranger.path == "products.delete");
  CHECK(rows("product") == 2);
}

TEST_CASE_FIXTURE(Shop, "data nests sixteen deep and no deeper") {
  create("Product", deep(NestedWrite::kMaxDepth));
  CHECK(caught([&] { create("Category", deep(NestedWrite::kMaxDepth + 1)); }).reason ==
        "invalid_argument");
  session.rollback();
  // Depth is of nesting, not of how much there is.
  std::string many;
  for (int i = 0; i < 20; ++i) {
    many += (i ? ", " : "") + std::string(R"({"description": "d", "name": "m)") +
            std::to_string(i) + "\"}";
  }
  update("Category", 1, R"({"products": {"create": [)" + many + "]}}");
  CHECK(of_boots().size() == 22);
}

TEST_CASE_FIXTURE(Shop, "a key is the primary key or one unique value") {
  const auto key = [&](const char* model, const char* json) {
    return read_key(registry.model(model), Json::parse(json), "key").size();
  };
  CHECK(key("Product", "1") == 1);
  CHECK(key("Product", R"({"id": 1})") == 1);
  CHECK(key("Product", R"({"name": "x"})") == 1);
  CHECK(key("ProductPicture", R"({"product_id": 1, "width": 2, "height": 3})") == 3);
  const auto refusal = [&](const char* model, const char* json) {
    return caught([&] { key(model, json); }).reason;
  };
  CHECK(refusal("Product", "null") == "invalid_argument");
  CHECK(refusal("Product", R"({"description": "d"})") == "invalid_argument");
  CHECK(refusal("Product", R"({"id": 1, "name": "x"})") == "invalid_argument");
  CHECK(refusal("Product", R"({"nmae": "x"})") == "invalid_argument");
  CHECK(refusal("Product", "{}") == "invalid_argument");
  CHECK(refusal("ProductPicture", "1") == "invalid_argument");
  CHECK(refusal("ProductPicture", R"({"product_id": 1, "width": 2})") == "invalid_argument");
  CHECK(refusal("ProductPicture", R"({"product_id": 1, "width": 2, "mimetype": "x"})") ==
        "invalid_argument");
}

TEST_CASE_FIXTURE(Shop, "what waits to be saved is found by its key as well") {
  NestedWrite write(session);
  const Model& category = registry.model("Category");
  Record& fresh = write.create(category, Json::parse(R"({"name": "Tents", "description": "d"})"));
  CHECK(&write.require(category, Json::parse(R"({"name": "Tents"})")) == &fresh);
  Record& again = write.upsert(category, Json::parse(R"({"name": "Tents", "description": "e"})"));
  CHECK(&again == &fresh);
  CHECK(fresh.get("description") == Value("e"));
  Record& other = write.upsert(category, Json::parse(R"({"name": "Ropes", "description": "d"})"));
  CHECK(&other != &fresh);
  CHECK(write.path(fresh).empty());
  session.commit();
  CHECK(names("category") == Names{"Boots", "Tents", "Ropes"});
}

TEST_CASE_FIXTURE(Shop, "an upsert finds its row by the key before any unique value") {
  NestedWrite write(session);
  const Model& product = registry.model("Product");
  Record& first = write.upsert(product, Json::parse(R"({"id": 1, "name": "Walking"})"));
  CHECK(&first == &row("Product", 1));
  Record& second = write.upsert(product, Json::parse(R"({"name": "Rain", "description": "e"})"));
  CHECK(&second == &row("Product", 2));
  // A row that only the name finds does not take another key.
  const auto other_key = Json::parse(R"({"id": 77, "name": "Rain"})");
  CHECK(caught([&] { write.upsert(product, other_key); }).fields == Names{"id"});
}

}  // namespace vitrine::session_nested_test
