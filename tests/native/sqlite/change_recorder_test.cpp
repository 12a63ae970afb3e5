// ChangeRecorder: the same changes as SQLite's own recorder finds, its bounds, and tables that are
// altered while it records.
#include "sqlite/change_recorder.h"

#include <doctest/doctest.h>
#include <sqlite3.h>

#include <algorithm>
#include <functional>
#include <random>

#include "base/error.h"
#include "sqlite/changes.h"
#include "support/fault_malloc.h"
#include "support/seed.h"

namespace vitrine::sqlite_change_recorder_test {

using namespace vitrine::testing;

namespace {

const std::vector<std::string> kTables = {"shelf", "good", "label"};
constexpr std::int64_t kMaxBytes = 4'000;
using Lines = std::vector<std::string>;

Connection opened() {
  Connection connection = Connection::open(":memory:");
  connection.execute(
      "PRAGMA foreign_keys = ON;"
      "CREATE TABLE shelf (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE NOT NULL,"
      " upper TEXT AS (upper(name)), weight REAL) STRICT;"
      "CREATE TABLE good (note TEXT, shelf_id INTEGER NOT NULL REFERENCES shelf (id)"
      " ON DELETE CASCADE ON UPDATE CASCADE, code TEXT NOT NULL, content BLOB,"
      " PRIMARY KEY (code, shelf_id)) STRICT, WITHOUT ROWID;"
      "CREATE TABLE label (code BLOB PRIMARY KEY, note TEXT, size ANY) STRICT;"
      "CREATE TABLE other (id INTEGER PRIMARY KEY)");
  return connection;
}

// A line for each row: table, kind, and the columns before and after.
Lines told(const std::string& changeset) {
  Lines lines;
  ChangeReader reader(changeset);
  while (reader.next()) {
    std::string line(reader.table());
    line += "+~-"[static_cast<int>(reader.kind())];
    for (int i = 0; i < reader.column_count(); ++i) {
      line += reader.is_key(i) ? " *" : " ";
      if (const auto value = reader.old_value(i)) line += value->describe();
      if (const auto value = reader.new_value(i)) line += ">" + value->describe();
    }
    lines.push_back(line);
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

std::string any_value(std::mt19937& random) {
  const char* const values[] = {"NULL", "'a'", "'Ü🥾'",  "''",      "x''", "x'00ff'",
                                "0",    "-1",  "123456789", "1.5e300", "2.0"};
  return values[random() % std::size(values)];
}

// Some statements, of which some are refused and some are taken back.
void work(Connection& connection, std::mt19937& random) {
  const auto number = [&](unsigned count) { return std::to_string(random() % count); };
  const auto text = [&] { return "'" + number(9) + "'"; };
  const auto bytes = [&] { return "zeroblob(" + number(300) + ")"; };
  const std::function<std::string()> statements[] = {
      [&] { return "INSERT OR REPLACE INTO shelf (name) VALUES (" + text() + ")"; },
      [&] { return "INSERT INTO shelf (id, name, weight) VALUES (" + number(9) + ", 'x', 2)"; },
      [&] { return "INSERT OR IGNORE INTO shelf (name) VALUES ('x'), (" + text() + ")"; },
      [&] { return "INSERT INTO shelf (name) VALUES ('new'), ('twice'), ('twice')"; },
      [&] { return "UPDATE shelf SET weight = " + number(3) + " WHERE id < " + number(9); },
      [&] { return "UPDATE shelf SET id = " + number(9) + " WHERE id = " + number(9); },
      [&] { return "DELETE FROM shelf WHERE id = " + number(9); },
      [&] {
        return "INSERT OR REPLACE INTO good SELECT 'n', id, " + text() + ", " + bytes() +
               " FROM shelf";
      },
      [&] { return "UPDATE good SET code = " + text() + ", note = " + text(); },
      [&] { return "UPDATE good SET content = " + bytes() + " WHERE code < " + text(); },
      [&] { return "DELETE FROM " + std::string(random() % 2 == 0 ? "good" : "label"); },
      [&] {
        return "INSERT OR REPLACE INTO label VALUES (x'0" + number(6) + "', 'l', " +
               any_value(random) + ")";
      },
      [&] { return "UPDATE label SET size = " + any_value(random); },
      [] { return "SAVEPOINT part"; },
      [] { return "ROLLBACK TO part"; },
      [] { return "RELEASE part"; }};
  for (int i = 0; i < 40; ++i) {
    const std::string sql = statements[random() % std::size(statements)]();
    try {
      connection.run(sql);
    } catch (const Error&) {
      continue;  // a refusal, as random work meets
    }
  }
}

// What SQLite's own recorder finds of the same work.
Lines found_by_sqlite(std::uint32_t seed) {
  Connection connection = opened();
  std::mt19937 random(seed);
  work(connection, random);
  sqlite3_session* session = nullptr;
  sqlite3session_create(connection.handle(), "main", &session);
  for (const std::string& table : kTables) sqlite3session_attach(session, table.c_str());
  work(connection, random);
  int size = 0;
  void* bytes = nullptr;
  REQUIRE(sqlite3session_changeset(session, &size, &bytes) == SQLITE_OK);
  const std::string changeset(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
  sqlite3_free(bytes);
  sqlite3session_delete(session);
  return told(changeset);
}

}  // namespace

TEST_CASE("a recorder finds what SQLite's own finds, whatever is done") {
  const std::uint32_t seed = seed_or(2026);
  for (std::uint32_t round = 0; round < 60; ++round) {
    Connection connection = opened();
    std::mt19937 random(seed + round);
    work(connection, random);
    ChangeRecorder recorder(connection, kTables, 1 << 20);
    work(connection, random);
    const auto changeset = recorder.changeset();
    REQUIRE(changeset);
    CHECK_MESSAGE(told(*changeset) == found_by_sqlite(seed + round), "seed " << seed + round);
    recorder.reset();
    CHECK(recorder.is_empty());
    CHECK(recorder.changeset()->empty());
  }
}

TEST_CASE("a recorder that is full only knows which tables were written to") {
  Connection connection = opened();
  ChangeRecorder recorder(connection, kTables, kMaxBytes);
  CHECK(recorder.is_empty());
  const Value long_text(std::string(1'900, 'x'));
  connection.run("INSERT INTO shelf (name) VALUES (?1 || '1')", {long_text});
  connection.run("INSERT INTO label VALUES (x'01', ?1, 2)", {long_text});
  CHECK_FALSE(recorder.is_full());
  connection.run("UPDATE label SET note = note || '!'");
  CHECK_FALSE(recorder.is_full());
  connection.run("INSERT INTO label VALUES (x'02', ?1, 2)", {long_text});
  CHECK(recorder.is_full());
  CHECK(recorder.written_tables() == Lines{"shelf", "label"});
  CHECK_FALSE(recorder.changeset());
  connection.execute("BEGIN; DELETE FROM label; ROLLBACK");
  CHECK(recorder.is_empty());
  recorder.reset();
  connection.run("DELETE FROM label WHERE code = x'02'");
  CHECK(told(recorder.changeset().value()).size() == 1);
}

TEST_CASE("a row that grew after it was noted fills the recorder when that is told") {
  Connection connection = opened();
  ChangeRecorder recorder(connection, kTables, kMaxBytes);
  connection.run("INSERT INTO label VALUES (x'01', '', 2)");
  connection.run("UPDATE label SET note = ?1", {Value(std::string(5'000, 'x'))});
  CHECK_FALSE(recorder.is_full());
  CHECK_FALSE(recorder.changeset());
  CHECK(recorder.is_full());
  CHECK(recorder.written_tables() == Lines{"label"});
}

TEST_CASE("a table that is altered is looked at again, and fills the recorder if it has changed") {
  Connection connection = opened();
  ChangeRecorder recorder(connection, kTables, kMaxBytes);
  connection.run("INSERT INTO label VALUES (x'01', 'l', 2)");
  connection.run("ALTER TABLE label ADD COLUMN more TEXT");
  connection.run("INSERT INTO label VALUES (x'02', 'l', 2, 'm')");
  CHECK(recorder.is_full());
  recorder.reset();
  connection.run("UPDATE label SET more = 'n' WHERE code = x'02'");
  CHECK(told(recorder.changeset().value()) == Lines{"label~ *x'02'   'm'>'n'"});
  connection.run("ALTER TABLE label RENAME COLUMN code TO number");
  CHECK_FALSE(recorder.changeset());
  recorder.reset();
  connection.run("DELETE FROM label WHERE number = x'02'");
  CHECK(told(recorder.changeset().value()).size() == 1);
}

// What is recorded of a little work in which allocation number `nth` fails: nothing when the
// recorder is full then, "-" when the work was refused.
std::optional<std::string> recorded_with_failure(int nth, bool& tripped) {
  Connection connection = opened();
  ChangeRecorder recorder(connection, kTables, kMaxBytes);
  const FailingMalloc memory(nth);
  std::optional<std::string> changeset;
  try {
    connection.run("INSERT INTO shelf (name) VALUES ('a')");
    connection.run("UPDATE shelf SET name = 'b'");
    changeset = recorder.changeset();
  } catch (const Error& error) {
    CHECK(error.code() == Code::nomem);
    changeset = "-";
  }
  tripped = memory.tripped();
  return changeset;
}

TEST_CASE("recording without memory fails with the work, or is full, and is never wrong") {
  int refused = 0;
  bool tripped = true;
  for (int nth = 1; tripped; ++nth) {
    const auto changeset = recorded_with_failure(nth, tripped);
    if (changeset == "-") ++refused;
    if (changeset && changeset != "-") CHECK(told(*changeset) == Lines{"shelf+ *>1 >'b' >NULL"});
  }
  CHECK(refused > 10);
}

namespace {

constexpr std::size_t kManyBytes = 100'000;

std::int64_t hook_calls(Connection& connection, ChangeRecorder& recorder, std::size_t bytes) {
  const std::int64_t before = recorder.deletions("shelf");
  ChangeRecorder::Flood flood(recorder, "shelf", bytes);
  connection.execute("DELETE FROM shelf");
  return recorder.deletions("shelf") - before;
}

}  // namespace

TEST_CASE("rows that cannot be recorded are not told one by one, and fill the recorder") {
  Connection connection = opened();
  ChangeRecorder recorder(connection, kTables, kMaxBytes);
  const char* const insert = "INSERT INTO shelf (name) VALUES ('a')";
  {
    ChangeRecorder::Flood flood(recorder, "shelf", kManyBytes);
    connection.execute(insert);
    CHECK(recorder.is_empty());
    flood.commit();
  }
  CHECK(recorder.is_full());
  CHECK(recorder.written_tables() == std::vector<std::string>{"shelf"});
  CHECK(hook_calls(connection, recorder, kManyBytes) == 0);
  connection.execute(insert);
  CHECK(hook_calls(connection, recorder, 10) == 1);
}

TEST_CASE("rows that did not come leave the recorder as it was") {
  Connection connection = opened();
  ChangeRecorder recorder(connection, kTables, kMaxBytes);
  connection.execute("INSERT INTO label (code) VALUES (x'01')");
  const Lines before = told(*recorder.changeset());
  { const ChangeRecorder::Flood flood(recorder, "shelf", kManyBytes); }
  CHECK(!recorder.is_full());
  CHECK(told(*recorder.changeset()) == before);
  connection.execute("INSERT INTO shelf (name) VALUES ('b')");
  CHECK(told(*recorder.changeset()).size() == 2);
}

TEST_CASE("rows of a table that has changed count only as far as they are others") {
  Connection connection = opened();
  ChangeRecorder recorder(connection, kTables, kMaxBytes);
  connection.execute("INSERT INTO shelf (name) VALUES ('a')");
  CHECK(hook_calls(connection, recorder, kManyBytes) == 1);
  CHECK(!recorder.is_full());
}

TEST_CASE("a transaction that was rolled back leaves no full recorder behind") {
  Connection connection = opened();
  ChangeRecorder recorder(connection, kTables, kMaxBytes);
  connection.execute(
      "BEGIN; INSERT INTO label (code, size) VALUES (x'01', zeroblob(9000)); SELECT 1");
  CHECK(recorder.is_full());
  connection.execute("ROLLBACK; INSERT INTO shelf (name) VALUES ('a')");
  CHECK(!recorder.is_full());
  CHECK(told(*recorder.changeset()).size() == 1);
}

TEST_CASE("rows are told one by one where a trigger may write to other tables") {
  Connection connection = opened();
  ChangeRecorder recorder(connection, kTables, kMaxBytes);
  const auto insert = [&] {
    connection.execute("INSERT INTO shelf (name) VALUES ('a')");
    recorder.reset();
  };
  // As the search index notes what changed.
  connection.execute(
      "CREATE TEMP TABLE vitrine_search_x_changes (id); CREATE TRIGGER temp.\"vitrine_search_x\" "
      "AFTER DELETE ON main.\"shelf\" BEGIN INSERT OR IGNORE INTO \"vitrine_search_x_changes\" "
      "(id) "
      "SELECT 1 WHERE 1 IS NOT NULL; END");
  insert();
  CHECK(hook_calls(connection, recorder, kManyBytes) == 0);
  for (const std::string name : {"t", "temp.t", "temp.vitrine_search_y"}) {
    connection.execute("CREATE TRIGGER " + name + " AFTER DELETE ON shelf BEGIN SELECT 1; END");
    insert();
    CHECK(hook_calls(connection, recorder, kManyBytes) == 1);
    connection.execute("DROP TRIGGER " + name);
  }
}

}  // namespace vitrine::sqlite_change_recorder_test
