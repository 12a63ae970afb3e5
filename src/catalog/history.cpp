// How steps come into the file: at the end of a transaction, and within bounds.
#include "catalog/history.h"

#include <algorithm>
#include <optional>

#include "base/fnv.h"
#include "catalog/models.h"
#include "orm/session/clock.h"

namespace vitrine {
namespace {

// The bytes of pictures are kept once for each content and never change.
std::vector<std::string> recorded_tables(const Registry& registry) {
  std::vector<std::string> tables;
  for (const auto& model : registry.models()) {
    if (model->table != catalog::ImageBlob::tablename) tables.push_back(model->table);
  }
  return tables;
}

// The table that follows `last` in the order of names, or the first one; null after the last.
const std::string* next_by_name(const std::vector<std::string>& tables, const std::string* last) {
  const std::string* next = nullptr;
  for (const std::string& table : tables) {
    const bool is_later = last == nullptr || table > *last;
    if (is_later && (next == nullptr || table < *next)) next = &table;
  }
  return next;
}

}  // namespace

History::History(Connection& connection, Session& session, const Registry& registry)
    : connection_(connection),
      session_(session),
      registry_(registry),
      tables_(recorded_tables(registry)),
      recorder_(connection, tables_, kMaxStepBytes),
      fingerprint_(fingerprint()) {
  session.on(Session::Event::after_commit, [this](Session&) { committed(); });
  session.on(Session::Event::after_rollback, [this](Session&) { rolled_back(); });
}

// Without a rowid, so that last_insert_rowid() stays that of the rows the program inserted.
const char* History::table_sql() {
  return "CREATE TABLE IF NOT EXISTS \"vitrine_history\" (\n"
         "  \"id\" INTEGER PRIMARY KEY NOT NULL,\n"
         "  \"made_at\" TEXT NOT NULL,\n"
         "  \"undone\" INTEGER NOT NULL DEFAULT 0,\n"
         "  \"fingerprint\" INTEGER NOT NULL,\n"
         "  \"changeset\" BLOB\n"
         ") STRICT, WITHOUT ROWID";
}

void History::settle() {
  if (connection_.in_transaction() || recorder_.is_empty()) return;
  may_be_altered_ = true;
  try {
    connection_.run("BEGIN");
    seal();
    connection_.run("COMMIT");
  } catch (...) {
    connection_.undo_transaction();
    rolled_back();
    throw;
  }
  committed();
}

void History::seal() {
  sealed_ = {};
  const bool altered = may_be_altered_ && fingerprint() != fingerprint_;
  if (altered) drop_altered();
  if (recorder_.is_empty()) return;
  std::optional<std::string> changeset;
  if (!altered) changeset = recorder_.changeset();
  if (!changeset) {
    sealed_.tables = recorder_.written_tables();
    if (!altered) store(nullptr);
    return;
  }
  sealed_.changeset = std::move(*changeset);
  if (!sealed_.changeset.empty()) store(&sealed_.changeset);
}

void History::committed() {
  if (may_be_altered_) fingerprint_ = fingerprint();
  may_be_altered_ = false;
  if (!recorder_.is_empty()) recorder_.reset();
  if (sealed_.is_empty()) return;
  last_ = std::move(sealed_);
  sealed_ = {};
  ++commits_;
}

void History::rolled_back() {
  sealed_ = {};
  totals_.known = false;
  recorder_.reset();
}

void History::replaced() {
  rolled_back();
  fingerprint_ = fingerprint();
  sealed_.tables = tables_;
  committed();
}

// A step that could not be recorded is a wall: what came before it cannot be reached any more.
void History::store(const std::string* changeset) {
  const bool is_wall = changeset == nullptr;
  if (!totals_.known || is_wall || totals_.any_undone) load_totals();
  if (is_wall || totals_.any_undone) {
    connection_.run("DELETE FROM \"vitrine_history\" WHERE \"undone\" OR ?1", {Value(is_wall)});
    load_totals();
  }
  try {
    insert(changeset);
  } catch (const Error& error) {
    if (error.code() != Code::sql && error.code() != Code::unique) throw;
    // The table was dropped, so that the history begins anew, or a program wrote steps of its own.
    load_totals();
    insert(changeset);
  }
  trim();
}

void History::insert(const std::string* changeset) {
  const std::int64_t id = totals_.next_id();
  Borrowed insert = connection_.prepare(
      "INSERT INTO \"vitrine_history\" (\"id\", \"made_at\", \"fingerprint\", \"changeset\") "
      "VALUES (?1, ?2, ?3, ?4)");
  insert->bind_integer(1, id);
  insert->bind(2, Value(utc_now()));
  insert->bind_integer(3, fingerprint_);
  if (changeset != nullptr) insert->bind(4, Bytes{*changeset});
  insert->step();
  totals_.add(id, changeset == nullptr ? 0 : static_cast<std::int64_t>(changeset->size()));
}

void History::Totals::add(std::int64_t id, std::int64_t size_bytes) {
  steps.push_back({id, size_bytes});
  bytes += size_bytes;
}

// The oldest go, as many as there are too many or as have too many bytes.
void History::trim() {
  auto& steps = totals_.steps;
  const auto count = [&] { return static_cast<std::int64_t>(steps.size()); };
  const auto are_many = [&] { return count() >= kMaxSteps + kSpareSteps; };
  if (!are_many() && totals_.bytes <= kMaxBytes) return;
  // A program may have deleted steps by SQL: what is left then may stay.
  const auto held = connection_.scalar("SELECT count(*) FROM \"vitrine_history\"");
  if (held != Value(count())) load_totals();
  const std::int64_t least = are_many() ? count() - kMaxSteps : 0;
  auto kept = steps.begin();
  for (; kept - steps.begin() < least || totals_.bytes > kMaxBytes; ++kept) {
    totals_.bytes -= kept->bytes;
  }
  if (kept == steps.begin()) return;
  connection_.run("DELETE FROM \"vitrine_history\" WHERE \"id\" <= ?1",
                  {Value(std::prev(kept)->id)});
  steps.erase(steps.begin(), kept);
}

void History::load_totals() {
  connection_.run(table_sql());
  totals_ = {.known = true};
  Borrowed select = connection_.prepare(
      "SELECT \"id\", length(\"changeset\"), \"undone\" FROM \"vitrine_history\" ORDER BY \"id\"");
  while (select->step()) {
    totals_.add(select->column_integer(0), select->column_integer(1));
    totals_.any_undone = totals_.any_undone || select->column_integer(2) != 0;
  }
}

bool History::has_table() const {
  return connection_.scalar("SELECT 1 FROM sqlite_schema WHERE name = 'vitrine_history'")
      .has_value();
}

// Of how the recorded tables are declared, in the order of their names. Every start asks for it:
// SQLite would first have to set up its sorter.
std::int64_t History::fingerprint() {
  std::vector<std::string> declarations(tables_.size());
  Borrowed select = connection_.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'table'");
  while (select->step()) {
    const auto table = std::find(tables_.begin(), tables_.end(), select->column_text(0));
    if (table == tables_.end()) continue;
    declarations[static_cast<std::size_t>(table - tables_.begin())] = select->column_text(1);
  }
  Fnv fnv;
  for (const std::string* table = next_by_name(tables_, nullptr); table != nullptr;
       table = next_by_name(tables_, table)) {
    fnv.add(declarations[static_cast<std::size_t>(table - tables_.data())]);
  }
  return static_cast<std::int64_t>(fnv.hash());
}

// Rows of a table that looked differently then cannot be put back.
void History::drop_altered() {
  if (has_table()) connection_.run("DELETE FROM \"vitrine_history\"");
  totals_.known = false;
}

}  // namespace vitrine
