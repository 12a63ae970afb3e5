// Row statements: their text, and that SQLite runs them.
#include "orm/query/row_sql.h"

#include <doctest/doctest.h>

#include "query/stock.h"

namespace vitrine::query_row_sql_test {

using namespace vitrine::testing;

TEST_CASE("an insert names its columns and gives back what the database made") {
  const Registry registry = stock();
  const Model& category = registry.model("Category");
  CHECK(
      insert_sql(category, {1, 2}, {0}) ==
      "INSERT INTO \"category\" (\"name\", \"note\") VALUES (?, ?) RETURNING \"category\".\"id\"");
  CHECK(insert_sql(category, {}, {}) == "INSERT INTO \"category\" DEFAULT VALUES");
  Connection connection = open_stock(registry);
  CHECK(lines(connection, {insert_sql(category, {1}, {0}), {"Toys"}}) ==
        std::vector<std::string>{"4"});
}

TEST_CASE("an insert of many rows takes them from a function's columns") {
  const Registry registry = stock();
  CHECK(insert_rows_sql(registry.model("Category"), {0, 2}, "vitrine_rows") ==
        "INSERT INTO \"category\" (\"id\", \"note\") SELECT c0, c2 FROM vitrine_rows(?1)");
}

TEST_CASE("an insert can give back computed columns") {
  const Registry registry = stock();
  const Model& product = registry.model("Product");
  Connection connection = open_stock(registry);
  CHECK(lines(connection, {insert_sql(product, {1, 2}, {0, 3, 6, 7}), {"Tea", 4.0}}) ==
        std::vector<std::string>{"5|1|0|8.0"});
}

TEST_CASE("an update and a delete find their row by its whole key") {
  const Registry registry = stock();
  const Model& picture = registry.model("Picture");
  CHECK(update_sql(picture, {3}, false) ==
        "UPDATE \"picture\" SET \"data\" = ? WHERE \"width\" = ? AND \"height\" = ? AND "
        "\"product_id\" = ?");
  CHECK(delete_sql(picture, false) ==
        "DELETE FROM \"picture\" WHERE \"width\" = ? AND \"height\" = ? AND \"product_id\" = ?");
  Connection connection = open_stock(registry);
  CHECK(connection.run(delete_sql(picture, false), {160, 160, 1}) == 1);
}

TEST_CASE("a version counter is part of the condition when it is checked") {
  Registry registry;
  Column version = foreign_column("version", "priced");
  version.foreign_key.reset();
  version.version_counter = version.not_null = true;
  registry.add(model_of("Priced", "priced", {key_column("id"), text_column("name"), version}));
  registry.resolve();
  const Model& priced = registry.model("Priced");
  CHECK(update_sql(priced, {1, 2}, true) ==
        "UPDATE \"priced\" SET \"name\" = ?, \"version\" = ? WHERE \"id\" = ? AND \"version\" = ?");
  CHECK(delete_sql(priced, true) == "DELETE FROM \"priced\" WHERE \"id\" = ? AND \"version\" = ?");
}

TEST_CASE("a row is read by its key or another column, computed columns with it") {
  const Registry registry = stock();
  CHECK(
      select_one_sql(registry.model("Category"), {1}) ==
      "SELECT \"category\".\"id\", \"category\".\"name\", \"category\".\"note\" FROM \"category\" "
      "WHERE \"name\" = ?");
  Connection connection = open_stock(registry);
  const Model& product = registry.model("Product");
  const std::string cola = lines(connection, {select_one_sql(product, {0}), {1}}).at(0);
  CHECK(cola.rfind("1|Cola|1.5|", 0) == 0);
  CHECK(cola.substr(cola.size() - 6) == "|2|3.0");
  CHECK(lines(connection, {select_one_sql(product, {1}), {"Cola"}}).at(0) == cola);
}

TEST_CASE("the rows of many keys are read at once, in the order of their own key") {
  const Registry registry = stock();
  const std::string sql = select_by_columns_sql(registry.model("Item"), {0, 2}, {1});
  CHECK(
      sql ==
      "SELECT \"item\".\"id\", \"item\".\"name\" FROM \"item\" WHERE \"product_id\" IN carray(?1) "
      "ORDER BY \"id\"");
  Connection connection = open_stock(registry);
  PlanChild child;
  child.node.sql.text = sql;
  CHECK(lines(connection, child, {3, 1}) ==
        std::vector<std::string>{"1|Cola 1l", "2|Cola 6-pack", "4|Chips bag"});
}

TEST_CASE("keys of several columns come as JSON") {
  const Registry registry = stock();
  const std::string sql = select_by_columns_sql(registry.model("Caption"), {0}, {1, 2, 3});
  CHECK(sql ==
        "SELECT \"caption\".\"id\" FROM \"caption\" WHERE (\"width\", \"height\", \"product_id\") "
        "IN (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?1)) ORDER BY \"id\"");
  Connection connection = open_stock(registry);
  CHECK(lines(connection, {sql, {"[[64, 64, 1], [160, 160, 1]]"}}) ==
        std::vector<std::string>{"1", "2"});
}

TEST_CASE("a computed column is an expression over the table's own name") {
  const Registry registry = stock();
  const Model& product = registry.model("Product");
  CHECK(computed_sql(product, product.columns[7]) == "(\"product\".\"price\" * 2)");
  CHECK(computed_sql(product, product.columns[6]) ==
        "(SELECT count(*) FROM \"item\" AS counted WHERE counted.\"product_id\" = "
        "\"product\".\"id\")");
}

}  // namespace vitrine::query_row_sql_test
