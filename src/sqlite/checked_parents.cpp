// See the header.
#include "sqlite/checked_parents.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "sqlite/connection.h"
#include "sqlite/key_checks.h"
#include "sqlite/user_triggers.h"

namespace vitrine {
namespace {

// Keys seen lately, each at the place of its last digits: rows mostly have the parent of one of
// those before them.
class LastKeys {
 public:
  LastKeys() {
    for (std::size_t i = 0; i < kPlaces; ++i) keys_[i] = ~static_cast<std::int64_t>(i);
  }
  bool add(std::int64_t key) {
    std::int64_t& place = keys_[static_cast<std::size_t>(key) % kPlaces];
    const bool is_new = place != key;
    place = key;
    return is_new;
  }

 private:
  static constexpr std::size_t kPlaces = 64;
  std::array<std::int64_t, kPlaces> keys_;
};

// Rows that wait for their parents, which SQLite counts as these come.
bool has_waiting_rows(sqlite3* handle) {
  int found = 0;
  int most = 0;
  sqlite3_db_status(handle, SQLITE_DBSTATUS_DEFERRED_FKS, &found, &most, 0);
  return found != 0;
}

// A table that stands before the one of that name, or a trigger of the program's own.
bool has_temporary_parts(Connection& connection, const std::string& table) {
  return connection
      .scalar(std::string("SELECT 1 FROM temp.sqlite_schema WHERE (") + kIsUserTrigger +
                  ") OR name = ?1 COLLATE NOCASE",
              {Value(table)})
      .has_value();
}

}  // namespace

CheckedParents::CheckedParents(Connection& connection, const std::string& table,
                               const std::vector<std::string>& columns)
    : connection_(connection),
      may_rest_(connection.enforces_foreign_keys() && !has_temporary_parts(connection, table) &&
                learn(table, columns)) {}

// Whether every key of the table can be looked up here.
bool CheckedParents::learn(const std::string& table, const std::vector<std::string>& columns) {
  const Borrowed keys = connection_.prepare(
      "SELECT \"from\", \"table\", \"to\", seq FROM pragma_foreign_key_list(?1, 'main')");
  keys->bind_view(1, table);
  while (keys->step()) {
    const std::string parent(keys->column_text(1));
    const std::string key(keys->column_text(2));
    const auto column = std::find(columns.begin(), columns.end(), keys->column_text(0));
    const bool is_one_column = keys->column_integer(3) == 0;
    if (parent == table || key.empty() || column == columns.end() || !is_one_column) return false;
    references_.push_back({static_cast<std::size_t>(column - columns.begin()),
                           "SELECT count(*) FROM carray(?1) WHERE value IN (SELECT " +
                               quoted_identifier(key) + " FROM main." + quoted_identifier(parent) +
                               ")"});
  }
  return true;
}

Borrowed CheckedParents::prepare(std::string_view sql, const IncomingRows& rows) {
  const bool checks = !may_rest_ || has_waiting_rows(connection_.handle()) || !have_parents(rows);
  if (checks) return connection_.prepare(sql);
  if (unchecked_ != nullptr && unchecked_->sql() != sql) unchecked_.reset();
  const CompiledWith without(connection_.handle(), vitrine_check_keys, 0);
  return connection_.prepare(sql, unchecked_);
}

bool CheckedParents::have_parents(const IncomingRows& rows) {
  return std::all_of(references_.begin(), references_.end(),
                     [&](const Reference& reference) { return has_parents(reference, rows); });
}

bool CheckedParents::has_parents(const Reference& reference, const IncomingRows& rows) {
  keys_.clear();
  LastKeys last;
  for (std::size_t row = 0; row < rows.rows; ++row) {
    const ValueView& cell = rows.cells[row * rows.columns + reference.column];
    if (cell.is_null()) continue;
    const std::int64_t* key = cell.integer();
    if (key == nullptr) return false;
    if (last.add(*key)) keys_.push_back(*key);
  }
  const Borrowed count = connection_.prepare(reference.count_sql);
  count->bind_array(1, keys_);
  count->step();
  return count->column_integer(0) == static_cast<std::int64_t>(keys_.size());
}

}  // namespace vitrine
