// Pages of included relations: each parent has its own.
#include <doctest/doctest.h>

#include "query/ask.h"
#include "query/stock.h"

namespace vitrine::query_page_test {

using namespace vitrine::testing;

namespace {

struct Stock : StockDatabase {
  Select ids(std::string_view model) {
    Select select = from(registry, model);
    select.columns = {"id"};
    return select;
  }
};

}  // namespace

TEST_CASE_FIXTURE(Stock, "limit and offset of an include count for each parent") {
  Select select = ids("Product");
  select.limit = 100;
  Select items = ids("Item");
  items.limit = 1;
  select.includes = {including("items", items)};
  const PlanChild first = compile(registry, select).root.children.front();
  CHECK(
      first.node.sql.text ==
      "SELECT t0.\"id\", t0.\"product_id\" FROM carray(?1) AS t2 CROSS JOIN \"item\" AS t0 WHERE "
      "t0.\"id\" IN (SELECT t1.\"id\" FROM \"item\" AS t1 WHERE t1.\"product_id\" = t2.value ORDER "
      "BY t1.\"id\" LIMIT ?2) ORDER BY t0.\"product_id\", t0.\"id\"");
  CHECK(lines(connection, first, {1, 2, 3}) == Names{"1|1", "3|2", "4|3"});
  select.includes.front().select.offset = 1;
  CHECK(lines(connection, compile(registry, select).root.children.front(), {1, 2, 3}) ==
        Names{"2|1"});
  select.includes.front().select.limit.reset();
  select.includes.front().select.order_by = {by("name", true)};
  CHECK(lines(connection, compile(registry, select).root.children.front(), {1, 2, 3}) ==
        Names{"1|1"});
  select.includes.front().select.limit = INT64_MAX;
  CHECK(lines(connection, compile(registry, select).root.children.front(), {1}) == Names{"1|1"});
}

TEST_CASE_FIXTURE(Stock, "a parent's page is one of the rows that fit, in their order") {
  Select select = ids("Category");
  Select products = ids("Product");
  products.limit = 1;
  products.where = where(Operator::gt, "price", {1.0});
  products.order_by = {by("name", true)};
  select.includes = {including("products", products)};
  const PlanChild child = compile(registry, select).root.children.front();
  CHECK_FALSE(child.of_all);
  CHECK(child.node.sql.text.find("t1.\"price\" > ?2 AND t1.\"category_id\" = t2.value ORDER BY "
                                 "t1.\"name\" DESC, t1.\"id\" LIMIT ?3") != std::string::npos);
  CHECK(lines(connection, child, {3, 2, 1}) == Names{"2|1", "3|2"});
  select.includes.front().select.limit = 5;
  select.includes.front().select.offset = 1;
  CHECK(lines(connection, compile(registry, select).root.children.front(), {1, 2}) == Names{"1|1"});
  // What the relation itself asks for counts before the page does.
  Select cheap = ids("Product");
  cheap.limit = 1;
  select.includes = {including("cheap", cheap)};
  CHECK(lines(connection, compile(registry, select).root.children.front(), {1, 2}) ==
        Names{"1|1", "3|2"});
}

TEST_CASE_FIXTURE(Stock, "where no index leads to a parent's rows, they are numbered") {
  Select select = ids("Product");
  Select tags = ids("Tag");
  tags.limit = 1;
  select.includes = {including("tags", tags)};
  const PlanChild child = compile(registry, select).root.children.front();
  CHECK(child.node.sql.text.find("row_number() OVER (PARTITION BY") != std::string::npos);
  CHECK(lines(connection, child, {1, 2}).size() == 2);
}

}  // namespace vitrine::query_page_test
