// Changes: what work did to the rows of tables, as bytes that can be read, repeated and reverted.
// They are SQLite's changesets ("The Session Extension", sqlite.org/sessionintro.html). Which
// tables, when, and what becomes of the bytes is the caller's affair.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sqlite/connection.h"

struct sqlite3_changeset_iter;
struct sqlite3_session;

namespace vitrine {

// Notes what changes in some tables of a connection, from its construction on. What a rollback or a
// savepoint took back is no change. One at a time for each connection, which outlives it, and whose
// rollback hook and trace are the recorder's.
//
// Invariants:
//   (1) Before it is full, changeset() is exactly what changed since the last reset().
//   (2) Once it is full it holds no rows, only the names of the tables that were written to.
class ChangeRecorder {
 public:
  // Tables without a primary key cannot be recorded. It is full when the changeset would be longer
  // than `max_bytes`, which is looked at before each statement. Fails with NOMEM.
  ChangeRecorder(Connection& connection, std::vector<std::string> tables, std::int64_t max_bytes);
  ChangeRecorder(const ChangeRecorder&) = delete;
  ChangeRecorder& operator=(const ChangeRecorder&) = delete;
  ~ChangeRecorder();

  // Forgets all changes. Without the memory to go on it is full from then on.
  void reset() noexcept;
  // True when nothing was written to the tables; false also where it was taken back since.
  bool is_empty() const;
  bool is_full() const { return full_; }
  // The tables that were written to, in order of first use; all, when there was no memory for that.
  const std::vector<std::string>& written_tables() const;
  // What changed; empty when all was taken back. Fails with NOMEM, and with SQL when a table was
  // altered meanwhile.
  std::string changeset();

  // --- for SQLite's callbacks ---
  bool wants(const char* table);
  void on_rollback();
  void on_statement() noexcept;

 private:
  bool start() noexcept;
  void stop() noexcept;

  Connection& connection_;
  std::vector<std::string> tables_;
  std::int64_t max_bytes_;
  sqlite3_session* session_ = nullptr;
  bool full_ = false;
  std::vector<std::string> written_;
};

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
