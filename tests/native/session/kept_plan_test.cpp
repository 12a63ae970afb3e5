// Kept plans: the same statements and rows as the request with its values, whatever the values.
#include "orm/session/kept_plan.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "bindings/packet.h"
#include "catalog/catalog.h"
#include "support/caught.h"

namespace vitrine::session_kept_plan_test {

using vitrine::testing::caught;

namespace {

std::string mark(std::size_t number) { return std::to_string(integer_mark(number)); }
std::string quoted_mark(std::size_t number) { return Json(text_mark(number)).dump(); }

// A catalog with three categories, and what ran on it.
struct Shop {
  Catalog catalog = Catalog::in_memory();
  ShapeTable shapes;
  Packet packet;
  std::vector<std::string> statements;

  Shop() {
    for (const std::string name : {"Boots", "Socks", "Shoes"}) {
      catalog.create("category", Json::parse(R"({"description": "", "name": ")" + name +
                                             R"(", "products": {"create": [{"name": ")" + name +
                                             R"(", "description": "d"}]}})"));
    }
    catalog.connection().on_statement(
        [this](const StatementEvent& event) { statements.emplace_back(event.sql); });
  }
  ~Shop() { catalog.connection().on_statement({}); }

  bool keep(std::size_t number, const std::string& request, std::size_t count) {
    return catalog.keep_plan(number, "category", nullptr, Json::parse(request), count) != nullptr;
  }
  bool keep_get(std::size_t number, const Json& key, std::size_t count) {
    return catalog.keep_plan(number, "category", &key, Json::object(), count) != nullptr;
  }
  // The texts of the rows, one after the other.
  std::string run(std::size_t number, std::vector<OpenValue> values) {
    statements.clear();
    PacketSink sink(packet, 0);
    catalog.run_kept(number, values, sink);
    return std::string(packet.text.view());
  }
  std::string find(const std::string& request) {
    statements.clear();
    PacketSink sink(packet, shapes);
    catalog.find("category", Json::parse(request), sink);
    return std::string(packet.text.view());
  }
};

OpenValue number(std::int64_t value) { return {.integer = value}; }
OpenValue text(std::string_view value) { return {.text = value}; }

}  // namespace

TEST_CASE("a kept plan runs the statements of the request with its values, one per node") {
  Shop shop;
  const auto request = [](const std::string& name, const std::string& limit) {
    return R"({"where": {"name": {"in": [)" + name + R"(, "Shoes"]}}, "limit": )" + limit +
           R"(, "select": ["name"], "include": {"products": {"select": ["name"]}}})";
  };
  REQUIRE(shop.keep(3, request(quoted_mark(0), mark(1)), 2));
  CHECK(shop.run(3, {text("Boots"), number(2)}) == shop.find(request(R"("Boots")", "2")));
  const std::vector<std::string> of_find = shop.statements;
  CHECK(of_find.size() == 2);
  CHECK(shop.run(3, {text("Socks"), number(1)}) == "SocksSocks");
  CHECK(shop.statements == of_find);
}

TEST_CASE("a kept get finds by number and by a unique text, and says what is not there") {
  Shop shop;
  REQUIRE(shop.keep_get(0, integer_mark(0), 1));
  REQUIRE(shop.keep_get(1, {{"name", text_mark(0)}}, 1));
  CHECK(shop.run(0, {number(2)}) == "Socks");
  CHECK(shop.run(1, {text("Shoes")}) == "Shoes");
  const Failure failure = caught([&] { shop.run(1, {text("Hats")}); });
  CHECK(failure.code == Code::not_found);
  CHECK(failure.message == R"(There is no Category with the key {"name":"Hats"}.)");
  CHECK(caught([&] { shop.run(0, {number(99)}); }).message ==
        "There is no Category with the key 99.");
}

TEST_CASE("a value that the statement does not take as it is keeps the plan from being kept") {
  Shop shop;
  for (const char* op : {"contains", "startsWith", "endsWith", "likeFolded", "containsFolded"}) {
    CAPTURE(op);
    CHECK_FALSE(shop.keep(
        0, R"({"where": {"name": {")" + std::string(op) + "\": " + quoted_mark(0) + "}}}", 1));
  }
  CHECK(shop.keep(0, R"({"where": {"name": {"like": )" + quoted_mark(0) + "}}}", 1));
  // Pages of rows that are numbered end at the sum of both.
  const std::string page = R"("limit": )" + mark(0) + R"(, "offset": )" + mark(1) + "}}}";
  CHECK_FALSE(shop.keep(0, R"({"include": {"products": {"search": "s", )" + page, 2));
  CHECK(shop.keep(0, R"({"include": {"products": {)" + page, 2));
}

TEST_CASE("a plan is run with as many values as it was kept for, and only where one is kept") {
  Shop shop;
  REQUIRE(shop.keep(0, R"({"limit": )" + mark(0) + "}", 1));
  CHECK(caught([&] { shop.run(0, {}); }).code == Code::state);
  CHECK(caught([&] { shop.run(1, {number(1)}); }).code == Code::state);
  CHECK(caught([&] { shop.keep(Catalog::kMaxKept, "{}", 0); }).code == Code::state);
  CHECK(shop.keep(0, R"({"limit": 1})", 0));
  CHECK(shop.run(0, {}) == "Boots");
}

TEST_CASE("a kept plan follows a schema that changed, and goes with its catalog") {
  Shop shop;
  REQUIRE(shop.keep_get(0, integer_mark(0), 1));
  CHECK(shop.run(0, {number(1)}) == "Boots");
  shop.catalog.connection().execute("CREATE TABLE other (id INTEGER PRIMARY KEY)");
  CHECK(shop.run(0, {number(3)}) == "Shoes");
}

}  // namespace vitrine::session_kept_plan_test
