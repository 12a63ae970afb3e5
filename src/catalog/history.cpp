// How steps come into the file: at the end of a transaction, and within bounds.
#include "catalog/history.h"

#include <algorithm>
#include <numeric>
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
    if (error.code() != Code::sql) throw;
    // The table was dropped: the history begins anew.
    load_totals();
    insert(changeset);
  }
  const std::size_t size_bytes = changeset == nullptr ? 0 : changeset->size();
  totals_.sizes_bytes.push_back(static_cast<std::int64_t>(size_bytes));
  totals_.bytes += totals_.sizes_bytes.back();
  trim();
}

void History::insert(const std::string* changeset) {
  Borrowed insert = connection_.prepare(
      "INSERT INTO \"vitrine_history\" (\"id\", \"made_at\", \"fingerprint\", \"changeset\") "
      "VALUES ((SELECT coalesce(max(\"id\"), 0) + 1 FROM \"vitrine_history\"), ?1, ?2, ?3)");
  insert->bind(1, Value(utc_now()));
  insert->bind_integer(2, fingerprint_);
  if (changeset != nullptr) insert->bind(3, Bytes{*changeset});
  insert->step();
}

// The oldest go, as many as there are too many or as have too many bytes.
void History::trim() {
  auto& sizes = totals_.sizes_bytes;
  const auto steps = [&] { return static_cast<std::int64_t>(sizes.size()); };
  const auto are_many = [&] { return steps() >= kMaxSteps + kSpareSteps; };
  if (!are_many() && totals_.bytes <= kMaxBytes) return;
  // A program may have deleted steps by SQL: what is left then may stay.
  load_totals();
  std::int64_t gone = are_many() ? steps() - kMaxSteps : 0;
  totals_.bytes -= std::accumulate(sizes.begin(), sizes.begin() + gone, std::int64_t{0});
  for (; totals_.bytes > kMaxBytes; ++gone) totals_.bytes -= sizes[static_cast<std::size_t>(gone)];
  if (gone == 0) return;
  connection_.run(
      "DELETE FROM \"vitrine_history\" WHERE \"id\" <= (SELECT \"id\" FROM \"vitrine_history\" "
      "ORDER BY \"id\" LIMIT 1 OFFSET ?1 - 1)",
      {Value(gone)});
  sizes.erase(sizes.begin(), sizes.begin() + gone);
}

void History::load_totals() {
  connection_.run(table_sql());
  totals_ = {.known = true};
  Borrowed select = connection_.prepare(
      "SELECT length(\"changeset\"), \"undone\" FROM \"vitrine_history\" ORDER BY \"id\"");
  while (select->step()) {
    totals_.sizes_bytes.push_back(select->column_integer(0));
    totals_.bytes += totals_.sizes_bytes.back();
    totals_.any_undone = totals_.any_undone || select->column_integer(1) != 0;
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
