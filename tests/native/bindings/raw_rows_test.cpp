// Rows in batches for the sql.js interface.
#include "bindings/raw_rows.h"

#include <doctest/doctest.h>

#include <string>

namespace vitrine::bindings_raw_rows_test {

namespace {

struct Asking {
  explicit Asking(const char* text, const char* first = "") {
    REQUIRE(run_raw(handle, first) == kRawOk);
    const char* rest = nullptr;
    REQUIRE(prepare_raw(handle, text, statement, rest) == kRawOk);
  }
  Asking(const Asking&) = delete;
  ~Asking() {
    finalize_raw(statement);
    close_raw(handle);
  }
  sqlite3* handle = open_raw("asking", nullptr, 0);
  sqlite3_stmt* statement = nullptr;
};

constexpr std::size_t kAll = 100000;
constexpr const char* kMany =
    "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t WHERE x < 40000) SELECT x FROM "
    "t";

}  // namespace

TEST_CASE("a batch holds rows one after the other, with text and bytes beside them") {
  const Asking asking("VALUES (1, 'é😀', x'0102'), (NULL, '', 2.5)");
  RawRows rows;
  CHECK(read_rows(asking.statement, kAll, rows) == kRawDone);
  REQUIRE(rows.cells.size() == 6);
  CHECK(rows.cells[0].real == 1);
  CHECK(rows.cells[1].kind == RawKind::text);
  CHECK(rows.cells[1].size == 3);  // UTF-16 units
  CHECK(rows.content.text.view() == "é😀");
  CHECK(rows.cells[2].size == 2);
  CHECK(rows.content.blobs.view() == "\x01\x02");
  CHECK(rows.cells[3].kind == RawKind::null);
  CHECK(rows.cells[5].real == 2.5);
}

TEST_CASE("a batch is bounded, and the next one goes on") {
  const Asking asking(kMany);
  RawRows rows;
  std::size_t cells = 0;
  int batches = 0;
  for (int result = kRawRow; result == kRawRow; ++batches) {
    result = read_rows(asking.statement, kAll, rows);
    for (const RawCell& cell : rows.cells) REQUIRE(cell.real == static_cast<double>(++cells));
  }
  CHECK(cells == 40000);
  CHECK(batches == 10);
}

TEST_CASE("a batch has no more rows than were asked for") {
  const Asking asking(kMany);
  RawRows rows;
  CHECK(read_rows(asking.statement, 3, rows) == kRawRow);
  CHECK(rows.cells.size() == 3);
  CHECK(read_rows(asking.statement, 2, rows) == kRawRow);
  REQUIRE(rows.cells.size() == 2);
  CHECK(rows.cells[0].real == 4);
}

TEST_CASE("a table comes in batches as it comes row by row") {
  const Asking asking("SELECT id, a, b FROM t", R"(
    CREATE TABLE t (id INTEGER PRIMARY KEY, a, b REAL);
    WITH n(v) AS (VALUES (1) UNION ALL SELECT v + 1 FROM n WHERE v < 5000) INSERT INTO t
    SELECT v, iif(v % 100, substr('näher betrachtet', 1, v % 17), zeroblob(9000)), v FROM n)");
  RawRows batch;
  int id = 0;
  for (int result = kRawRow; result == kRawRow;) {
    result = read_rows(asking.statement, 300, batch);
    std::size_t text = 0;
    for (std::size_t cell = 0; cell < batch.cells.size(); cell += 3) {
      REQUIRE(batch.cells[cell].real == ++id);
      REQUIRE(batch.cells[cell + 2].real == id);
      const bool is_blob = id % 100 == 0;
      REQUIRE((batch.cells[cell + 1].kind == RawKind::blob) == is_blob);
      REQUIRE(batch.cells[cell + 1].size == (is_blob ? 9000 : id % 17));
      if (!is_blob) REQUIRE(batch.cells[cell + 1].start == text);
      if (!is_blob) text += batch.cells[cell + 1].size;
    }
  }
  CHECK(id == 5000);
}

TEST_CASE("each cell tells where its content lies") {
  const Asking asking("VALUES ('é😀', x'0102', 'ab'), ('', x'', 'c')");
  RawRows rows;
  CHECK(read_rows(asking.statement, kAll, rows) == kRawDone);
  REQUIRE(rows.cells.size() == 6);
  CHECK(rows.cells[2].start == 3);
  CHECK(rows.cells[4].start == 2);
  CHECK(rows.cells[5].start == 5);
}

TEST_CASE("a failure in mid-batch is the batch's answer") {
  const Asking asking("SELECT abs(-9223372036854775807 - column1) FROM (VALUES (0), (1))");
  RawRows rows;
  CHECK(read_rows(asking.statement, kAll, rows) == 1);
  CHECK(std::string(raw_message(asking.handle)) == "integer overflow");
}

TEST_CASE("one row is read where it stands") {
  const Asking asking("SELECT 'text', 3");
  RawRows rows;
  read_raw_row(asking.statement, rows);
  CHECK(rows.cells.empty());
  step_raw(asking.statement);
  read_raw_row(asking.statement, rows);
  REQUIRE(rows.cells.size() == 2);
  CHECK(rows.content.text.view() == "text");
  CHECK(rows.cells[0].size == 4);
  CHECK(rows.cells[1].real == 3);
}

}  // namespace vitrine::bindings_raw_rows_test
