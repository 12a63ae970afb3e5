// Aggregates from JSON: what they become, and how mistakes are told.
#include <doctest/doctest.h>

#include "orm/query/request_json.h"
#include "query/ask.h"
#include "query/stock.h"

namespace vitrine::query_read_aggregate_test {

using namespace vitrine::testing;

namespace {

struct Stock : StockDatabase {
  Sql sql(std::string_view model, const std::string& request) {
    const Model& facts = registry.model(model);
    return compile_aggregate(registry, read_aggregate(registry, facts, Json::parse(request)));
  }
  Names rows(std::string_view model, const std::string& request) {
    return lines(connection, sql(model, request));
  }
  std::string refused(const std::string& request) {
    return failure_of([&] { sql("product", request); }).path;
  }
};

}  // namespace

TEST_CASE("groups keep rows without a related one, and values follow the groups") {
  Stock stock;
  const char* request = R"({"groupBy": ["category.name"], "values": {"n": {"count": true}},
                            "having": {"n": {"gte": 1}}, "orderBy": [{"n": "desc"}], "limit": 9})";
  const Sql sql = stock.sql("product", request);
  CHECK(sql.text ==
        "SELECT t1.\"name\", count(*) FROM \"product\" AS t0 LEFT JOIN \"category\" AS t1 ON "
        "t1.\"id\" = t0.\"category_id\" GROUP BY t1.\"name\" HAVING count(*) >= ?1 ORDER BY "
        "count(*) DESC, t1.\"name\" LIMIT ?2");
  CHECK(sql.parameters == std::vector<Value>{1, 9});
  CHECK(stock.rows("product", request) == Names{"Drinks|2", "NULL|1", "Snacks|1"});
}

TEST_CASE("without groups there is one row over all that fits") {
  Stock stock;
  CHECK(stock.rows("product", R"({"where": {"name": "Cola"}, "values": {"n": {"count": true},
                                 "last": {"max": "name"}}})") == Names{"1|Cola"});
}

TEST_CASE("mistakes in an aggregate are told with their place") {
  Stock stock;
  CHECK(stock.refused(R"({})") == "values");
  CHECK(stock.refused(R"({"groupBy": ["nme"]})") == "groupBy[0]");
  CHECK(stock.refused(R"({"groupBy": ["items.name"]})") == "groupBy[0]");
  CHECK(stock.refused(R"({"groupBy": ["name", "name"]})") == "groupBy[1]");
  CHECK(stock.refused(R"({"values": {"n": {"total": "id"}}})") == "values.n.total");
  CHECK(stock.refused(R"({"values": {"n": {"sum": "name"}}})") == "values.n.sum");
  CHECK(stock.refused(R"({"values": {"n": {"count": true}}, "having": {"n": {"x": 1}}})") ==
        "having.n.x");
  CHECK(stock.refused(R"({"values": {"n": {"count": true}}, "orderBy": {"m": "asc"}})") ==
        "orderBy.m");
}

TEST_CASE("a group is compared with values of its column's type, or else with numbers") {
  Stock stock;
  const auto having = [](const std::string& condition) {
    return R"({"groupBy": ["category.name"], "values": {"n": {"count": true}, "last": {"max":
              "name"}, "mean": {"avg": "id"}}, "having": {)" +
           condition + "}}";
  };
  CHECK(stock.refused(having(R"("n": {"gt": "1"})")) == "having.n.gt");
  CHECK(stock.refused(having(R"("mean": {"lt": true})")) == "having.mean.lt");
  CHECK(stock.refused(having(R"("last": {"eq": 1})")) == "having.last.eq");
  CHECK(stock.refused(having(R"("n": {"lt": null})")) == "having.n.lt");
  CHECK(stock.refused(having(R"("last": {"gte": null})")) == "having.last.gte");
  const Failure failure =
      failure_of([&] { stock.sql("product", having(R"("category.name": {"ne": 1})")); });
  CHECK(failure.code == Code::validation);
  CHECK(failure.reason == "invalid_value");
  CHECK(failure.message.find("Category.name takes text, not the number 1") != std::string::npos);
  CHECK(stock.rows("product", having(R"("n": {"gt": 1.5}, "last": {"ne": "x"})")).size() == 1);
}

}  // namespace vitrine::query_read_aggregate_test
