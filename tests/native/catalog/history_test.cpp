// The history: whole transactions taken back and done again, in the file, and never half.
#include "catalog/history.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <random>

#include "catalog/catalog.h"
#include "catalog/strange_file.h"
#include "support/caught.h"
#include "support/json_rows.h"
#include "support/seed.h"

namespace vitrine::catalog_history_test {

using namespace vitrine::testing;

namespace {

Json json(const std::string& text) { return Json::parse(text); }

void create_many(Catalog& catalog, const char* model, const Json& json_rows) {
  JsonRows rows(catalog.registry().model(model), json_rows);
  catalog.create_many(model, rows);
}

// Every row of every recorded table, in the order of keys.
std::string content(Catalog& catalog) {
  std::string text;
  for (const auto& model : catalog.registry().models()) {
    text += model->table + ":";
    Borrowed select = catalog.connection().prepare("SELECT * FROM " + model->table + " ORDER BY " +
                                                   std::to_string(1));
    while (select->step()) {
      for (int i = 0; i < select->column_count(); ++i) text += select->column_value(i).describe();
      text += ";";
    }
  }
  return text;
}

void fill(Catalog& catalog) {
  catalog.create("uom", json(R"({"name": "pair"})"));
  catalog.create("product", json(R"({
    "name": "Boot", "description": "d",
    "category": {"create": {"name": "Boots", "description": ""}},
    "product_items": {"create": [
      {"name": "Boot 41", "description": "", "uom": {"connect": {"name": "pair"}}},
      {"name": "Boot 42", "description": "", "uom": {"connect": {"name": "pair"}}}]}})"));
}

Catalog filled() {
  Catalog catalog = Catalog::in_memory();
  fill(catalog);
  return catalog;
}

std::string reason(const std::function<void()>& call) {
  const Failure failure = caught(call);
  CHECK(failure.code == Code::state);
  CHECK(failure.message.size() > 30);
  return failure.reason;
}

}  // namespace

TEST_CASE("a cascade delete is undone and done again, ids as they were") {
  Catalog catalog = filled();
  const std::string before = content(catalog);
  catalog.remove("category", json(R"({"name": "Boots"})"));
  const std::string after = content(catalog);
  const Json step = catalog.undo();
  CHECK(content(catalog) == before);
  CHECK(step["changes"] == json(R"({"category": {"created": 0, "updated": 0, "deleted": 1},
    "product": {"created": 0, "updated": 0, "deleted": 1},
    "product_item": {"created": 0, "updated": 0, "deleted": 2}})"));
  CHECK(catalog.redo() == step);
  CHECK(content(catalog) == after);
  CHECK(reason([&] { catalog.redo(); }) == "nothing_to_redo");
}

TEST_CASE("undo goes back to the empty catalog, and ids are not given again") {
  Catalog catalog = filled();
  catalog.undo();
  catalog.undo();
  CHECK(reason([&] { catalog.undo(); }) == "nothing_to_undo");
  CHECK(catalog.count("uom", json("{}")) == 0);
  CHECK(catalog.create("uom", json(R"({"name": "kg"})")) == Json(2));
  CHECK(reason([&] { catalog.redo(); }) == "nothing_to_redo");
}

TEST_CASE("a transaction is one step, without what its savepoints took back") {
  Catalog catalog = filled();
  const std::string before = content(catalog);
  catalog.begin();
  catalog.create("uom", json(R"({"name": "kg"})"));
  catalog.begin();
  catalog.remove("product", 1);
  catalog.rollback();
  catalog.update("uom", 1, json(R"({"symbol": "2x"})"));
  CHECK(reason([&] { catalog.undo(); }) == "in_transaction");
  catalog.commit();
  CHECK(catalog.history()["undo"].at(0)["changes"] ==
        json(R"({"uom": {"created": 1, "updated": 1, "deleted": 0}})"));
  catalog.undo();
  CHECK(content(catalog) == before);
}

TEST_CASE("what changed nothing is no step and no commit") {
  Catalog catalog = filled();
  const auto steps = catalog.history()["undo"].size();
  const auto commits = catalog.commits();
  catalog.update("uom", 1, json(R"({"name": "pair"})"));
  catalog.remove("product", 1, DryRun::yes);
  CHECK_THROWS_AS(catalog.create("uom", json(R"({"name": "pair"})")), Error);
  catalog.begin();
  catalog.create("uom", json(R"({"name": "kg"})"));
  catalog.rollback();
  CHECK(catalog.history()["undo"].size() == steps);
  CHECK(catalog.commits() == commits);
}

TEST_CASE("each commit says which rows it changed, undo and redo too") {
  Catalog catalog = filled();
  catalog.create("uom", json(R"({"name": "kg"})"));
  CHECK(catalog.commits() == 3);
  CHECK(catalog.changes() == json(R"({"uom": [2]})"));
  catalog.create("product_picture", json(R"({"width": 3, "height": 2, "mimetype": "image/png",
    "product_id": 1})"));
  CHECK(catalog.changes() ==
        json(R"({"product_picture": [{"width": 3, "height": 2, "product_id": 1}]})"));
  catalog.undo();
  CHECK(catalog.commits() == 5);
  CHECK(catalog.changes() ==
        json(R"({"product_picture": [{"width": 3, "height": 2, "product_id": 1}]})"));
  Json rows = Json::array();
  for (int i = 0; i < 1'001; ++i) rows.push_back({{"name", "unit " + std::to_string(i)}});
  create_many(catalog, "uom", rows);
  CHECK(catalog.changes() == json(R"({"uom": "all"})"));
}

TEST_CASE("raw writes are steps, inside a transaction of ours and on their own") {
  Catalog catalog = filled();
  const std::string before = content(catalog);
  catalog.begin();
  while (catalog.sql("UPDATE uom SET name = 'x'", json("[]"))->step()) continue;
  catalog.commit();
  catalog.connection().run("DELETE FROM product");
  CHECK(catalog.commits() == 3);
  catalog.settle();
  CHECK(catalog.commits() == 4);
  CHECK(catalog.changes() == json(R"({"product": [1], "product_item": [1, 2]})"));
  CHECK(catalog.connection().last_insert_rowid() == 2);
  catalog.undo();
  catalog.undo();
  CHECK(content(catalog) == before);
}

TEST_CASE("a step over the bound is a wall that says so, and is told as a change of all") {
  Catalog catalog = filled();
  const std::string long_text(1'000, 'x');
  Json rows = Json::array();
  for (int i = 0; i < 1'200; ++i) {
    rows.push_back({{"name", std::to_string(i)}, {"description", long_text}});
  }
  create_many(catalog, "category", rows);
  CHECK(catalog.changes() == json(R"({"category": "all"})"));
  CHECK(reason([&] { catalog.undo(); }) == "step_too_large");
  const Json steps = catalog.history()["undo"];
  REQUIRE(steps.size() == 1);
  CHECK(steps.at(0)["undoable"] == Json(false));
  catalog.create("uom", json(R"({"name": "kg"})"));
  catalog.undo();
  CHECK(catalog.count("uom", json("{}")) == 1);
  CHECK(reason([&] { catalog.undo(); }) == "step_too_large");
}

TEST_CASE("the history is bounded by steps and by bytes") {
  Catalog catalog = Catalog::in_memory();
  const auto steps = [&] { return static_cast<int>(catalog.history()["undo"].size()); };
  const auto create = [&](int i) { catalog.create("uom", Json{{"name", std::to_string(i)}}); };
  const int all = History::kMaxSteps + History::kSpareSteps;
  for (int i = 1; i < all; ++i) create(i);
  CHECK(steps() == all - 1);
  create(all);
  CHECK(steps() == History::kMaxSteps);
  Json rows = Json::array();
  for (int i = 0; i < 900; ++i) {
    rows.push_back({{"name", std::to_string(i)}, {"description", std::string(1'000, 'x')}});
  }
  for (int i = 0; i < 12; ++i) {
    create_many(catalog, "category", rows);
    catalog.undo();
    catalog.redo();
    catalog.remove_many("category", json(R"({"where": {}})"));
  }
  const auto bytes =
      catalog.connection().scalar("SELECT sum(length(changeset)) FROM vitrine_history");
  CHECK(*bytes->integer() <= History::kMaxBytes);
  CHECK(*bytes->integer() > History::kMaxBytes - 2 * History::kMaxStepBytes);
}

TEST_CASE("a history that was deleted by SQL begins anew") {
  Catalog catalog = Catalog::in_memory();
  const auto steps = [&] { return static_cast<int>(catalog.history()["undo"].size()); };
  int made = 0;
  const auto create = [&] { catalog.create("uom", Json{{"name", std::to_string(++made)}}); };
  for (int i = 0; i < History::kMaxSteps + 10; ++i) create();
  catalog.connection().run("DELETE FROM vitrine_history");
  for (int i = 1; i <= History::kMaxSteps; ++i) {
    create();
    CHECK(steps() == i);
  }
  catalog.connection().run("DROP TABLE vitrine_history");
  create();
  CHECK(steps() == 1);
  catalog.undo();
  catalog.connection().run("DROP TABLE vitrine_history");
  create();
  CHECK(steps() == 1);
  CHECK(catalog.count("uom", json("{}")) == made - 1);
}

TEST_CASE("steps that a program wrote by SQL are not written over") {
  Catalog catalog = filled();
  catalog.update("uom", 1, json(R"({"name": "two"})"));
  const std::string before = content(catalog);
  catalog.connection().run(
      "INSERT INTO vitrine_history SELECT id + 1, made_at, undone, fingerprint, changeset FROM "
      "vitrine_history ORDER BY id DESC LIMIT 1");
  catalog.update("uom", 1, json(R"({"name": "three"})"));
  catalog.undo();
  CHECK(content(catalog) == before);
  CHECK(catalog.history()["undo"].size() == 4);
}

TEST_CASE("altering a table clears the history, anything else does not") {
  Catalog catalog = filled();
  const auto sql = [&](const char* text) {
    catalog.begin();
    while (catalog.sql(text, json("[]"))->step()) continue;
    catalog.commit();
  };
  sql("CREATE TABLE notes (id INTEGER PRIMARY KEY)");
  sql("CREATE INDEX by_symbol ON uom (symbol)");
  CHECK(catalog.history()["undo"].size() == 2);
  sql("ALTER TABLE uom ADD COLUMN extra TEXT");
  CHECK(catalog.history()["undo"].empty());
  catalog.create("uom", json(R"({"name": "kg"})"));
  catalog.connection().run("ALTER TABLE uom ADD COLUMN more TEXT");
  CHECK(reason([&] { catalog.undo(); }) == "schema_changed");
}

#if VITRINE_HAS_FILES
TEST_CASE("the history is in the file, and a file without its table is none the worse") {
  const auto folder = std::filesystem::temp_directory_path();
  const std::string path = folder / ("vitrine-history-" + std::to_string(std::random_device()()));
  {
    Catalog catalog = Catalog::open_file(path);
    fill(catalog);
    catalog.remove("product", 1);
  }
  {
    Catalog again = Catalog::open_file(path);
    again.undo();
    CHECK(again.count("product_item", json("{}")) == 2);
    again.connection().run("DROP TABLE vitrine_history");
  }
  {
    Catalog old = Catalog::open_file(path);
    CHECK(reason([&] { old.undo(); }) == "nothing_to_undo");
    CHECK(old.history() == json(R"({"undo": [], "redo": []})"));
    old.remove("uom", 1);
    old.undo();
    CHECK(old.count("product_item", json("{}")) == 2);
  }
  std::filesystem::remove(path);
}
#endif

TEST_CASE("what was changed past the history is not overwritten") {
  Catalog catalog = filled();
  catalog.update("uom", 1, json(R"({"name": "two"})"));
  catalog.connection().run("UPDATE uom SET name = 'both'");
  catalog.settle();
  catalog.connection().run("DELETE FROM vitrine_history WHERE id = 4");
  const std::string before = content(catalog);
  CHECK(reason([&] { catalog.undo(); }) == "row_changed");
  CHECK(content(catalog) == before);
  CHECK(catalog.history()["undo"].size() == 3);
}

TEST_CASE("data that is replaced is a change of everything, with no step to go back to") {
  Catalog catalog = filled();
  Catalog other = Catalog::in_memory();
  other.create("uom", json(R"({"name": "kg"})"));
  const auto commits = catalog.commits();
  catalog::replace_with(catalog, DatabaseImage(other.export_file()));
  CHECK(catalog.commits() == commits + 1);
  CHECK(catalog.changes()["uom"] == Json("all"));
  CHECK(reason([&] { catalog.undo(); }) == "nothing_to_undo");
  catalog.remove("uom", 1);
  catalog.undo();
  CHECK(catalog.count("uom", json("{}")) == 1);
}

TEST_CASE("the contents of pictures that steps speak of are kept") {
  Catalog catalog = filled();
  const std::string sha(64, 'a');
  catalog.connection().run("INSERT INTO image_blob VALUES (?, 'image/png', 1, 1, 1, x'00')",
                           {Value(sha)});
  catalog.create("product_picture", Json{{"width", 1},
                                         {"height", 1},
                                         {"mimetype", "image/png"},
                                         {"product_id", 1},
                                         {"sha256", sha}});
  catalog.remove_many("product_picture", json(R"({"where": {}})"));
  CHECK(catalog.sweep_contents() == 0);
  catalog.undo();
  CHECK(catalog.count("product_picture", json("{}")) == 1);
  catalog.redo();
  catalog.connection().run("DELETE FROM vitrine_history");
  CHECK(catalog.sweep_contents() == 1);
}

namespace {

// The names of units move from row to row, by SQL.
void move_names(Catalog& catalog) {
  const auto run = [&](const char* text) {
    while (catalog.sql(text, json("[]"))->step()) continue;
  };
  catalog.begin();
  try {
    run("UPDATE uom SET name = 'p' || name");
    run("UPDATE uom SET name = (SELECT 'n' || row_number FROM (SELECT id, row_number() OVER "
        "(ORDER BY id DESC) AS row_number FROM uom) AS o WHERE o.id = uom.id)");
  } catch (const Error&) {
    return catalog.rollback();
  }
  catalog.commit();
}

// One of many things that a program may do; some fail, and then do nothing.
void random_work(Catalog& catalog, std::mt19937& random) {
  const auto below = [&](unsigned count) { return static_cast<std::int64_t>(random() % count); };
  const std::string name = "n" + std::to_string(below(40));
  const Json key = 1 + below(12);
  switch (below(9)) {
    case 0:
      catalog.create("uom", Json{{"name", name}});
      return;
    case 1:
      catalog.create("product", json(R"({"description": "d", "name": ")" + name + R"(", "category":
        {"connectOrCreate": {"name": ")" +
                                     name + R"(", "description": ""}}, "product_items":
        {"create": [{"name": ")" + name +
                                     R"(", "description": "", "uom_id": )" + key.dump() + "}]}}"));
      return;
    case 2:
      catalog.remove("category", key);
      return;
    case 3:
      catalog.remove("uom", key);
      return;
    case 4:
      catalog.update("product", key, Json{{"name", name}, {"category_id", 1 + below(12)}});
      return;
    case 5:
      catalog.create("product_photo", Json{{"width", 1 + below(3)},
                                           {"height", 1},
                                           {"mimetype", "image/png"},
                                           {"product_id", key},
                                           {"order_index", below(3)}});
      return;
    case 6:
      return move_names(catalog);
    case 7:
      catalog.update_many("product_item",
                          json(R"({"where": {}, "data": {"description": ")" + name + "\"}}"));
      return;
    default:
      catalog.remove_many("product_item", json(R"({"where": {"id": {"gt": 5}}})"));
  }
}

void random_transaction(Catalog& catalog, std::mt19937& random) {
  const auto attempt = [&] {
    try {
      random_work(catalog, random);
    } catch (const Error&) {
      return;
    }
  };
  const auto count = random() % 4;
  if (count == 0) return attempt();
  catalog.begin();
  for (unsigned i = 0; i < count; ++i) {
    catalog.begin();
    attempt();
    random() % 3 == 0 ? catalog.rollback() : catalog.commit();
  }
  random() % 6 == 0 ? catalog.rollback() : catalog.commit();
}

}  // namespace

TEST_CASE("all the way back is the first state, and all the way forward the last") {
  const auto seed = seed_or(20261128);
  CAPTURE(seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 4; ++round) {
    Catalog catalog = Catalog::in_memory();
    std::vector<std::string> states = {content(catalog)};
    while (states.size() < 40) {
      const auto commits = catalog.commits();
      random_transaction(catalog, random);
      if (catalog.commits() != commits) states.push_back(content(catalog));
      if (random() % 5 == 0 && states.size() > 1) {
        catalog.undo();
        if (random() % 2 == 0) {
          catalog.redo();
        } else {
          states.pop_back();
        }
        CHECK(content(catalog) == states.back());
      }
    }
    for (std::size_t at = states.size() - 1; at > 0; --at) {
      catalog.undo();
      REQUIRE(content(catalog) == states[at - 1]);
    }
    for (std::size_t at = 1; at < states.size(); ++at) {
      catalog.redo();
      REQUIRE(content(catalog) == states[at]);
    }
    CHECK(catalog.connection().scalar("PRAGMA foreign_key_check") == std::nullopt);
  }
}

}  // namespace vitrine::catalog_history_test
