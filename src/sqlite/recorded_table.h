// RecordedTable: the rows of one table that changed, as they were before. What they are now is only
// asked when it is told, so that what was taken back meanwhile needs no notice.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;
struct sqlite3_value;

namespace vitrine {

class RecordedTable {
 public:
  RecordedTable(sqlite3* handle, std::string name) : handle_(handle), name_(std::move(name)) {}

  const std::string& name() const { return name_; }
  bool is_written() const { return written_; }
  void set_written(bool written) { written_ = written; }
  void count_deletion() { ++deletions_; }
  std::int64_t deletions() const { return deletions_; }
  bool has_changes() const { return !order_.empty(); }
  void forget_changes() noexcept;

  // --- while SQLite tells of a row, in its preupdate hook ---
  // Whether rows look as they did when the first was noted; a table without changes is looked at
  // again. False for one without a primary key as well.
  bool fits();
  // Notes the row; by how many bytes it makes the changeset longer, at most. Both fail with
  // std::bad_alloc, and with Error as SQLite fails.
  std::int64_t note(int operation);

  // Appends what changed to a changeset, and stops when that is longer than `max_bytes`. False when
  // the table was altered meanwhile.
  bool tell(std::string& changeset, std::size_t max_bytes);

 private:
  struct Column {
    int place;  // in the table, whose generated columns are not recorded
    char key;   // its place in the primary key, from 1; 0 for others
    std::string name;
  };
  struct Change {
    bool was_there = false;
    std::string before;  // the whole row, if it was there
  };
  using Changes = std::unordered_map<std::string, Change>;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const noexcept;
  };
  using StatementPtr = std::unique_ptr<sqlite3_stmt, Finalize>;

  void learn();
  // nullptr for SQL that does not fit the tables.
  StatementPtr prepare(const std::string& sql) const;
  std::string row_sql() const;
  sqlite3_value* value(const Column& column, bool is_new) const;
  std::int64_t note_row(int operation, bool key_is_new);
  std::int64_t size_of(int operation, std::string_view before) const;
  void put_header(std::string& changeset) const;
  bool tell_rows(std::string& changeset, std::size_t max_bytes);
  bool tell_row(std::string& changeset, const Changes::value_type& row);
  void tell_update(std::string& changeset, std::string_view before) const;

  sqlite3* handle_;
  std::string name_;
  bool written_ = false;
  std::int64_t deletions_ = 0;
  int total_columns_ = 0;
  std::vector<Column> columns_;
  StatementPtr select_;  // a row by its key
  Changes changes_;
  std::vector<const Changes::value_type*> order_;
};

}  // namespace vitrine
