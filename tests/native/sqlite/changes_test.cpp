// Changes: what is recorded of work on rows, repeated and reverted, and what does not fit.
#include "sqlite/changes.h"

#include <doctest/doctest.h>

#include "sqlite/change_recorder.h"
#include "sqlite/savepoint.h"
#include "support/caught.h"
#include "support/fault_malloc.h"

namespace vitrine::sqlite_changes_test {

using namespace vitrine::testing;

namespace {

const std::vector<std::string> kTables = {"shelf", "good"};
constexpr std::int64_t kMaxBytes = 4'000;

struct Store {
  Connection connection = Connection::open(":memory:");
  Store() {
    connection.execute(
        "CREATE TABLE shelf (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE NOT NULL)"
        " STRICT;"
        "CREATE TABLE good (width INTEGER NOT NULL, shelf_id INTEGER NOT NULL REFERENCES shelf (id)"
        " ON DELETE CASCADE, note TEXT, PRIMARY KEY (width, shelf_id)) STRICT;"
        "CREATE TABLE other (id INTEGER PRIMARY KEY, name TEXT) STRICT;"
        "INSERT INTO shelf (name) VALUES ('Tea'), ('Boots');"
        "INSERT INTO good VALUES (1, 1, 'a'), (2, 1, 'b'), (3, 2, NULL)");
  }
  std::string rows() {
    return *connection
                .scalar(
                    "SELECT concat((SELECT group_concat(id || name, ' ') FROM (SELECT * FROM shelf "
                    "ORDER BY id)), ' / ', (SELECT group_concat(width || coalesce(note, '-') || "
                    "shelf_id, ' ') FROM (SELECT * FROM good ORDER BY width)))")
                ->text();
  }
  // What `script` changed, as bytes.
  std::string recorded(const char* script) {
    ChangeRecorder recorder(connection, kTables, kMaxBytes);
    connection.execute(script);
    return recorder.changeset().value();
  }
  std::optional<ChangeConflict> apply(const std::string& changeset, ChangeDirection direction) {
    return apply_changes(connection, changeset, direction, kTables);
  }
};

// A changeset in one line: table, kind, and the columns before and after.
std::string told(const std::string& changeset) {
  std::string text;
  ChangeReader reader(changeset);
  while (reader.next()) {
    const char* const kinds[] = {"+", "~", "-"};
    text += std::string(reader.table()) + kinds[static_cast<int>(reader.kind())];
    for (int i = 0; i < reader.column_count(); ++i) {
      const auto old_value = reader.old_value(i);
      const auto new_value = reader.new_value(i);
      text += reader.is_key(i) ? " *" : " ";
      if (old_value) text += old_value->describe();
      if (new_value) text += ">" + new_value->describe();
    }
    text += ";";
  }
  return text;
}

const char* const kBefore = "1Tea 2Boots / 1a1 2b1 3-2";

}  // namespace

TEST_CASE("a changeset names each row that changed, with what it held before and after") {
  Store store;
  CHECK(told(store.recorded("INSERT INTO shelf (name) VALUES ('Herbs');"
                            "UPDATE good SET note = 'c' WHERE width = 3")) ==
        "shelf+ *>3 >'Herbs';good~ *3 *2 NULL>'c';");
  CHECK(told(store.recorded("DELETE FROM good WHERE width = 1")) == "good- *1 *1 'a';");
}

TEST_CASE("tables that were not asked for, and what was taken back, are no changes") {
  Store store;
  CHECK(store.recorded("INSERT INTO other (name) VALUES ('x')").empty());
  CHECK(store.recorded("SAVEPOINT a; DELETE FROM shelf; ROLLBACK TO a; RELEASE a").empty());
  CHECK(store.recorded("BEGIN; DELETE FROM shelf; ROLLBACK").empty());
  CHECK(store
            .recorded("UPDATE shelf SET name = 'x' WHERE id = 1;"
                      "UPDATE shelf SET name = 'Tea' WHERE id = 1")
            .empty());
  CHECK(store.rows() == kBefore);
}

TEST_CASE("what cascades took comes back, and goes again") {
  Store store;
  const std::string changes = store.recorded("DELETE FROM shelf WHERE id = 1");
  CHECK(store.rows() == "2Boots / 3-2");
  CHECK_FALSE(store.apply(changes, ChangeDirection::reverse));
  CHECK(store.rows() == kBefore);
  CHECK_FALSE(store.apply(changes, ChangeDirection::forward));
  CHECK(store.rows() == "2Boots / 3-2");
}

TEST_CASE("unique values that were swapped are swapped back") {
  Store store;
  const std::string changes = store.recorded(
      "UPDATE shelf SET name = 'x' WHERE id = 1; UPDATE shelf SET name = 'Tea' WHERE id = 2;"
      "UPDATE shelf SET name = 'Boots' WHERE id = 1");
  CHECK_FALSE(store.apply(changes, ChangeDirection::reverse));
  CHECK(store.rows() == kBefore);
  CHECK_FALSE(store.apply(changes, ChangeDirection::forward));
  CHECK(store.rows() == "1Boots 2Tea / 1a1 2b1 3-2");
}

TEST_CASE("what does not fit any more is refused whole, and says why") {
  Store store;
  const auto misfit = [&](const char* change, const char* since) {
    Store other;
    const std::string changes = other.recorded(change);
    other.connection.execute(since);
    const std::string before = other.rows();
    const auto conflict = other.apply(changes, ChangeDirection::reverse);
    CHECK(other.rows() == before);
    REQUIRE(conflict);
    CHECK_FALSE(other.connection.in_transaction());
    return std::pair(conflict->misfit, conflict->table);
  };
  const char* const rename =
      "UPDATE shelf SET name = 'x' WHERE id = 1;"
      "UPDATE good SET note = 'c' WHERE width = 3";
  using Found = std::pair<Misfit, std::string>;
  CHECK(misfit(rename, "UPDATE shelf SET name = 'y' WHERE id = 1") ==
        Found(Misfit::changed, "shelf"));
  CHECK(misfit(rename, "DELETE FROM good WHERE width = 3") == Found(Misfit::missing, "good"));
  CHECK(misfit(rename, "UPDATE shelf SET name = 'Tea' WHERE id = 2") ==
        Found(Misfit::taken, "shelf"));
  CHECK(misfit("DELETE FROM good WHERE width = 3", "DELETE FROM shelf WHERE id = 2") ==
        Found(Misfit::foreign_key, ""));
  CHECK(misfit("INSERT INTO shelf (name) VALUES ('x')", "INSERT INTO good VALUES (9, 3, NULL)") ==
        Found(Misfit::foreign_key, ""));
  const std::string changes = store.recorded("DELETE FROM good");
  const auto conflict =
      apply_changes(store.connection, changes, ChangeDirection::reverse, {"shelf"});
  REQUIRE(conflict);
  CHECK(conflict->misfit == Misfit::no_table);
}

TEST_CASE("the file's triggers do not run again when changes are applied") {
  Store store;
  store.connection.execute(
      "CREATE TRIGGER log AFTER UPDATE ON shelf BEGIN UPDATE good SET note = note || '!' WHERE "
      "shelf_id = new.id; END");
  const std::string changes = store.recorded("UPDATE shelf SET name = 'x' WHERE id = 1");
  CHECK(store.rows() == "1x 2Boots / 1a!1 2b!1 3-2");
  CHECK_FALSE(store.apply(changes, ChangeDirection::reverse));
  CHECK(store.rows() == kBefore);
  store.connection.execute("UPDATE shelf SET name = 'y' WHERE id = 1");
  CHECK(store.rows() == "1y 2Boots / 1a!1 2b!1 3-2");
}

TEST_CASE("bytes that are no changeset are CORRUPT") {
  Store store;
  const std::string changes = store.recorded("DELETE FROM shelf");
  const auto cut = changes.substr(0, changes.size() - 3);
  CHECK(caught([&] { store.apply(cut, ChangeDirection::reverse); }).code == Code::corrupt);
  CHECK(caught([&] { told("hello"); }).code == Code::corrupt);
  CHECK(store.rows() == " / ");
}

TEST_CASE("recording and applying without memory fails and changes nothing") {
  Store store;
  const std::string changes = store.recorded("DELETE FROM shelf WHERE id = 1");
  int failures = 0;
  for (int nth = 1;; ++nth) {
    const FailingMalloc memory(nth);
    try {
      if (const auto conflict = store.apply(changes, ChangeDirection::reverse)) {
        CHECK(conflict->misfit == Misfit::changed);
      }
    } catch (const Error& error) {
      CHECK(error.code() == Code::nomem);
      ++failures;
    }
    if (!memory.tripped()) break;
    if (store.rows() == kBefore) store.connection.execute("DELETE FROM shelf WHERE id = 1");
    CHECK_MESSAGE(store.rows() == "2Boots / 3-2", "at allocation " << nth);
  }
  CHECK(failures > 10);
  CHECK(store.rows() == kBefore);
}

}  // namespace vitrine::sqlite_changes_test
