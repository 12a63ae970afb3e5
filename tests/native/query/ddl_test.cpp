// DDL: what it says, and that SQLite enforces it.
#include "orm/query/ddl.h"

#include <doctest/doctest.h>

#include "query/stock.h"

namespace vitrine::query_ddl_test {

using namespace vitrine::testing;

namespace {

// The code of the failure that running `sql` gives, and what SQLite named.
std::string refusal(Connection& connection, const std::string& sql) {
  try {
    connection.execute(sql);
  } catch (const Error& error) {
    return std::string(code_name(error.code())) + " " + error.failure().detail;
  }
  return "accepted";
}

// The tables of one model on its own.
std::string table_of(Model model) {
  Registry registry;
  registry.add(std::move(model));
  registry.resolve();
  return create_all_sql(registry);
}

}  // namespace

TEST_CASE("a table is strict, its columns and constraints are quoted and named") {
  const Registry registry = stock();
  CHECK(create_table_sql(registry, registry.model("Category")) ==
        "CREATE TABLE \"category\" (\n"
        "  \"id\" INTEGER PRIMARY KEY AUTOINCREMENT,\n"
        "  \"name\" TEXT NOT NULL UNIQUE CONSTRAINT \"ck_category_name_length\" CHECK "
        "(length(\"name\") <= 20),\n"
        "  \"note\" TEXT\n"
        ") STRICT;\n");
}

TEST_CASE("computed columns are not stored, defaults and deletes are") {
  const Registry registry = stock();
  CHECK(
      create_table_sql(registry, registry.model("Product")) ==
      "CREATE TABLE \"product\" (\n"
      "  \"id\" INTEGER PRIMARY KEY AUTOINCREMENT,\n"
      "  \"name\" TEXT NOT NULL UNIQUE,\n"
      "  \"price\" REAL,\n"
      "  \"in_stock\" INTEGER NOT NULL DEFAULT 1 CONSTRAINT \"ck_product_in_stock_boolean\" CHECK "
      "(\"in_stock\" IN (0, 1)),\n"
      "  \"added\" TEXT,\n"
      "  \"category_id\" INTEGER,\n"
      "  FOREIGN KEY (\"category_id\") REFERENCES \"category\" (\"id\") ON DELETE CASCADE\n"
      ") STRICT;\n");
}

TEST_CASE("a composite key keeps its order, and is referred to as a whole") {
  const Registry registry = stock();
  const std::string picture = create_table_sql(registry, registry.model("Picture"));
  CHECK(picture.find("PRIMARY KEY (\"width\", \"height\", \"product_id\")") != std::string::npos);
  const std::string caption = create_table_sql(registry, registry.model("Caption"));
  CHECK(caption.find("FOREIGN KEY (\"width\", \"height\", \"product_id\") REFERENCES \"picture\" "
                     "(\"width\", \"height\", \"product_id\") ON DELETE CASCADE") !=
        std::string::npos);
}

TEST_CASE("every foreign key that leads no other index has one") {
  const Registry registry = stock();
  CHECK(create_indexes_sql(registry.model("Product")) ==
        "CREATE INDEX \"ix_product_category_id\" ON \"product\" (\"category_id\");\n");
  CHECK(create_indexes_sql(registry.model("ProductTag")) ==
        "CREATE INDEX \"ix_product_tag_tag_id\" ON \"product_tag\" (\"tag_id\", "
        "\"product_id\");\n");
}

TEST_CASE("the tables run as they stand, and hold what they promise") {
  const Registry registry = stock();
  Connection connection = open_stock(registry);
  CHECK(refusal(connection, "INSERT INTO category (name) VALUES ('123456789012345678901')") ==
        "CHECK ck_category_name_length");
  CHECK(refusal(connection, "INSERT INTO category (name) VALUES ('Drinks')") ==
        "UNIQUE category.name");
  CHECK(refusal(connection, "INSERT INTO category (name) VALUES (NULL)") ==
        "NOT_NULL category.name");
  CHECK(refusal(connection, "UPDATE product SET in_stock = 2") ==
        "CHECK ck_product_in_stock_boolean");
  CHECK(refusal(connection, "UPDATE product SET category_id = 99").rfind("FOREIGN_KEY", 0) == 0);
  CHECK(refusal(connection, "UPDATE product SET price = 'much'").rfind("VALIDATION", 0) == 0);
  CHECK(refusal(connection, "INSERT INTO caption (width, height, product_id) VALUES (1, 1, 1)")
            .rfind("FOREIGN_KEY", 0) == 0);
}

TEST_CASE("a deleted row takes with it what cascades") {
  const Registry registry = stock();
  Connection connection = open_stock(registry);
  connection.execute("DELETE FROM category WHERE id = 1");
  CHECK(*connection.scalar("SELECT count(*) FROM product") == Value(2));
  CHECK(*connection.scalar("SELECT count(*) FROM item") == Value(1));
  CHECK(*connection.scalar("SELECT count(*) FROM product_tag") == Value(0));
  CHECK(*connection.scalar("SELECT count(*) FROM caption") == Value(1));
}

TEST_CASE("an explicit check stands in for the one of String(n), under its own name") {
  Column name = text_column("name");
  name.type = ColumnType::string;
  name.length = 20;
  name.check = "length(name) <= 5";
  name.check_name = "ck_short";
  const std::string sql = table_of(model_of("Label", "label", {key_column("id"), name}));
  CHECK(sql.find("CONSTRAINT \"ck_short\" CHECK (length(name) <= 5)") != std::string::npos);
  CHECK(sql.find("<= 20") == std::string::npos);
}

TEST_CASE("json is checked, a table has its own constraints, a partial unique is an index") {
  Column data = text_column("data");
  data.type = ColumnType::json;
  Column main = text_column("main");
  main.type = ColumnType::boolean;
  Model model = model_of("Sheet", "sheet", {key_column("id"), data, main});
  model.unique_constraints = {{"uq_both", {"data", "main"}, ""}, {"", {"main"}, "main = 1"}};
  model.check_constraints = {{"ck_some", "length(data) > 1"}};
  const std::string sql = table_of(model);
  CHECK(sql.find("CONSTRAINT \"uq_both\" UNIQUE (\"data\", \"main\")") != std::string::npos);
  CHECK(sql.find("CONSTRAINT \"ck_some\" CHECK (length(data) > 1)") != std::string::npos);
  CHECK(sql.find("CREATE UNIQUE INDEX \"uq_sheet_main\" ON \"sheet\" (\"main\") WHERE main = 1;") !=
        std::string::npos);
  Connection connection = Connection::open(":memory:");
  connection.execute(sql);
  CHECK(refusal(connection, "INSERT INTO sheet (data, main) VALUES ('{', 0)") ==
        "CHECK ck_sheet_data_json");
  connection.execute("INSERT INTO sheet (data, main) VALUES ('{}', 1), ('[]', 0), ('[1]', 0)");
  CHECK(
      refusal(connection, "INSERT INTO sheet (data, main) VALUES ('[2]', 1)").rfind("UNIQUE", 0) ==
      0);
}

}  // namespace vitrine::query_ddl_test
