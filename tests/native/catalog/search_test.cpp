// Full-text search as programs use it: nobody has to think of an index.
#include <doctest/doctest.h>

#include "catalog/catalog.h"
#include "catalog/strange_file.h"
#include "sqlite/user_triggers.h"

namespace vitrine::catalog_search_test {

namespace {

Json json(const char* text) { return Json::parse(text); }

// The ids of the rows that come.
class Ids : public RowSink {
 public:
  void begin_node(const PlanNode&, const PlanChild*) override {}
  void row(Statement& statement, std::int64_t) override {
    ids.push_back(statement.column_integer(0));
  }
  void end_node(std::span<const std::int64_t>) override {}
  std::vector<std::int64_t> ids;
};

struct Shop {
  Catalog catalog = Catalog::in_memory();

  Shop() {
    for (const char* product :
         {R"({"name": "Still water", "description": "From a spring"})",
          R"({"name": "Boots", "description": "Wäterproof"})",
          R"({"name": "Bread", "description": "Flour and a little water"})"}) {
      catalog.create("product", json(product));
    }
  }
  std::vector<std::int64_t> find(const char* request) {
    Ids found;
    catalog.find("product", json(request), found);
    return found.ids;
  }
  std::int64_t statements_of(const char* request) {
    const std::int64_t before = catalog.connection().statement_count();
    find(request);
    return catalog.connection().statement_count() - before;
  }
};

using Found = std::vector<std::int64_t>;

}  // namespace

TEST_CASE_FIXTURE(Shop, "a search finds the beginnings of words in names and descriptions") {
  CHECK(find(R"({"search": "water", "orderBy": {"id": "asc"}})") == Found{1, 2, 3});
  CHECK(find(R"({"search": "wat spr"})") == Found{1});
  CHECK(find(R"({"search": "wat", "where": {"name": {"startsWith": "B"}}, "limit": 1})").size() ==
        1);
  CHECK(catalog.count("product", json(R"({"search": "water"})")) == 3);
}

TEST_CASE_FIXTURE(Shop, "a search sees every change before it, whoever made it") {
  CHECK(find(R"({"search": "tea"})").empty());
  catalog.create("product", json(R"({"name": "Green tea", "description": "Loose"})"));
  CHECK(find(R"({"search": "tea"})") == Found{4});
  catalog.update("product", json("4"), json(R"({"name": "Green leaves"})"));
  CHECK(find(R"({"search": "tea"})").empty());
  catalog.connection().execute("UPDATE product SET name = 'Tea' WHERE id = 1");
  CHECK(find(R"({"search": "tea"})") == Found{1});
  catalog.remove("product", json("1"));
  CHECK(find(R"({"search": "tea"})").empty());
}

TEST_CASE_FIXTURE(Shop, "a search finds a product by the words of its items too") {
  const auto item = [&](const char* text) { catalog.create("product_item", json(text)); };
  item(R"({"name": "Size 42", "description": "blue", "product_id": 2})");
  item(R"({"name": "Size 43", "description": "red", "product_id": 2})");
  CHECK(find(R"({"search": "size"})") == Found{2});
  CHECK(find(R"({"search": "boots blue 43"})") == Found{2});
  catalog.update("product_item", json("2"), json(R"({"product_id": 3})"));
  CHECK(find(R"({"search": "red"})") == Found{3});
  CHECK(find(R"({"search": "boots red"})").empty());
  catalog.update("product_item", json("2"), json(R"({"product_id": null})"));
  item(R"({"name": "Size 44", "description": "red"})");
  CHECK(find(R"({"search": "red"})").empty());
  catalog.update("product_item", json("1"), json(R"({"description": "green"})"));
  CHECK(find(R"({"search": "blue"})").empty());
  CHECK(find(R"({"search": "green"})") == Found{2});
  catalog.remove("product_item", json("1"));
  CHECK(find(R"({"search": "green"})").empty());
  CHECK(find(R"({"search": "boots"})") == Found{2});
}

TEST_CASE_FIXTURE(Shop, "a rollback takes back what a search saw, the index itself too") {
  catalog.begin();
  catalog.create("product", json(R"({"name": "Tea", "description": "d"})"));
  CHECK(find(R"({"search": "tea"})") == Found{4});
  catalog.rollback();
  CHECK(find(R"({"search": "tea"})").empty());
  CHECK(find(R"({"search": "boots"})") == Found{2});
}

TEST_CASE_FIXTURE(Shop, "a further search costs two statements beside its own") {
  find(R"({"search": "water"})");
  CHECK(statements_of(R"({"search": "water"})") == 3);
  CHECK(statements_of(R"({})") == 1);
}

TEST_CASE_FIXTURE(Shop, "what the index is made of is known from what users made beside it") {
  Connection& connection = catalog.connection();
  find(R"({"search": "water"})");
  const auto count = [&](const char* condition) {
    return *connection.scalar(std::string("SELECT count(*) FROM temp.sqlite_schema WHERE ") +
                              condition);
  };
  CHECK(count("type = 'trigger'") == Value(6));
  CHECK(count(kIsUserTrigger) == Value(0));
  connection.execute(
      "CREATE TEMP TRIGGER vitrine_search_mine AFTER INSERT ON main.uom BEGIN DELETE FROM product; "
      "END");
  CHECK(count(kIsUserTrigger) == Value(1));
  vitrine::catalog::replace_with(catalog, DatabaseImage(Catalog::in_memory().export_file()));
  CHECK(count("name = 'vitrine_search_mine'") == Value(1));
  CHECK(count("true") == Value(1));
  CHECK(find(R"({"search": "water"})").empty());
}

TEST_CASE_FIXTURE(Shop, "the exported file knows nothing of the index") {
  find(R"({"search": "water"})");
  Connection copy = Connection::deserialize(catalog.export_file());
  CHECK(*copy.scalar("SELECT count(*) FROM sqlite_schema WHERE name LIKE '%search%'") == Value(0));
}

}  // namespace vitrine::catalog_search_test
