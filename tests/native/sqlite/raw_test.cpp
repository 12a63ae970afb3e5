// Databases and statements as the sql.js interface uses them.
#include "sqlite/raw.h"

#include <doctest/doctest.h>

#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "sqlite/connection.h"

namespace vitrine::sqlite_raw_test {

namespace {

std::vector<RawCell> row_of(sqlite3_stmt* statement) {
  std::vector<RawCell> row;
  std::vector<Cell> room;
  for (const Cell& cell : raw_row(statement, room)) row.push_back(raw_cell(cell));
  return row;
}

RawCell cell_at(sqlite3_stmt* statement, std::size_t column) {
  return row_of(statement).at(column);
}

struct Opened {
  explicit Opened(const std::string& image = "") {
    char* bytes = image.empty() ? nullptr : raw_room(image.size());
    if (bytes != nullptr) std::memcpy(bytes, image.data(), image.size());
    handle = open_raw("opened", bytes, image.size());
  }
  Opened(const Opened&) = delete;
  ~Opened() { close_raw(handle); }

  sqlite3_stmt* prepare(const char* text) const {
    sqlite3_stmt* statement = nullptr;
    const char* rest = nullptr;
    REQUIRE(prepare_raw(handle, text, statement, rest) == kRawOk);
    return statement;
  }
  // The whole number that `text` selects.
  std::int64_t number(const char* text) const {
    sqlite3_stmt* statement = prepare(text);
    REQUIRE(step_raw(statement) == kRawRow);
    const auto found = static_cast<std::int64_t>(cell_at(statement, 0).real);
    finalize_raw(statement);
    return found;
  }
  std::string exported() const {
    RawFile file{nullptr, 0, false};
    REQUIRE(export_raw(handle, file) == kRawOk);
    std::string bytes(file.bytes, file.size);
    if (file.owned) free_raw(file.bytes);
    return bytes;
  }

  sqlite3* handle = nullptr;
};

RawCell text_cell(const std::string& text) {
  RawCell cell;
  cell.kind = RawKind::text;
  cell.size = static_cast<std::uint32_t>(text.size());
  cell.bytes = text.data();
  return cell;
}

RawCell number_cell(RawKind kind, double number) {
  RawCell cell;
  cell.kind = kind;
  cell.size = 0;
  cell.real = number;
  return cell;
}

}  // namespace

TEST_CASE("a raw database has SQLite's defaults, not a catalog's") {
  const Opened opened;
  CHECK(run_raw(opened.handle, "CREATE TABLE t(a); INSERT INTO t VALUES (\"double\")") == kRawOk);
  CHECK(opened.number("PRAGMA foreign_keys") == 0);
  CHECK(opened.number("SELECT a = 'double' FROM t") == 1);
}

TEST_CASE("a raw database is exported and opened again, also when nothing was written") {
  const Opened empty;
  CHECK(empty.exported().size() == 4096);
  const Opened opened;
  run_raw(opened.handle, "CREATE TABLE t(a); INSERT INTO t VALUES (7)");
  std::string image = opened.exported();
  image[18] = image[19] = 2;  // as a file in WAL mode
  const Opened again(image);
  CHECK(again.number("SELECT a FROM t") == 7);
  CHECK(run_raw(again.handle, "UPDATE t SET a = 8") == kRawOk);
  CHECK(raw_changes(again.handle) == 1);
  CHECK(again.exported()[18] == 1);
}

TEST_CASE("a raw database is read where only the version for readers says WAL") {
  std::string image = Opened().exported();
  image[19] = 2;
  const Opened again(image);
  CHECK(again.number("SELECT count(*) FROM sqlite_schema") == 0);
  CHECK(again.exported()[19] == 1);
}

TEST_CASE("a raw database is not exported inside a write transaction") {
  const Opened opened;
  run_raw(opened.handle, "BEGIN; CREATE TABLE t(a)");
  RawFile file{nullptr, 0, false};
  CHECK(export_raw(opened.handle, file) == kRawBusy);
  run_raw(opened.handle, "COMMIT");
  CHECK(export_raw(opened.handle, file) == kRawOk);
}

TEST_CASE("bytes that are no database are refused by the first query") {
  const Opened opened("these are no pages");
  CHECK(run_raw(opened.handle, "SELECT * FROM sqlite_schema") != kRawOk);
  CHECK(std::string(raw_message(opened.handle)) == "file is not a database");
  CHECK(std::string(raw_message(nullptr)) == "out of memory");
}

TEST_CASE("parameters are bound by kind, and read back by kind") {
  const Opened opened;
  sqlite3_stmt* statement = opened.prepare("SELECT ?1, ?2, :name, ?4, ?5");
  const std::string text("a\0b", 3);
  CHECK(bind_raw(statement, 1, number_cell(RawKind::integer, -7)) == kRawOk);
  CHECK(bind_raw(statement, 2, number_cell(RawKind::real, 0.5)) == kRawOk);
  CHECK(bind_raw(statement, 3, text_cell(text)) == kRawOk);
  RawCell blob = text_cell(text);
  blob.kind = RawKind::blob;
  CHECK(bind_raw(statement, 4, blob) == kRawOk);
  CHECK(bind_raw(statement, 9, number_cell(RawKind::null, 0)) == kRawOk);
  CHECK(bind_raw(statement, 9, blob) != kRawOk);
  CHECK(std::string(raw_parameter(statement, 3)) == ":name");
  CHECK(raw_parameter_count(statement) == 5);
  CHECK(row_of(statement).empty());
  REQUIRE(step_raw(statement) == kRawRow);
  CHECK(row_of(statement).size() == 5);
  CHECK(cell_at(statement, 0).kind == RawKind::integer);
  CHECK(cell_at(statement, 0).real == -7);
  CHECK(cell_at(statement, 1).real == 0.5);
  const RawCell read = cell_at(statement, 2);
  CHECK(std::string(read.bytes, read.size) == text);
  CHECK(cell_at(statement, 3).kind == RawKind::blob);
  CHECK(cell_at(statement, 4).kind == RawKind::null);
  CHECK(reset_raw(statement) == kRawOk);
  REQUIRE(step_raw(statement) == kRawRow);
  CHECK(cell_at(statement, 0).kind == RawKind::null);
  CHECK(finalize_raw(statement) == kRawOk);
}

TEST_CASE("a run that begins anew goes on to the row that it stood at") {
  const Opened opened;
  sqlite3_stmt* statement = opened.prepare("SELECT column1 FROM (VALUES (1), (2), (3)) WHERE ?");
  CHECK(bind_raw(statement, 1, number_cell(RawKind::integer, 1)) == kRawOk);
  while (step_raw(statement) == kRawRow) continue;
  replay_raw(statement, 2);
  CHECK(cell_at(statement, 0).real == 2);
  REQUIRE(step_raw(statement) == kRawRow);
  CHECK(cell_at(statement, 0).real == 3);
  CHECK(finalize_raw(statement) == kRawOk);
}

TEST_CASE("an integer that a double cannot hold comes with all its bits") {
  const Opened opened;
  sqlite3_stmt* statement = opened.prepare(
      "VALUES (9007199254740991, 9007199254740992, -9007199254740992, -9223372036854775808)");
  REQUIRE(step_raw(statement) == kRawRow);
  CHECK(cell_at(statement, 0).real == 9007199254740991);
  CHECK(cell_at(statement, 1).kind == RawKind::big);
  CHECK(cell_at(statement, 1).integer == 9007199254740992);
  CHECK(cell_at(statement, 2).integer == -9007199254740992);
  CHECK(cell_at(statement, 3).integer == std::numeric_limits<std::int64_t>::min());
  CHECK(is_raw_read(statement));
  CHECK(finalize_raw(statement) == kRawOk);
}

TEST_CASE("a statement knows its SQL and when it was compiled anew") {
  const Opened opened;
  run_raw(opened.handle, "CREATE TABLE t(a)");
  sqlite3_stmt* statement = opened.prepare("SELECT * FROM t WHERE a = 42 ; SELECT 2");
  CHECK(std::string(raw_sql(statement, false)) == "SELECT * FROM t WHERE a = 42 ;");
  CHECK(std::string(raw_sql(statement, true)) == "SELECT*FROM t WHERE a=?;");
  CHECK(raw_sql(nullptr, false) == nullptr);
  CHECK(raw_compilations(statement) == 0);
  run_raw(opened.handle, "ALTER TABLE t ADD COLUMN b");
  CHECK(step_raw(statement) == kRawDone);
  CHECK(raw_compilations(statement) == 1);
  CHECK(raw_column_count(statement) == 2);
  CHECK(std::string(raw_column_name(statement, 1)) == "b");
  finalize_raw(statement);
}

namespace {

std::vector<std::string> calls;

// Answers 42, or an error for the function 2, and notes what it was called for.
void answer(RawCall call, std::uint32_t function, const void* context, int count, RawCell* cells) {
  std::string note = std::to_string(static_cast<int>(call)) + "/" + std::to_string(function) + "/" +
                     std::to_string(count) + (context != nullptr ? "/context" : "");
  calls.push_back(note);
  if (call == RawCall::forget || call == RawCall::change) return;
  if (call == RawCall::step) cells[0].kind = RawKind::nothing;
  if (call == RawCall::step) return;
  if (function != 2) {
    cells[0] = number_cell(RawKind::integer, 42);
    return;
  }
  char* room = raw_room(4);
  std::memcpy(room, "boom", 4);
  cells[0].kind = RawKind::error;
  cells[0].size = 4;
  cells[0].bytes = room;
}

}  // namespace

TEST_CASE("functions are answered by the caller, and forgotten at the end") {
  calls.clear();
  {
    const Opened opened;
    add_raw_function(opened.handle, "f", 2, false, 1, answer);
    add_raw_function(opened.handle, "g", 0, false, 2, answer);
    add_raw_function(opened.handle, "total_of", 1, true, 3, answer);
    CHECK(add_raw_function(opened.handle, "many", 128, false, 4, answer) != kRawOk);
    CHECK(opened.number("SELECT f('a', 1)") == 42);
    CHECK(opened.number("SELECT total_of(1)") == 42);
    sqlite3_stmt* statement = opened.prepare("SELECT g()");
    CHECK(step_raw(statement) != kRawRow);
    CHECK(std::string(raw_message(opened.handle)) == "boom");
    finalize_raw(statement);
    CHECK(calls == std::vector<std::string>{"0/1/2", "1/3/1/context", "2/3/0/context", "0/2/0"});
    calls.clear();
  }
  CHECK(calls.size() == 3);
}

TEST_CASE("the hook is told of each changed row until it is taken away") {
  calls.clear();
  const Opened opened;
  run_raw(opened.handle, "CREATE TABLE t(a)");
  hook_raw(opened.handle, 5, answer);
  run_raw(opened.handle, "INSERT INTO t VALUES (1), (2)");
  hook_raw(opened.handle, 0, answer);
  run_raw(opened.handle, "INSERT INTO t VALUES (3)");
  CHECK(calls == std::vector<std::string>{"4/5/4", "4/5/4", "3/5/0"});
}

}  // namespace vitrine::sqlite_raw_test
