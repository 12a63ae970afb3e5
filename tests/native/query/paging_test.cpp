// Paging by key: the page after a row begins where that row's page ended, whatever the order.
#include <doctest/doctest.h>

#include "query/ask.h"
#include "query/stock.h"

namespace vitrine::query_paging_test {

using namespace vitrine::testing;

namespace {

struct Stock : StockDatabase {
  // All rows of the request, read page by page; each page starts after the last row of the one
  // before, whose order values and key are its result columns.
  Names paged(Select select, std::int64_t limit) {
    select.limit = limit;
    Names all;
    for (int page = 0; page < 50; ++page) {
      const Sql sql = compile(registry, select).root.sql;
      Borrowed statement = connection.prepare(sql.text);
      statement->bind_all(sql.parameters);
      std::int64_t rows = 0;
      while (statement->step()) {
        ++rows;
        all.push_back(written(statement->column_value(0)));
        select.after.clear();
        for (int i = 1; i < statement->column_count(); ++i) {
          select.after.push_back(statement->column_value(i));
        }
        select.after.push_back(statement->column_value(0));
      }
      if (rows < limit) return all;
    }
    return {"endless"};
  }

  // In one go.
  Names whole(const Select& select) {
    Names ids;
    for (const std::string& line : lines(connection, compile(registry, select).root.sql)) {
      ids.push_back(line.substr(0, line.find('|')));
    }
    return ids;
  }
};

}  // namespace

TEST_CASE_FIXTURE(Stock, "a page by required columns is one comparison that an index can serve") {
  Select select = from(registry, "Product");
  select.columns = {"id"};
  select.order_by = {by("name")};
  select.after = {"Cola", 1};
  const Sql sql = compile(registry, select).root.sql;
  CHECK(sql.text ==
        "SELECT t0.\"id\" FROM \"product\" AS t0 WHERE (t0.\"name\", t0.\"id\") > (?1, ?2) ORDER "
        "BY t0.\"name\", t0.\"id\"");
  CHECK(sql.parameters == std::vector<Value>{"Cola", 1});
  CHECK(lines(connection, sql) == Names{"2", "4"});
}

TEST_CASE_FIXTURE(Stock, "a page by columns that may be null knows that NULL is first") {
  Select select = from(registry, "Product");
  select.columns = {"id"};
  select.order_by = {by("price")};
  select.after = {nullptr, 4};
  CHECK(compile(registry, select).root.sql.text ==
        "SELECT t0.\"id\" FROM \"product\" AS t0 WHERE (t0.\"price\" IS NOT NULL OR (t0.\"price\" "
        "IS NULL AND t0.\"id\" > ?1)) ORDER BY t0.\"price\", t0.\"id\"");
  CHECK(whole(select) == Names{"1", "3", "2"});
  select.order_by = {by("price", true)};
  select.after = {1.5, 1};
  CHECK(whole(select) == Names{"4"});
}

TEST_CASE_FIXTURE(
    Stock, "a page in mixed directions is a range of the first column, as far as it is one") {
  Select select = from(registry, "Product");
  select.columns = {"id"};
  select.order_by = {by("name", true)};
  select.after = {"Cola", 1};
  CHECK(compile(registry, select).root.sql.text ==
        "SELECT t0.\"id\" FROM \"product\" AS t0 WHERE t0.\"name\" <= ?2 AND (t0.\"name\" < ?2 OR "
        "(t0.\"name\" IS ?2 AND t0.\"id\" > ?1)) ORDER BY t0.\"name\" DESC, t0.\"id\"");
  CHECK(whole(select) == Names{"3"});
}

TEST_CASE_FIXTURE(Stock, "the key needs naming once, in whichever direction") {
  Select select = from(registry, "Product");
  select.columns = {"id"};
  select.order_by = {by("id", true)};
  select.after = {3, 3};
  CHECK(compile(registry, select).root.sql.text ==
        "SELECT t0.\"id\" FROM \"product\" AS t0 WHERE (t0.\"id\") < (?1) ORDER BY t0.\"id\" DESC");
  CHECK(whole(select) == Names{"2", "1"});
}

TEST_CASE_FIXTURE(Stock, "pages of every size and direction add up to the whole") {
  for (int i = 5; i < 30; ++i) {
    const std::string price = i % 4 == 0 ? "NULL" : std::to_string(i % 5) + ".0";
    const std::string added = i % 3 == 0 ? "NULL" : "'2026-01-0" + std::to_string(i % 7 + 1) + "'";
    connection.execute("INSERT INTO product (id, name, price, added) VALUES (" + std::to_string(i) +
                       ", 'p" + std::to_string(i % 10) + std::to_string(i) + "', " + price + ", " +
                       added + ")");
  }
  for (int directions = 0; directions < 4; ++directions) {
    Select select = from(registry, "Product");
    select.columns = {"id", "price", "added"};
    select.order_by = {by("price", directions & 1), by("added", directions & 2)};
    for (const std::int64_t limit : {1, 2, 7, 28, 29, 30}) {
      CAPTURE(directions);
      CAPTURE(limit);
      CHECK(paged(select, limit) == whole(select));
    }
  }
}

TEST_CASE_FIXTURE(Stock, "a page by folded text goes on behind all that is the same when folded") {
  connection.execute(
      "DELETE FROM product; INSERT INTO product (id, name) VALUES (1, 'Yo-yo'), (2, 'aardvark'), "
      "(3, 'ÉCLAIR'), (4, 'éclair'), (5, 'Zebra'), (6, 'Eclair'), (7, 'apple')");
  Select select = from(registry, "Product");
  select.columns = {"id", "name"};
  select.order_by = {by("name", false, true)};
  CHECK(whole(select) == Names{"2", "7", "3", "4", "6", "1", "5"});
  for (const std::int64_t limit : {1, 2, 3}) CHECK(paged(select, limit) == whole(select));
  select.order_by = {by("name", true, true)};
  CHECK(whole(select) == Names{"5", "1", "3", "4", "6", "7", "2"});
  for (const std::int64_t limit : {1, 2, 3}) CHECK(paged(select, limit) == whole(select));
  select.after = {"ECLAIR", 4};
  CHECK(whole(select) == Names{"6", "7", "2"});
}

TEST_CASE_FIXTURE(Stock, "only text is ordered folded") {
  Select select = from(registry, "Product");
  select.order_by = {by("price", false, true)};
  const Failure failure = failure_of([&] { compile(registry, select); });
  CHECK(failure.reason == "invalid_request");
  CHECK(failure.path == "orderBy.price");
}

TEST_CASE_FIXTURE(Stock, "a page goes on after a row of an outer join that has no partner") {
  Select select = from(registry, "Product");
  select.columns = {"id"};
  select.order_by = {by("category.name")};
  select.join = JoinKind::outer;
  select.after = {nullptr, 4};
  CHECK(whole(select) == Names{"1", "2", "3"});
}

TEST_CASE_FIXTURE(Stock, "a page needs a value for each order and each column of the key") {
  Select select = from(registry, "Product");
  select.order_by = {by("name")};
  select.after = {1};
  const Failure failure = failure_of([&] { compile(registry, select); });
  CHECK(failure.reason == "invalid_value");
  CHECK(failure.path == "after");
  select.order_by = {by("items.name")};
  select.after = {"x", 1};
  CHECK(failure_of([&] { compile(registry, select); }).reason == "invalid_request");
}

}  // namespace vitrine::query_paging_test
