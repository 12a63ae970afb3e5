// Counts, exists, columns and aggregates: one statement each, without objects.
#include <doctest/doctest.h>

#include "query/ask.h"
#include "query/stock.h"

namespace vitrine::query_aggregate_test {

using namespace vitrine::testing;

namespace {

using Op = Operator;
struct Stock : StockDatabase {
  std::string count(const Select& select) {
    return lines(connection, compile_count(registry, select)).front();
  }
  std::string exists(const Select& select) {
    return lines(connection, compile_exists(registry, select)).front();
  }
  Names columns(const Select& select, const Names& names) {
    std::vector<Path> paths;
    for (const std::string& name : names) paths.push_back(Path::parse(name));
    return lines(connection, compile_columns(registry, select, paths));
  }
  Aggregate aggregate(std::string_view model) {
    Aggregate made;
    made.model = &registry.model(model);
    return made;
  }
  Names rows(const Aggregate& aggregate) {
    return lines(connection, compile_aggregate(registry, aggregate));
  }
};

Aggregate::Term term(Function function, std::string_view path) {
  return {function, Path::parse(path)};
}

}  // namespace

TEST_CASE_FIXTURE(Stock, "a count is of objects, whatever relations the filter goes through") {
  Select select = from(registry, "Product");
  CHECK(compile_count(registry, select).text == "SELECT count(*) FROM \"product\" AS t0");
  CHECK(count(select) == "4");
  select.where = where(Op::not_null, "items.id");
  CHECK(count(select) == "3");
  select.limit = 2;
  CHECK(count(select) == "2");
  select.offset = 2;
  CHECK(count(select) == "1");
}

TEST_CASE_FIXTURE(Stock, "a count is of the objects that the same request lists") {
  Select select = from(registry, "Product");
  select.order_by = {by("category.name")};
  CHECK(count(select) == "3");
  select.order_by = {by("items.name")};
  CHECK(count(select) == "3");
  select.join = JoinKind::outer;
  CHECK(count(select) == "4");
}

TEST_CASE_FIXTURE(Stock, "exists is 1 or 0") {
  Select select = from(registry, "Product");
  select.where = where(Op::eq, "name", {"Cola"});
  CHECK(compile_exists(registry, select).text ==
        "SELECT EXISTS (SELECT 1 FROM \"product\" AS t0 WHERE t0.\"name\" = ?1)");
  CHECK(exists(select) == "1");
  select.where = where(Op::eq, "name", {"Tea"});
  CHECK(exists(select) == "0");
}

TEST_CASE_FIXTURE(Stock, "columns are given for each joined row, unless they are to be distinct") {
  Select select = from(registry, "Product");
  select.where = where(Op::not_null, "items.id");
  select.order_by = {by("id")};
  CHECK(columns(select, {"id", "name"}) == Names{"1|Cola", "1|Cola", "2|Juice", "3|Chips"});
  select.distinct = true;
  CHECK(columns(select, {"id", "name"}) == Names{"1|Cola", "2|Juice", "3|Chips"});
  select.where.reset();
  select.order_by = {by("in_stock", true)};
  CHECK(columns(select, {"in_stock"}) == Names{"1", "0"});
}

TEST_CASE_FIXTURE(Stock, "columns may come from related objects") {
  Select select = from(registry, "Item");
  select.limit = 3;
  CHECK(columns(select, {"name", "product.category.name"}) ==
        Names{"Cola 1l|Drinks", "Cola 6-pack|Drinks", "Juice 1l|Drinks"});
  CHECK(failure_of([&] { compile_columns(registry, select, {}); }).reason == "invalid_request");
}

TEST_CASE_FIXTURE(Stock, "aggregates compute over all rows that fit") {
  Aggregate prices = aggregate("Product");
  prices.terms = {term(Function::count, ""),
                  term(Function::count, "price"),
                  term(Function::sum, "price"),
                  term(Function::min, "name"),
                  term(Function::max, "name"),
                  term(Function::avg, "price"),
                  term(Function::count_distinct, "category_id")};
  CHECK(compile_aggregate(registry, prices).text ==
        "SELECT count(*), count(t0.\"price\"), sum(t0.\"price\"), min(t0.\"name\"), "
        "max(t0.\"name\"), avg(t0.\"price\"), count(DISTINCT t0.\"category_id\") FROM \"product\" "
        "AS t0");
  CHECK(rows(prices).front().substr(0, 24) == "4|3|6.5|Chips|Loose|2.16");
  prices.where = where(Op::eq, "id", {99});
  CHECK(rows(prices) == Names{"0|0|NULL|NULL|NULL|NULL|0"});
}

TEST_CASE_FIXTURE(Stock, "groups go through relations, outer joins keep the empty ones") {
  Aggregate per_category = aggregate("Category");
  per_category.group_by = {Path::parse("name")};
  per_category.terms = {term(Function::count_distinct, "products.id"),
                        term(Function::count, "products.items.id")};
  per_category.outer_joins = {"products", "products.items"};
  CHECK(rows(per_category) == Names{"Drinks|2|3", "Empty|0|0", "Snacks|1|1"});
  per_category.outer_joins.clear();
  CHECK(rows(per_category) == Names{"Drinks|2|3", "Snacks|1|1"});
}

TEST_CASE_FIXTURE(Stock, "groups are chosen, ordered and limited by their results") {
  Aggregate per_product = aggregate("Item");
  per_product.group_by = {Path::parse("product_id")};
  per_product.terms = {term(Function::count, "")};
  per_product.order_by = {{1, true}};
  CHECK(rows(per_product) == Names{"1|2", "2|1", "3|1"});
  per_product.limit = 2;
  CHECK(rows(per_product) == Names{"1|2", "2|1"});
  per_product.having = {{1, Op::lt, 2}};
  const Sql sql = compile_aggregate(registry, per_product);
  CHECK(sql.text ==
        "SELECT t0.\"product_id\", count(*) FROM \"item\" AS t0 GROUP BY t0.\"product_id\" HAVING "
        "count(*) < ?1 ORDER BY count(*) DESC, t0.\"product_id\" LIMIT ?2");
  CHECK(lines(connection, sql) == Names{"2|1", "3|1"});
}

TEST_CASE_FIXTURE(Stock, "aggregates that make no sense are refused") {
  Aggregate bad = aggregate("Item");
  const auto refused = [&] { return failure_of([&] { compile_aggregate(registry, bad); }).reason; };
  CHECK(refused() == "invalid_request");
  bad.terms = {term(Function::sum, "")};
  CHECK(refused() == "invalid_request");
  bad.terms = {term(Function::sum, "nme")};
  CHECK(refused() == "unknown_attribute");
  bad.terms = {term(Function::count, "")};
  bad.order_by = {{1, false}};
  CHECK(refused() == "invalid_value");
}

TEST_CASE_FIXTURE(Stock, "a set-based update sets the columns of all rows that fit") {
  const Model& product = registry.model("Product");
  const Sql sql = compile_update(registry, product, where(Op::eq, "category.name", {"Drinks"}),
                                 {{"price", 9.0}});
  CHECK(sql.text ==
        "UPDATE \"product\" SET \"price\" = ?1 WHERE (\"id\") IN (SELECT t0.\"id\" FROM "
        "\"product\" AS t0 JOIN \"category\" AS t1 ON t1.\"id\" = t0.\"category_id\" WHERE "
        "t1.\"name\" = ?2)");
  CHECK(connection.run(sql.text, sql.parameters) == 2);
  CHECK(*connection.scalar("SELECT sum(price) FROM product") == Value(20.0));
  const Sql all = compile_update(registry, product, {}, {{"price", nullptr}, {"in_stock", true}});
  CHECK(connection.run(all.text, all.parameters) == 4);
}

TEST_CASE_FIXTURE(Stock, "a set-based update leaves keys and computed columns alone") {
  const Model& product = registry.model("Product");
  for (const char* column : {"id", "item_count"}) {
    const Failure failure = failure_of([&] {
      compile_update(registry, product, {}, {{column, 1}});
    });
    CHECK(failure.reason == "invalid_value");
    CHECK(failure.path == std::string("data.") + column);
  }
  CHECK(failure_of([&] { compile_update(registry, product, {}, {}); }).reason == "invalid_request");
  CHECK(failure_of([&] {
          compile_update(registry, product, {}, {{"x", 1}});
        }).reason == "unknown_attribute");
}

TEST_CASE_FIXTURE(Stock, "a set-based delete removes the rows that fit, composite keys too") {
  const Model& picture = registry.model("Picture");
  const Sql sql = compile_delete(registry, picture, where(Op::eq, "product.name", {"Cola"}));
  CHECK(sql.text ==
        "DELETE FROM \"picture\" WHERE (\"width\", \"height\", \"product_id\") IN (SELECT "
        "t0.\"width\", t0.\"height\", t0.\"product_id\" FROM \"picture\" AS t0 JOIN \"product\" AS "
        "t1 ON t1.\"id\" = t0.\"product_id\" WHERE t1.\"name\" = ?1)");
  CHECK(connection.run(sql.text, sql.parameters) == 2);
  const Sql rest = compile_delete(registry, picture, {});
  CHECK(rest.text == "DELETE FROM \"picture\"");
  CHECK(connection.run(rest.text) == 1);
}

}  // namespace vitrine::query_aggregate_test
