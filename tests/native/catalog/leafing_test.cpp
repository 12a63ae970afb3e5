// Leafing through a list: pages are found from where others ended, and are the same rows as ever.
#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

#include "bindings/packet.h"
#include "catalog/catalog.h"
#include "catalog/page_marks.h"
#include "orm/session/kept_plan.h"

namespace vitrine::catalog_leafing_test {

namespace {

std::string mark(std::size_t number) { return std::to_string(integer_mark(number)); }

// Units, in the order of their key or backwards, read a page at a time.
struct List {
  Catalog catalog = Catalog::in_memory();
  ShapeTable shapes;
  Packet packet;
  std::vector<std::string> statements;
  int made = 0;

  explicit List(int rows) {
    for (int i = 0; i < rows; ++i) add();
    catalog.connection().on_statement(
        [this](const StatementEvent& event) { statements.emplace_back(event.sql); });
    REQUIRE(keep(0, ""));
    REQUIRE(keep(1, R"("orderBy": [{"id": "desc"}], )"));
    REQUIRE(keep(2, R"("orderBy": [{"id": "asc"}], "where": {"id": {"gt": 3}}, )"));
  }
  ~List() { catalog.connection().on_statement({}); }

  bool keep(std::size_t list, const std::string& more) {
    const std::string page = R"("limit": )" + mark(1) + R"(, "offset": )" + mark(0) + "}";
    return catalog.keep_plan(list, "uom", nullptr, Json::parse("{" + more + page), 2) != nullptr;
  }
  void add() { catalog.create("uom", {{"name", "unit " + std::to_string(++made)}}); }

  std::string page(std::size_t list, std::int64_t offset, std::int64_t limit) {
    statements.clear();
    PacketSink sink(packet, 0);
    catalog.run_kept(list, std::vector<OpenValue>{{offset, {}}, {limit, {}}}, sink);
    return std::string(packet.text.view());
  }
  std::string rows(std::size_t list, std::int64_t offset, std::int64_t limit) {
    const char* order = list == 1 ? " ORDER BY id DESC" : " ORDER BY id";
    const char* where = list == 2 ? " WHERE id > 3" : "";
    std::string names;
    const Borrowed select = catalog.connection().prepare(
        "SELECT name FROM uom" + std::string(where) + order + " LIMIT " + std::to_string(limit) +
        " OFFSET " + std::to_string(offset));
    while (select->step()) names += select->column_text(0);
    return names;
  }
};

}  // namespace

TEST_CASE("a page is found by the key of the row before it, once that was read") {
  List list(30);
  CHECK(list.page(0, 20, 3) == "unit 21unit 22unit 23");
  CHECK(list.statements.front().find(" > ") == std::string::npos);
  CHECK(list.page(0, 23, 3) == "unit 24unit 25unit 26");
  CHECK(list.statements.front().find("WHERE (t0.\"id\") > (?") != std::string::npos);
  CHECK(list.page(0, 28, 5) == "unit 29unit 30");
  CHECK(list.page(0, 30, 5).empty());
  CHECK(list.page(0, 40, 5).empty());
  CHECK(list.page(0, 5, 2) == "unit 6unit 7");
  CHECK(list.page(1, 2, 2) == "unit 28unit 27");
  CHECK(list.page(1, 4, 2) == "unit 26unit 25");
}

TEST_CASE("whatever is written meanwhile, pages are the rows that are there") {
  List list(40);
  Connection& connection = list.catalog.connection();
  std::mt19937 random(7);
  const auto below = [&](unsigned bound) { return static_cast<int>(random() % bound); };
  const auto look = [&] {
    for (int i = 0; i < 3; ++i) {
      const auto which = static_cast<std::size_t>(below(3));
      const int offset = below(45);
      const int limit = below(8);
      CHECK(list.page(which, offset, limit) == list.rows(which, offset, limit));
    }
  };
  const auto erase_one = [&] {
    connection.run("DELETE FROM uom WHERE id = (SELECT id FROM uom ORDER BY id LIMIT 1 OFFSET " +
                   std::to_string(below(30)) + ")");
  };
  for (int round = 0; round < 400; ++round) {
    CAPTURE(round);
    look();
    switch (below(6)) {
      case 0:
        list.add();
        break;
      case 1:
        erase_one();
        break;
      case 2:
        connection.run("UPDATE uom SET id = (SELECT max(id) + 1 FROM uom) WHERE id = " +
                       std::to_string(below(40)));
        break;
      case 3:
        connection.run("BEGIN");
        look();
        erase_one();
        look();
        connection.run(below(2) == 0 ? "ROLLBACK" : "COMMIT");
        break;
      case 4:
        connection.run("SAVEPOINT a");
        erase_one();
        look();
        connection.run("ROLLBACK TO a");
        look();
        connection.run("RELEASE a");
        break;
      default:
        if (!list.catalog.history().at("undo").empty()) list.catalog.undo();
    }
    look();
  }
}

TEST_CASE("marks are forgotten with another version of the rows, and when there are too many") {
  PageMarks marks;
  CHECK_FALSE(marks.before(10, 1));
  marks.note({10, 110}, 1);
  marks.note({30, 130}, 1);
  marks.note({20, 120}, 1);
  marks.note({20, 120}, 1);
  CHECK(marks.before(29, 1)->key == 120);
  CHECK(marks.before(20, 1)->rows == 20);
  CHECK(marks.before(1000, 1)->key == 130);
  CHECK_FALSE(marks.before(9, 1));
  CHECK_FALSE(marks.before(29, 2));
  CHECK_FALSE(marks.before(29, 1));
  for (std::int64_t rows = 1; rows <= 1'001; ++rows) marks.note({rows, rows}, 3);
  CHECK_FALSE(marks.before(500, 3));
  CHECK(marks.before(2'000, 3)->rows == 1'001);
}

}  // namespace vitrine::catalog_leafing_test
