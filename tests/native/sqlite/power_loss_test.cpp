// The power goes at every operation on the files of a database, in twenty kinds of work: what was
// acknowledged is there, what was under way is there as a whole or not at all.
// VITRINE_TORTURE=n tries each moment with n times as many fates for what was not flushed.
#include <doctest/doctest.h>

#include <cstdlib>

#include <optional>

#include "base/error.h"
#include "sqlite/connection.h"
#include "sqlite/savepoint.h"
#include "sqlite/stranger.h"
#include "support/power_loss.h"
#include "support/seed.h"

namespace vitrine::sqlite_power_loss_test {

using namespace vitrine::testing;

namespace {

// Everything in the database, as one text.
std::string state_of(Connection& connection) {
  std::string state;
  std::vector<std::string> tables;
  {
    Borrowed names = connection.prepare(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_stat%'"
        " ORDER BY name");
    while (names->step()) {
      tables.emplace_back(names->column_text(0));
      state += std::string(names->column_text(1)) + "\n";
    }
  }
  for (const std::string& table : tables) {
    std::string columns;
    {
      Borrowed names = connection.prepare("SELECT name FROM pragma_table_info(?1)");
      names->bind(1, Value(table));
      while (names->step()) {
        columns += (columns.empty() ? "quote(\"" : " || quote(\"") +
                   std::string(names->column_text(0)) + "\")";
      }
    }
    Borrowed rows = connection.prepare("SELECT " + columns + " FROM \"" + table + "\" ORDER BY 1");
    while (rows->step()) state += std::string(rows->column_text(0)) + "\n";
  }
  return state;
}

// A database whose files are recorded, and the states that were acknowledged.
class Stage {
 public:
  struct Acknowledged {
    std::size_t operations;  // that had been recorded by then
    std::string state;
  };

  Stage(const MemoryFiles& start, const char* settings) : start_(start), settings_(settings) {
    recorded_.files = start;
  }

  Connection& connection() {
    if (!connection_) {
      connection_.emplace(Connection::open_handles(recorded_.open()));
      connection_->use_journal(Journal::wal);
      connection_->execute(settings_);
    }
    return *connection_;
  }
  // One commit each.
  void run(std::string_view sql, const std::vector<Value>& parameters = {}) {
    connection().run(sql, parameters);
    acknowledge();
  }
  // All of the script as one commit.
  void run_all(std::string_view script) {
    Savepoint savepoint(connection());
    connection().execute(script);
    savepoint.release();
    acknowledge();
  }
  void acknowledge() {
    const std::string state = state_of(connection());
    acknowledged_.push_back({recorded_.log.size(), state});
  }
  void close() {
    connection_.reset();
    acknowledged_.push_back({recorded_.log.size(), acknowledged_.back().state});
  }

  const MemoryFiles& start() const { return start_; }
  const std::vector<FileOperation>& log() const { return recorded_.log; }
  const std::vector<Acknowledged>& acknowledged() const { return acknowledged_; }

 private:
  MemoryFiles start_;
  std::string settings_;
  RecordedFiles recorded_;
  std::optional<Connection> connection_;
  std::vector<Acknowledged> acknowledged_;
};

struct Shape {
  const char* name;
  void (*work)(Stage&);
};

constexpr const char* kSchema =
    "CREATE TABLE IF NOT EXISTS category (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE);"
    "CREATE TABLE IF NOT EXISTS product (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE,"
    " note TEXT, category_id INTEGER REFERENCES category ON DELETE CASCADE);"
    "CREATE INDEX IF NOT EXISTS product_category ON product (category_id)";
constexpr const char* kNested =
    "INSERT INTO category (name) VALUES ('Boots');"
    "INSERT INTO product (name, category_id) SELECT 'Boot ' || value, (SELECT max(id) FROM "
    "category)"
    " FROM json_each('[1, 2, 3]')";
constexpr const char* kMany =
    "INSERT INTO product (name, note) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM "
    "n"
    " WHERE i < 2000) SELECT 'bulk ' || i, 'about it' FROM n";
constexpr const char* kGreat =
    "INSERT INTO product (name, note) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM "
    "n"
    " WHERE i < 90) SELECT 'great ' || i, printf('%08000d', i) FROM n";
constexpr const char* kRebuild =
    "CREATE TABLE product2 (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, note TEXT,"
    " category_id INTEGER, at TEXT) STRICT;"
    "INSERT INTO product2 (id, name, note) SELECT id, name, note FROM product;"
    "DROP TABLE product; ALTER TABLE product2 RENAME TO product;"
    "CREATE INDEX product_name ON product (name, at); PRAGMA user_version = 2";

std::vector<Value> bytes(std::size_t size, char fill) { return {Value(std::string(size, fill))}; }

void with_savepoints(Stage& stage) {
  {
    Savepoint outer(stage.connection());
    stage.connection().run("INSERT INTO product (name) VALUES ('kept')");
    {
      Savepoint inner(stage.connection());
      stage.connection().run("INSERT INTO product (name) VALUES ('undone')");
    }
    outer.release();
  }
  stage.acknowledge();
  {
    Savepoint undone(stage.connection());
    stage.connection().run("INSERT INTO product (name) VALUES ('undone too')");
  }
  stage.run("INSERT INTO product (name) VALUES ('last')");
}

void with_pictures(Stage& stage) {
  stage.run("CREATE TABLE picture (bytes BLOB)");
  for (const std::size_t size : {300'000U, 700'000U}) {
    stage.run("INSERT INTO picture VALUES (?1)", bytes(size, 'p'));
  }
  stage.run("UPDATE picture SET bytes = x'00' WHERE rowid = 1");
  stage.run("DELETE FROM picture");
}

// What a catalog's undo does: the step is kept in the transaction of the change.
void with_undo_steps(Stage& stage) {
  stage.run("CREATE TABLE step (id INTEGER PRIMARY KEY, changes BLOB)");
  for (const char fill : {'a', 'b', 'c'}) {
    Savepoint savepoint(stage.connection());
    stage.connection().run("INSERT INTO product (name) VALUES (?1)", {Value(std::string(1, fill))});
    stage.connection().run("INSERT INTO step (changes) VALUES (?1)", bytes(20'000, fill));
    stage.connection().run("DELETE FROM step WHERE id < (SELECT max(id) FROM step)");
    savepoint.release();
    stage.acknowledge();
  }
}

void with_checkpoints(Stage& stage) {
  stage.run("INSERT INTO product (name) VALUES ('a')");
  stage.run("PRAGMA wal_checkpoint(TRUNCATE)");
  stage.run("INSERT INTO product (name) VALUES ('b')");
  stage.run("PRAGMA wal_checkpoint(RESTART)");
  stage.run("INSERT INTO product (name) VALUES ('c')");
}

void with_own_checkpoints(Stage& stage) {
  stage.connection().execute("PRAGMA wal_autocheckpoint = 3");
  for (const char* name : {"a", "b", "c", "d"}) {
    stage.run("INSERT INTO product (name) VALUES (?1)", {Value(name)});
  }
}

void with_new_beginning(Stage& stage) {
  for (const char* name : {"a", "b"}) {
    stage.run("INSERT INTO product (name) VALUES (?1)", {Value(name)});
    stage.close();
  }
}

void with_replacement(Stage& stage) {
  Connection other = Connection::open(":memory:");
  other.execute("PRAGMA page_size = 8192");
  other.execute(kSchema);
  other.execute(kNested);
  copy_database(other, stage.connection());
  stage.acknowledge();
}

const Shape kShapes[] = {
    {"a new database", [](Stage& stage) { stage.run_all(kSchema); }},
    {"an insert", [](Stage& stage) { stage.run("INSERT INTO product (name) VALUES ('loaf')"); }},
    {"a nested insert", [](Stage& stage) { stage.run_all(kNested); }},
    {"an update", [](Stage& stage) { stage.run("UPDATE product SET note = 'n' WHERE id = 7"); }},
    {"an upsert",
     [](Stage& stage) {
       stage.run(
           "INSERT INTO product (name) VALUES ('product 1') ON CONFLICT (name) "
           "DO UPDATE SET note = 'again'");
     }},
    {"a cascade delete",
     [](Stage& stage) {
       stage.run_all(kNested);
       stage.run("DELETE FROM category WHERE name = 'Boots'");
     }},
    {"a bulk insert", [](Stage& stage) { stage.run(kMany); }},
    {"a bulk update", [](Stage& stage) { stage.run("UPDATE product SET note = 'new'"); }},
    {"a bulk delete", [](Stage& stage) { stage.run("DELETE FROM product WHERE id > 3"); }},
    {"savepoints, some undone", with_savepoints},
    {"a transaction that spills",
     [](Stage& stage) {
       stage.connection().execute("PRAGMA cache_size = 5");
       stage.run(kGreat);
       stage.run("UPDATE product SET note = 'y' || note WHERE id % 3 = 0");
     }},
    {"pictures", with_pictures},
    {"undo steps", with_undo_steps},
    {"a new column", [](Stage& stage) { stage.run("ALTER TABLE product ADD COLUMN at TEXT"); }},
    {"a table built anew", [](Stage& stage) { stage.run_all(kRebuild); }},
    {"checkpoints", with_checkpoints},
    {"checkpoints by themselves", with_own_checkpoints},
    {"a clean end and a new beginning", with_new_beginning},
    {"a replacement", with_replacement},
    {"a vacuum",
     [](Stage& stage) {
       stage.run("DELETE FROM product WHERE id > 10");
       stage.run("VACUUM");
     }},
};

MemoryFiles shop() {
  MemoryFiles files;
  Connection connection = Connection::open_handles(files.open());
  connection.use_journal(Journal::wal);
  connection.execute(kSchema);
  for (int i = 0; i < 300; ++i) {
    connection.run("INSERT INTO product (name) VALUES (?1)",
                   {Value("product " + std::to_string(i))});
  }
  return files;
}

// What the files hold after the power went, or why they hold nothing.
std::string reopened(MemoryFiles files) {
  try {
    Connection connection = Connection::open_handles(files.open());
    const std::optional<Value> verdict = connection.scalar("PRAGMA integrity_check");
    return verdict == Value("ok") ? state_of(connection) : "damaged: " + verdict->describe();
  } catch (const Error& error) {
    return std::string("damaged: ") + error.what();
  }
}

struct Tally {
  int states = 0;
  int bad = 0;
  std::string first;  // bad one
};

// Whether `state` is the last that was acknowledged by then, or the one under way.
bool is_sound(const Stage& stage, std::size_t operations, const std::string& before,
              const std::string& state) {
  std::string last = before;
  for (const auto& [by, acknowledged] : stage.acknowledged()) {
    if (by > operations) return state == last || state == acknowledged;
    last = acknowledged;
  }
  return state == last;
}

int fates_of(Loss loss) {
  const char* torture = std::getenv("VITRINE_TORTURE");
  const bool has_choice = loss == Loss::keeps_some || loss == Loss::tears;
  return has_choice && torture != nullptr ? std::max(1, std::atoi(torture)) : 1;
}

void lose_power(const Stage& stage, std::mt19937& random, Tally& tally) {
  const std::string before = reopened(stage.start());
  Disk disk(stage.start());
  for (std::size_t i = 0; i < stage.log().size(); ++i) {
    disk.apply(stage.log()[i]);
    for (const Loss loss : {Loss::keeps_all, Loss::loses_all, Loss::loses_first, Loss::keeps_first,
                            Loss::keeps_some, Loss::tears}) {
      if (disk.is_settled() && loss != Loss::keeps_all) continue;
      for (int fate = fates_of(loss); fate > 0; --fate) {
        const std::string state = reopened(disk.after(loss, random));
        ++tally.states;
        if (is_sound(stage, i + 1, before, state)) continue;
        if (++tally.bad == 1) {
          tally.first = "operation " + std::to_string(i) + ", loss " +
                        std::to_string(static_cast<int>(loss)) + ": " + state.substr(0, 200);
        }
      }
    }
  }
}

Tally tally_of(const Shape& shape, const char* settings) {
  Stage stage(&shape == kShapes ? MemoryFiles{} : shop(), settings);
  shape.work(stage);
  std::mt19937 random(seed_or(2026));
  Tally tally;
  lose_power(stage, random, tally);
  return tally;
}

}  // namespace

TEST_CASE("whenever the power goes, what was acknowledged is there, and nothing by halves") {
  int states = 0;
  for (const Shape& shape : kShapes) {
    const Tally tally = tally_of(shape, "");
    states += tally.states;
    CHECK_MESSAGE(tally.states > 0, shape.name);
    CHECK_MESSAGE(tally.bad == 0,
                  shape.name << ": " << tally.bad << " of " << tally.states << ", " << tally.first);
  }
  MESSAGE(states << " states of " << std::size(kShapes) << " kinds of work");
}

TEST_CASE("the model finds the damage that synchronous = OFF does") {
  int bad = 0;
  for (const Shape& shape : kShapes) bad += tally_of(shape, "PRAGMA synchronous = OFF").bad;
  CHECK(bad > 0);
}

}  // namespace vitrine::sqlite_power_loss_test
