// Changes: what work did to the rows of tables, as bytes that can be read, repeated and reverted.
// They are SQLite's changesets ("The Session Extension", sqlite.org/sessionintro.html), which
// change_recorder.h makes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sqlite/connection.h"

struct sqlite3_changeset_iter;

namespace vitrine {

enum class ChangeKind { inserted, updated, deleted };

// Reads a changeset, one row after the other; the rows of a table come together.
class ChangeReader {
 public:
  // `changeset` outlives the reader. Fails with CORRUPT, here or in next(), when it is none.
  explicit ChangeReader(std::string_view changeset);
  ChangeReader(const ChangeReader&) = delete;
  ChangeReader& operator=(const ChangeReader&) = delete;
  ~ChangeReader();

  bool next();
  std::string_view table() const { return table_; }
  ChangeKind kind() const { return kind_; }
  int column_count() const { return column_count_; }
  // Whether the column, numbered from 0 in the table's order, is part of the primary key.
  bool is_key(int column) const { return key_columns_[column] != 0; }
  // What the column held before and after; nothing where the row was not there, and where an update
  // left the column alone.
  std::optional<Value> old_value(int column) const;
  std::optional<Value> new_value(int column) const;

 private:
  sqlite3_changeset_iter* iterator_ = nullptr;
  std::string_view table_;
  ChangeKind kind_ = ChangeKind::inserted;
  int column_count_ = 0;
  const unsigned char* key_columns_ = nullptr;
};

// Why a changeset does not fit what is stored.
enum class Misfit {
  changed,      // a row is not as the changeset left it
  missing,      // a row has gone
  taken,        // another row has its key, or a unique value of it, or a condition does not hold
  foreign_key,  // a row would refer to none
  no_table,     // a table is not among those allowed
};

struct ChangeConflict {
  Misfit misfit = Misfit::changed;
  std::string table;  // empty for foreign_key
};

enum class ChangeDirection { forward, reverse };

// Does once more, or takes back, what `changeset` says, with foreign keys checked at its end,
// cascades and the file's triggers left aside: what they did is in it. All of it, or nothing when
// there is a conflict. Fails with CORRUPT when the bytes are no changeset, and as SQLite fails.
std::optional<ChangeConflict> apply_changes(Connection& connection, std::string_view changeset,
                                            ChangeDirection direction,
                                            const std::vector<std::string>& tables);

}  // namespace vitrine
