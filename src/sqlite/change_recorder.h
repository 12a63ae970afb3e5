// ChangeRecorder: what work does to the rows of tables, as a changeset of SQLite's ("The Session
// Extension", sqlite.org/sessionintro.html). The extension's own recorder asks the database how a
// table looks, by statements made anew, three times for each table of each transaction; this one
// knows, and keeps its statements.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sqlite/connection.h"

namespace vitrine {

class RecordedTable;

// Notes what changes in some tables of a connection, from its construction on. What a rollback or a
// savepoint took back is no change. One at a time for each connection, which outlives it, and whose
// preupdate and rollback hooks are the recorder's.
//
// Invariants:
//   (1) Before it is full, changeset() is exactly what changed since the last reset().
//   (2) Once it is full it holds no rows, only which tables were written to.
class ChangeRecorder {
 public:
  // Tables without a primary key cannot be recorded. It is full when the changeset would be longer
  // than `max_bytes`, when there is no memory for it, and when a table that has changed is altered.
  ChangeRecorder(Connection& connection, const std::vector<std::string>& tables,
                 std::int64_t max_bytes);
  ChangeRecorder(const ChangeRecorder&) = delete;
  ChangeRecorder& operator=(const ChangeRecorder&) = delete;
  ~ChangeRecorder();

  // Forgets all changes.
  void reset() noexcept;
  // True when nothing was written to the tables; false also where it was taken back since.
  bool is_empty() const;
  bool is_full() const { return full_; }
  // The tables that were written to, in the order in which they were given.
  std::vector<std::string> written_tables() const;
  bool records(std::string_view table) const { return find(table) != nullptr; }
  // How many rows of the table were deleted since the recorder was made, what was taken back
  // included: two such numbers tell what went between them.
  std::int64_t deletions(std::string_view table) const;
  // What changed, empty when all was taken back; or nothing, when it is full.
  std::optional<std::string> changeset();

  // Stands while rows are inserted into one table that the recorder cannot hold: SQLite does not
  // tell of them one by one. Without commit() they have not come.
  class Flood {
   public:
    // `bytes`: of the rows' texts and blobs. It does nothing where the rows may fit, and where a
    // trigger may write to other tables.
    Flood(ChangeRecorder& recorder, std::string_view table, std::size_t bytes);
    Flood(const Flood&) = delete;
    Flood& operator=(const Flood&) = delete;
    ~Flood();
    void commit() noexcept;

   private:
    ChangeRecorder& recorder_;
    RecordedTable* table_ = nullptr;  // of what is not told
  };

  // --- for SQLite's hooks ---
  void on_row(int operation, const char* table) noexcept;
  void on_rollback();

 private:
  // The table of that name, or nullptr.
  RecordedTable* find(std::string_view name) const noexcept;
  void fill() noexcept;
  void listen(bool on) noexcept;
  bool has_triggers() const;

  Connection& connection_;
  std::vector<std::unique_ptr<RecordedTable>> tables_;
  std::int64_t max_bytes_;
  std::int64_t bytes_ = 0;
  bool full_ = false;
};

}  // namespace vitrine
