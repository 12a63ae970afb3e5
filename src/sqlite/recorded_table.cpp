// See the header. sqlite3_preupdate_old() and _new() give the row that SQLite tells of.
#include "sqlite/recorded_table.h"

#include <sqlite3.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "sqlite/changed_value.h"
#include "sqlite/translate.h"

namespace vitrine {
namespace {

// More than a call changes; an import's places are given back after it.
constexpr std::size_t kKeptPlaces = 1'024;

// Ends a statement's run.
struct Reset {
  sqlite3_stmt* statement;
  ~Reset() { sqlite3_reset(statement); }
};

std::string_view column_text(sqlite3_stmt* statement, int column) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
  return text == nullptr ? std::string_view() : text;
}

}  // namespace

void RecordedTable::Finalize::operator()(sqlite3_stmt* statement) const noexcept {
  sqlite3_finalize(statement);
}

void RecordedTable::forget_changes() noexcept {
  written_ = false;
  if (order_.empty()) return;
  order_.clear();
  if (changes_.bucket_count() > kKeptPlaces) {
    changes_ = {};
  } else {
    changes_.clear();
  }
}

bool RecordedTable::fits() {
  const int found = sqlite3_preupdate_count(handle_);
  if (found != total_columns_ && order_.empty()) learn();
  const auto is_key = [](const Column& column) { return column.key != 0; };
  return found == total_columns_ && std::any_of(columns_.begin(), columns_.end(), is_key);
}

RecordedTable::StatementPtr RecordedTable::prepare(const std::string& sql) const {
  sqlite3_stmt* made = nullptr;
  const int result = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &made, nullptr);
  if (result != SQLITE_OK && result != SQLITE_ERROR) fail_sqlite(handle_, result, sql);
  return StatementPtr(made);
}

void RecordedTable::learn() {
  select_.reset();
  columns_.clear();
  total_columns_ = 0;
  const StatementPtr pragma = prepare("PRAGMA main.table_xinfo(" + quoted_identifier(name_) + ")");
  if (pragma == nullptr) return;
  while (sqlite3_step(pragma.get()) == SQLITE_ROW) {
    ++total_columns_;
    const bool is_generated = sqlite3_column_int(pragma.get(), 6) != 0;
    if (is_generated) continue;
    columns_.push_back({sqlite3_column_int(pragma.get(), 0),
                        static_cast<char>(sqlite3_column_int(pragma.get(), 5)),
                        std::string(column_text(pragma.get(), 1))});
  }
}

std::string RecordedTable::row_sql() const {
  std::string sql = "SELECT * FROM main." + quoted_identifier(name_) + " WHERE ";
  const char* between = "";
  for (const Column& column : columns_) {
    if (column.key == 0) continue;
    sql += between + quoted_identifier(column.name) + " = ?";
    between = " AND ";
  }
  return sql;
}

sqlite3_value* RecordedTable::value(const Column& column, bool is_new) const {
  sqlite3_value* found = nullptr;
  const int result = is_new ? sqlite3_preupdate_new(handle_, column.place, &found)
                            : sqlite3_preupdate_old(handle_, column.place, &found);
  if (result != SQLITE_OK) fail_sqlite(nullptr, result, "recording changes");
  return found;
}

// An update may have changed the key: a row has gone then, and one has come.
std::int64_t RecordedTable::note(int operation) {
  const std::int64_t bytes = note_row(operation, operation == SQLITE_INSERT);
  return operation == SQLITE_UPDATE ? bytes + note_row(SQLITE_INSERT, true) : bytes;
}

std::int64_t RecordedTable::note_row(int operation, bool key_is_new) {
  std::string key;
  for (const Column& column : columns_) {
    if (column.key != 0) put_value(key, value(column, key_is_new));
  }
  const auto [row, is_first] = changes_.try_emplace(std::move(key));
  if (!is_first) return 0;
  order_.push_back(&*row);
  if (operation != SQLITE_INSERT) {
    row->second.was_there = true;
    for (const Column& column : columns_) put_value(row->second.before, value(column, false));
  }
  return size_of(operation, row->second.before);
}

std::int64_t RecordedTable::size_of(int operation, std::string_view before) const {
  if (operation == SQLITE_DELETE) return static_cast<std::int64_t>(before.size());
  std::int64_t bytes = 0;
  if (operation == SQLITE_INSERT) {
    for (const Column& column : columns_) {
      bytes += static_cast<std::int64_t>(size_of_value(value(column, true)));
    }
    return bytes;
  }
  std::string after;
  for (const Column& column : columns_) {
    after.clear();
    put_value(after, value(column, true));
    const std::string_view was = before.empty() ? before : take_value(before);
    bytes += static_cast<std::int64_t>(was == after ? 2 : was.size() + after.size());
  }
  return bytes;
}

void RecordedTable::put_header(std::string& changeset) const {
  changeset += 'T';
  // A table of SQLite has at most 2,000 columns: two bytes of seven bits.
  const std::size_t count = columns_.size();
  if (count > 0x7f) changeset += static_cast<char>(0x80 | count >> 7);
  changeset += static_cast<char>(count & 0x7f);
  for (const Column& column : columns_) changeset += column.key;
  changeset.append(name_.c_str(), name_.size() + 1);
}

bool RecordedTable::tell(std::string& changeset, std::size_t max_bytes) {
  if (order_.empty()) return true;
  if (select_ == nullptr) select_ = prepare(row_sql());
  if (select_ != nullptr && tell_rows(changeset, max_bytes)) return true;
  total_columns_ = 0;
  return false;
}

bool RecordedTable::tell_rows(std::string& changeset, std::size_t max_bytes) {
  const std::size_t header_at = changeset.size();
  put_header(changeset);
  const std::size_t rows_at = changeset.size();
  for (const Changes::value_type* row : order_) {
    const Reset reset{select_.get()};
    const bool told = tell_row(changeset, *row);
    if (!told) return false;
    if (changeset.size() > max_bytes) break;
  }
  if (changeset.size() == rows_at) changeset.resize(header_at);
  return true;
}

bool RecordedTable::tell_row(std::string& changeset, const Changes::value_type& row) {
  const auto& [key, change] = row;
  sqlite3_stmt* select = select_.get();
  std::string_view rest = key;
  for (int parameter = 1; !rest.empty(); ++parameter) bind_taken(select, parameter, rest);
  const int result = sqlite3_step(select);
  if (result == SQLITE_DONE) {
    if (!change.was_there) return true;
    changeset += {static_cast<char>(SQLITE_DELETE), '\0'};
    changeset += change.before;
    return true;
  }
  if (result == SQLITE_ERROR) return false;
  if (result != SQLITE_ROW) fail_sqlite(handle_, result, "recording changes");
  if (sqlite3_column_count(select) != total_columns_) return false;
  if (change.was_there) {
    tell_update(changeset, change.before);
    return true;
  }
  changeset += {static_cast<char>(SQLITE_INSERT), '\0'};
  for (const Column& column : columns_) {
    put_value(changeset, sqlite3_column_value(select, column.place));
  }
  return true;
}

void RecordedTable::tell_update(std::string& changeset, std::string_view before) const {
  const std::size_t update_at = changeset.size();
  changeset += {static_cast<char>(SQLITE_UPDATE), '\0'};
  std::string after;
  std::string now;
  bool is_changed = false;
  for (const Column& column : columns_) {
    const std::string_view was = take_value(before);
    now.clear();
    put_value(now, sqlite3_column_value(select_.get(), column.place));
    const bool differs = now != was;
    is_changed = is_changed || differs;
    changeset += differs || column.key != 0 ? was : std::string_view(&kUndefinedValue, 1);
    after += differs ? now : std::string(1, kUndefinedValue);
  }
  changeset += after;
  if (!is_changed) changeset.resize(update_at);
}

}  // namespace vitrine
