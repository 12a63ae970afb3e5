// Files from strangers: what is sound is taken over row by row, anything else is refused, and the
// catalog in place never suffers.
#include "catalog/strange_file.h"

#include <doctest/doctest.h>

#include <random>

#include "sqlite/handle_vfs.h"
#include "support/caught.h"
#include "support/fault_files.h"
#include "support/seed.h"
#include "support/strange_images.h"

namespace vitrine::catalog_strange_file_test {

using namespace vitrine::catalog;
using namespace vitrine::testing;

namespace {

Value schema_of(Connection& connection) {
  return *connection.scalar(
      "SELECT group_concat(type || name || tbl_name || sql, char(10)) FROM "
      "(SELECT * FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name)");
}

// "" when the file was taken over as it should be, or the code that it was refused with.
std::string outcome_of(const std::string& image) {
  static const Value ours = schema_of(Catalog::in_memory().connection());
  try {
    Catalog catalog = Catalog::from_image(image);
    CHECK(schema_of(catalog.connection()) == ours);
    CHECK(catalog.connection().scalar("PRAGMA integrity_check") == Value("ok"));
    CHECK_FALSE(catalog.connection().scalar("PRAGMA foreign_key_check").has_value());
    catalog.create("uom", {{"name", "one more"}});
    return "";
  } catch (const Error& error) {
    CHECK_FALSE(error.failure().message.empty());
    return std::string(code_name(error.code()));
  }
}

std::string rebuilt(const std::string& table, const std::string& columns) {
  return "PRAGMA foreign_keys = OFF; DROP TABLE " + table + "; CREATE TABLE " + table + " (" +
         columns + ")";
}

struct Hostile {
  std::string sql;
  std::string outcome;
};

std::vector<Hostile> hostile_files() {
  const std::string uom = "id INTEGER PRIMARY KEY, name TEXT, symbol TEXT";
  std::string many = "BEGIN;";
  for (int i = 0; i < 2000; ++i) many += "CREATE TABLE t" + std::to_string(i) + " (x);";
  std::string deep = "1";
  for (int i = 0; i < 300; ++i) deep = "(" + deep + " + 1)";
  return {
      {"CREATE TRIGGER t AFTER INSERT ON uom BEGIN DELETE FROM product; END", ""},
      {"CREATE TRIGGER t BEFORE DELETE ON uom BEGIN SELECT raise(FAIL, 'no'); END", ""},
      {"CREATE VIEW v AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
       "SELECT * FROM n",
       ""},
      {"CREATE TABLE note (text); INSERT INTO note VALUES ('of nobody''s business')", ""},
      {"CREATE TABLE vitrine_search_product (x); CREATE INDEX i ON uom (symbol)", ""},
      {many + "COMMIT", ""},
      {"ANALYZE; UPDATE sqlite_stat1 SET stat = '0 0 0 garbage'", ""},
      {"UPDATE sqlite_sequence SET seq = 'many'", ""},
      {"INSERT INTO sqlite_sequence VALUES ('uom', 5), ('uom', 7), ('sqlite_schema', 9)", ""},
      {"ALTER TABLE uom ADD COLUMN more TEXT DEFAULT 'of a stranger'", ""},
      {"PRAGMA foreign_keys = OFF; DROP TABLE uom; CREATE VIEW uom AS SELECT 1 AS id, 'x' AS name, "
       "NULL AS symbol",
       "VALIDATION"},
      {"PRAGMA foreign_keys = OFF; DROP TABLE uom; CREATE VIRTUAL TABLE uom USING "
       "fts5(id, name, symbol)",
       "VALIDATION"},
      {rebuilt("uom", "id INTEGER PRIMARY KEY, name TEXT AS (hex(id)), symbol TEXT"), "VALIDATION"},
      {rebuilt("uom", "id INTEGER PRIMARY KEY, name TEXT"), "VALIDATION"},
      {"PRAGMA user_version = 99", "SCHEMA_NEWER"},
      {rebuilt("uom", uom + ", CHECK (" + deep + " > 0)"), "CORRUPT"},
      {rebuilt("uom", uom) + "; INSERT INTO uom VALUES (1, 'pair', 5), (2, 'pair', NULL)",
       "UNIQUE"},
      {rebuilt("uom", uom) + "; INSERT INTO uom VALUES (1, NULL, NULL)", "NOT_NULL"},
      {rebuilt("uom", uom) + "; INSERT INTO uom VALUES (1, x'00ff', NULL)", "VALIDATION"},
      {rebuilt("uom", uom) + "; INSERT INTO uom VALUES (1, hex(zeroblob(500)), NULL)", "CHECK"},
      {rebuilt("uom", uom), "FOREIGN_KEY"},
      {rebuilt("uom", uom) + "; INSERT INTO uom VALUES (1, 'pair', NULL);"
                             "CREATE TABLE big (x CHECK (x <> hex(randomblob(1000000))));"
                             "INSERT INTO big VALUES (1), (2), (3)",
       ""},
  };
}

// One damage of a kind and at a place that `random` chooses.
void damage(std::string& image, std::mt19937& random) {
  const auto below = [&](std::size_t bound) { return random() % bound; };
  switch (below(6)) {
    case 0:
      image.resize(below(image.size()));
      return;
    case 1:
      image.resize(image.size() / 4096 * 4096 - 4096 * below(3));
      return;
    case 2:
      image[below(100)] = static_cast<char>(below(256));
      return;
    case 3:
      for (std::size_t at = below(image.size()), i = 0; i < 64 && at + i < image.size(); ++i) {
        image[at + i] = static_cast<char>(below(256));
      }
      return;
    case 4: {
      const std::size_t pages = image.size() / 4096;
      const std::string page = image.substr(4096 * below(pages), 4096);
      image.replace(4096 * below(pages), page.size(), page);
      return;
    }
    default:
      image[below(image.size())] ^= static_cast<char>(1 << below(8));
  }
}

}  // namespace

TEST_CASE("a stranger's rows are taken over, and keys that were given are not given again") {
  Catalog shop = Catalog::in_memory();
  shop.create("product", Json::parse(kBoot));
  shop.create("uom", {{"name", "short-lived"}});
  shop.remove("uom", 2);
  Catalog copy = Catalog::from_image(shop.export_file());
  CHECK(copy.connection().scalar("SELECT name FROM product_item") == Value("Boot 42"));
  CHECK(copy.create("uom", {{"name", "next"}}) == Json(3));
}

TEST_CASE("hostile files are refused, or nothing of theirs but rows comes in") {
  for (const Hostile& file : hostile_files()) {
    CHECK_MESSAGE(outcome_of(changed_image(file.sql)) == file.outcome, file.sql.substr(0, 200));
  }
}

TEST_CASE(
    "500 damaged files are refused or opened soundly, and the catalog in place is untouched") {
  const std::uint32_t seed = seed_or(6);
  std::mt19937 random(seed);
  const std::string good = shop_image(60);
  Catalog in_place = Catalog::from_image(shop_image());
  const std::string before = in_place.export_file();
  int refused = 0;
  for (int i = 0; i < 500; ++i) {
    CAPTURE(seed);
    CAPTURE(i);
    std::string image = good;
    for (std::size_t blows = 1 + random() % 3; blows > 0 && image.size() > 4096; --blows) {
      damage(image, random);
    }
    const std::string outcome = outcome_of(image);
    if (outcome.empty()) continue;
    ++refused;
    CHECK_THROWS_AS(replace_with(in_place, DatabaseImage(image)), Error);
    CHECK(in_place.export_file() == before);
  }
  CHECK(refused > 100);
  CHECK(refused < 500);
}

TEST_CASE("a database in UTF-16 is refused as such, trusted or not") {
  Connection wide = Connection::open(":memory:");
  wide.execute(
      "PRAGMA encoding = 'UTF-16le'; CREATE TABLE uom (id INTEGER PRIMARY KEY, name TEXT)");
  for (const Trusted trusted : {Trusted::no, Trusted::yes}) {
    try {
      Catalog::from_image(DatabaseImage(wide.serialize()), trusted);
      FAIL("it was taken");
    } catch (const Error& error) {
      CHECK(error.code() == Code::validation);
      CHECK(error.failure().reason == "not_a_catalog");
      CHECK(error.failure().message.find("UTF-16") != std::string::npos);
    }
  }
}

TEST_CASE("damage is told in the same words, where a trusted file's history has it") {
  std::string image = shop_image(50);
  const auto root =
      Catalog::from_image(DatabaseImage(image), Trusted::yes)
          .connection()
          .scalar("SELECT rootpage FROM sqlite_schema WHERE name = 'vitrine_history'");
  const auto page = static_cast<std::size_t>(*root->integer() - 1) * 4096;
  std::fill_n(image.begin() + static_cast<std::ptrdiff_t>(page), 4096, '\xee');
  for (const Trusted trusted : {Trusted::no, Trusted::yes}) {
    const Failure failure = caught([&] { Catalog::from_image(DatabaseImage(image), trusted); });
    CHECK(failure.code == Code::corrupt);
    CHECK(failure.reason == "damaged");
  }
}

TEST_CASE("replacing exchanges everything, in files too, and searches find what is new") {
  MemoryFiles files;
  {
    Catalog catalog = Catalog::open_handles(files.open());
    catalog.create("product", {{"name", "Old"}, {"description", "d"}});
    CHECK(catalog.count("product", {{"search", "old"}}) == 1);
    replace_with(catalog, DatabaseImage(shop_image()));
    CHECK(catalog.count("product", {{"search", "old"}}) == 0);
    CHECK(catalog.count("product", {{"search", "boot"}}) == 1);
    CHECK(catalog.create("product", {{"name", "New"}, {"description", "d"}}) == Json(2));
    CHECK(catalog.count("product", {{"search", "new"}}) == 1);
  }
  Catalog again = Catalog::open_handles(files.open());
  CHECK(again.count("product", Json::object()) == 2);
  CHECK(again.connection().scalar("PRAGMA integrity_check") == Value("ok"));
  CHECK(again.connection().scalar("PRAGMA journal_mode") == Value("wal"));
}

TEST_CASE("a transaction that is open is not replaced under its feet") {
  Catalog catalog = Catalog::in_memory();
  catalog.begin();
  CHECK(caught([&] { replace_with(catalog, DatabaseImage(shop_image())); }).code == Code::busy);
  catalog.rollback();
  replace_with(catalog, DatabaseImage(shop_image()));
  CHECK(catalog.count("uom", Json::object()) == 1);
}

TEST_CASE("whichever write or flush of a replacement fails, it is done or not") {
  const std::string image = shop_image(300);
  int failures = 0;
  for (const HandleCall call : {HandleCall::write, HandleCall::flush}) {
    for (int nth = 1;; ++nth) {
      FaultFiles shop;
      Catalog catalog = Catalog::open_handles(shop.open());
      catalog.create("uom", {{"name", "old"}});
      shop.plan = {call, Fault::full, nth, true};
      bool failed = false;
      try {
        replace_with(catalog, DatabaseImage(image));
      } catch (const Error& error) {
        failed = true;
        CHECK(error.code() == Code::full);
      }
      const bool tripped = shop.plan.tripped;
      shop.plan = {};
      CHECK(catalog.count("product", Json::object()) == (failed ? 0 : 300));
      CHECK(catalog.connection().scalar("PRAGMA integrity_check") == Value("ok"));
      replace_with(catalog, DatabaseImage(image));
      CHECK(catalog.count("product", Json::object()) == 300);
      if (!tripped) break;
      ++failures;
    }
  }
  CHECK(failures >= 2);
}

}  // namespace vitrine::catalog_strange_file_test
