// Which files are taken over page by page, and which are not.
#include "catalog/proven_file.h"

#include <doctest/doctest.h>

#include "support/seed.h"
#include "support/strange_images.h"

namespace vitrine::catalog_proven_file_test {

using namespace vitrine::catalog;
using namespace vitrine::testing;

namespace {

bool is_proven(const std::string& bytes) {
  DatabaseImage image(bytes);
  return catalog::is_proven(image, own_schema());
}

}  // namespace

TEST_CASE("a file as it was exported is proven, and its history is left out") {
  DatabaseImage image(shop_image(50));
  REQUIRE(catalog::is_proven(image, own_schema()));
  Connection file = proven(std::move(image));
  CHECK(file.scalar("SELECT count(*) FROM product") == Value(50));
  CHECK(file.scalar("SELECT count(*) FROM vitrine_history") == Value(0));
}

TEST_CASE("rows that somebody else wrote are proven too") {
  CHECK(is_proven(changed_image("INSERT INTO uom (name) VALUES ('crate')")));
  CHECK(is_proven(changed_image("PRAGMA page_size = 512; VACUUM")));
  DatabaseImage analyzed(changed_image("ANALYZE"));
  REQUIRE(catalog::is_proven(analyzed, own_schema()));
  CHECK_FALSE(
      proven(std::move(analyzed)).scalar("SELECT 1 FROM sqlite_schema WHERE name LIKE '%stat%'"));
}

// Which of two indexes is chosen is a matter of what SQLite believes of them.
TEST_CASE("what a file says of its indexes chooses none") {
  const auto chosen = [](const std::string& better) {
    DatabaseImage image(changed_image(
        "ANALYZE; DELETE FROM sqlite_stat1; INSERT INTO sqlite_stat1 VALUES ('product_item', "
        "'ix_product_item_uom_id', '100000 9000'), ('product_item', 'ix_product_item_product_id', "
        "'100000 9000'); UPDATE sqlite_stat1 SET stat = '100000 1' WHERE idx = '" +
        better + "'"));
    Connection connection = proven(std::move(image));
    Borrowed plan = connection.prepare(
        "EXPLAIN QUERY PLAN SELECT * FROM product_item WHERE product_id = 1 AND uom_id = 1");
    REQUIRE(plan->step());
    return std::string(plan->column_text(3));
  };
  CHECK(chosen("ix_product_item_uom_id") == chosen("ix_product_item_product_id"));
}

TEST_CASE("whatever differs from what would be written is not proven") {
  for (const char* sql : {
           "CREATE TABLE note (text)",
           "CREATE VIEW v AS SELECT 1",
           "CREATE TRIGGER t AFTER INSERT ON uom BEGIN DELETE FROM product; END",
           "CREATE INDEX more ON uom (symbol)",
           "DROP INDEX ix_product_category_id",
           "ANALYZE; PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE TABLE "
           "sqlite_stat1(tbl,idx,stat,more)' WHERE name = 'sqlite_stat1'",
           "DROP TABLE vitrine_history",
           "PRAGMA user_version = 0",
           "PRAGMA application_id = 0",
           "UPDATE sqlite_sequence SET seq = 'many'",
           "ALTER TABLE uom ADD COLUMN more TEXT",
           "PRAGMA foreign_keys = OFF; DELETE FROM uom",
           "PRAGMA ignore_check_constraints = ON; UPDATE uom SET name = hex(zeroblob(500))",
           "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'TEXT NOT "
           "NULL UNIQUE', 'TEXT NOT NULL UNIQUE COLLATE NOCASE') WHERE name = 'uom'",
           "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, ' UNIQUE', "
           "'') "
           "WHERE name = 'product'",
       }) {
    CAPTURE(sql);
    CHECK_FALSE(is_proven(changed_image(sql)));
  }
}

// Two indexes whose pages changed places: each is sound, and neither is of its table.
TEST_CASE("an index that does not fit its table is not proven, and the rows are copied") {
  const std::string image = changed_image(
      "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = (SELECT max(rootpage) + "
      "min(rootpage) FROM sqlite_schema WHERE name LIKE 'ix_product_item_%') - rootpage WHERE name "
      "LIKE 'ix_product_item_%'; PRAGMA foreign_keys = OFF; UPDATE product_item SET product_id = "
      "7");
  CHECK_FALSE(is_proven(image));
}

TEST_CASE("of a trusted file the schema is looked at, and no row") {
  const auto units = [](const std::string& bytes) {
    Catalog catalog = Catalog::from_image(DatabaseImage(bytes), Trusted::yes);
    return *catalog.connection().scalar("SELECT count(*) FROM uom")->integer();
  };
  CHECK(units(changed_image("INSERT INTO uom (name) VALUES ('crate')")) == 2);
  const std::string broken = changed_image(
      "PRAGMA ignore_check_constraints = ON; UPDATE uom SET name = 'long' || hex(zeroblob(500)) "
      "WHERE id = 1");
  CHECK(units(broken) == 1);
  CHECK_THROWS_AS(Catalog::from_image(DatabaseImage(broken)), Error);
  // Rows are copied where the schema differs, and so checked.
  const std::string view = changed_image("CREATE VIEW v AS SELECT 1");
  Catalog copied = Catalog::from_image(DatabaseImage(view), Trusted::yes);
  CHECK_FALSE(copied.connection().scalar("SELECT 1 FROM sqlite_schema WHERE name = 'v'"));
}

}  // namespace vitrine::catalog_proven_file_test
