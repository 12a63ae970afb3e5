// Full-text search: the index is made, kept and asked by SQL alone.
#include "orm/query/search_sql.h"

#include <doctest/doctest.h>

#include "query/ask.h"
#include "query/stock.h"

namespace vitrine::query_search_test {

using namespace vitrine::testing;

namespace {

struct Stock : StockDatabase {
  const Model& product = registry.model("Product");

  Stock() { run(search_create_sql(product)); }

  void run(const std::vector<std::string>& statements) {
    for (const std::string& statement : statements) connection.run(statement);
  }
  Names search(const std::string& text, const Select& like = {}) {
    Select select = like;
    select.model = &product;
    select.columns = {"id"};
    select.search = text;
    return lines(connection, compile(registry, select).root.sql);
  }
  std::string pending() { return lines(connection, {search_pending_sql(product), {}}).front(); }
};

}  // namespace

TEST_CASE_FIXTURE(Stock, "a search joins the index and orders by rank, then by key") {
  Select select = from(registry, "Product");
  select.columns = {"id"};
  select.search = "juice";
  const Sql sql = compile(registry, select).root.sql;
  CHECK(sql.text ==
        "SELECT t0.\"id\" FROM \"product\" AS t0 JOIN temp.\"vitrine_search_product\" AS t1 ON "
        "t1.rowid = t0.\"id\" WHERE t1.\"vitrine_search_product\" MATCH ?1 ORDER BY t1.rank, "
        "t0.\"id\"");
  CHECK(sql.parameters == std::vector<Value>{"\"juice\"*"});
  CHECK(lines(connection, sql) == Names{"2"});
}

TEST_CASE_FIXTURE(Stock, "in the order of the key the index gives its hits one after the other") {
  Select select = from(registry, "Product");
  select.columns = {"id"};
  select.search = "c";
  select.order_by = {by("id", true)};
  select.limit = 2;
  const Sql sql = compile(registry, select).root.sql;
  CHECK(sql.text ==
        "SELECT t0.\"id\" FROM \"product\" AS t0 JOIN temp.\"vitrine_search_product\" AS t1 ON "
        "t1.rowid = t0.\"id\" WHERE t1.\"vitrine_search_product\" MATCH ?1 ORDER BY t1.rowid DESC "
        "LIMIT ?2");
  CHECK(lines(connection, sql) == Names{"3", "1"});
  select.after = {3, 3};
  CHECK(lines(connection, compile(registry, select).root.sql) == Names{"1"});
}

TEST_CASE_FIXTURE(Stock, "words match by their beginning, without case and accents, all of them") {
  connection.execute("UPDATE product SET name = 'Crème brûlée maison' WHERE id = 4");
  run(search_refresh_sql(product));
  CHECK(search("creme") == Names{"4"});
  CHECK(search("BRÛ mai") == Names{"4"});
  CHECK(search("brulee cola").empty());
  CHECK(search("c") == Names{"1", "3", "4"});
  CHECK(search("rème").empty());
}

TEST_CASE_FIXTURE(Stock, "what fits better comes first, unless the request has an order") {
  connection.execute("UPDATE product SET name = 'Tea tea tea' WHERE id = 4");
  connection.execute("UPDATE product SET name = 'Tea with very much else in it' WHERE id = 1");
  run(search_refresh_sql(product));
  CHECK(search("tea") == Names{"4", "1"});
  Select ordered;
  ordered.order_by = {by("id")};
  CHECK(search("tea", ordered) == Names{"1", "4"});
}

TEST_CASE_FIXTURE(Stock, "a search is a filter among others, counted and paged") {
  Select select = from(registry, "Product");
  select.search = "c";
  select.where = where(Operator::eq, "category.name", {"Snacks"});
  CHECK(search("c", select) == Names{"3"});
  CHECK(lines(connection, compile_count(registry, select)) == Names{"1"});
  select.where.reset();
  select.limit = 1;
  CHECK(search("c", select).size() == 1);
  select.after = {1};
  CHECK(failure_of([&] { compile(registry, select); }).path == "after");
}

TEST_CASE_FIXTURE(Stock, "a search works in the rows of a relation, per parent too") {
  Select products = from(registry, "Product");
  products.columns = {"id"};
  products.search = "c";
  Select select = from(registry, "Category");
  select.includes = {including("products", products)};
  CHECK(lines(connection, compile(registry, select).root.children.front(), {1, 2}) ==
        Names{"1|1", "3|2"});
  select.includes.front().select.limit = 1;
  CHECK(lines(connection, compile(registry, select).root.children.front(), {1, 2}) ==
        Names{"1|1", "3|2"});
}

TEST_CASE_FIXTURE(Stock, "what is typed is never syntax") {
  for (const char* text : {"\"", "a\" OR \"b", "name:cola", "cola*", "(", "NOT cola", "NEAR(a b)",
                           "^", "-", "'; DROP TABLE product; --", "\\", "a AND"}) {
    CAPTURE(text);
    CHECK_NOTHROW(search(text));
  }
  CHECK(search("Cola\" OR \"Juice").empty());
  CHECK(search("!?").empty());
  CHECK(search("cola -") == Names{"1"});
  CHECK(search(std::string("co\0la", 5)).empty());
  const Failure failure = failure_of([&] { search(std::string(1'001, 'x')); });
  CHECK(failure.path == "search");
}

TEST_CASE_FIXTURE(Stock, "words stand between blanks, also those of other keyboards") {
  for (const char* blank : {" ", "\t", "\u00a0", "\u3000", " \u3000 "}) {
    CAPTURE(blank);
    CHECK(search(std::string("c") + blank + "col") == Names{"1"});
  }
  CHECK(search_words("\u00a0a\u3000 b\u00e9").size() == 2);
}

TEST_CASE_FIXTURE(Stock, "changes are noted once per row, and worked off in one go") {
  CHECK(pending() == "0");
  connection.execute("INSERT INTO product (id, name) VALUES (5, 'Tea')");
  connection.execute("UPDATE product SET name = 'Green tea' WHERE id = 5");
  connection.execute("UPDATE product SET price = 1 WHERE id = 1");
  connection.execute("DELETE FROM category WHERE id = 1");
  CHECK(pending() == "3");
  run(search_refresh_sql(product));
  CHECK(pending() == "0");
  CHECK(search("green") == Names{"5"});
  CHECK(search("cola").empty());
  CHECK(search("chips") == Names{"3"});
}

TEST_CASE_FIXTURE(Stock, "a row that moves to another key is found under that") {
  connection.execute("UPDATE product SET id = 40 WHERE id = 4");
  run(search_refresh_sql(product));
  CHECK(search("loose") == Names{"40"});
}

TEST_CASE_FIXTURE(Stock, "what a rollback takes back is as if it had not been") {
  connection.execute("BEGIN; UPDATE product SET name = 'Tea' WHERE id = 1");
  run(search_refresh_sql(product));
  CHECK(search("tea") == Names{"1"});
  connection.execute("ROLLBACK");
  CHECK(search("tea").empty());
  CHECK(search("cola") == Names{"1"});
}

TEST_CASE_FIXTURE(Stock, "the file holds nothing of it") {
  CHECK(*connection.scalar("SELECT count(*) FROM main.sqlite_schema WHERE name LIKE '%search%'") ==
        Value(0));
}

TEST_CASE_FIXTURE(Stock, "what a to-one relation refers to is searched once for all of them") {
  Select select = from(registry, "Item");
  Select searched = from(registry, "Product");
  searched.search = "c";
  select.includes = {including("product", searched)};
  const std::string text = compile(registry, select).root.children.front().node.sql.text;
  CHECK(text.find("IN carray(?1)") != std::string::npos);
}

}  // namespace vitrine::query_search_test
