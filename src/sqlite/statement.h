// Statement: one compiled SQL statement; Borrowed: the loan of one from a connection's cache.
// Columns are read in place: text and bytes are valid until the next step().
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/value.h"
#include "sqlite/row_cells.h"

struct sqlite3_stmt;

namespace vitrine {

struct ConnectionState;

class Statement {
 public:
  // The one statement in `sql`. Fails with SQL when there is none, more than one, or a mistake in
  // it.
  static std::unique_ptr<Statement> compile(ConnectionState& connection, std::string_view sql);
  // The first statement of `script`, which is shortened to what follows it. The script must be
  // followed by a NUL, as the text of a std::string is. handle() is null when only comments and
  // blanks were left.
  static Statement first_of(ConnectionState& connection, std::string_view& script);

  Statement(Statement&&) noexcept;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  // Parameters are numbered from 1. Text and bytes are copied by bind, and borrowed by the views:
  // there the caller keeps them alive until the statement is reset. Fails with SQL when there is no
  // such parameter, RANGE when the value is too long, VALIDATION (not_a_number) for NaN.
  void bind(int parameter, const Value& value);
  void bind_view(int parameter, std::string_view text);
  void bind_bytes_view(int parameter, std::string_view bytes);
  void bind_integer(int parameter, std::int64_t value);
  void bind_all(const std::vector<Value>& values);
  // An array for `carray(?)`: borrowed until the statement is reset. carray reads texts up to a
  // NUL, so a text that holds one is refused with VALIDATION (nul_in_list) rather than cut.
  void bind_array(int parameter, std::span<const std::int64_t> values);
  void bind_array(int parameter, std::span<const std::string> values);

  // True when a row is ready, false at the end. Fails with the code that fits SQLite's, and with
  // ABORTED when SQLite has undone the transaction that open Savepoints stand for. A step after the
  // end, or after a failure, runs the statement again.
  bool step();
  // The same for those who read the row by row() and column_value() only: a table that is read from
  // end to end is read without SQLite's interpreter.
  bool step_row();
  // Ends the run; bindings stay.
  void reset();
  void clear_bindings();

  int parameter_count() const;
  // Columns are numbered from 0 and converted as SQLite does. Text and bytes are valid until the
  // next step() or reset(). Reading them fails with NOMEM only.
  int column_count() const;
  std::string_view column_name(int column) const;
  std::int64_t column_integer(int column) const;
  std::string_view column_text(int column) const;
  std::string_view column_bytes(int column) const;
  // As it is stored; there must be a row.
  Value column_value(int column);
  // The current row as it is stored, which a loop over many rows reads at once; empty where there
  // is none. Valid until the next step() or reset().
  std::span<const Cell> row() {
    if (!is_row_read_) read_row();
    return cells_;
  }

  // The text it was compiled from; it lives as long as the statement.
  std::string_view sql() const { return sql_; }
  bool read_only() const;
  // Owned by the statement.
  sqlite3_stmt* handle() const { return handle_; }

 private:
  Statement(ConnectionState& connection, sqlite3_stmt* handle, std::string sql);
  void check_bound(int result) const;
  void begin();
  void end();
  void read_row();

  ConnectionState* connection_;
  sqlite3_stmt* handle_ = nullptr;
  std::string sql_;
  bool running_ = false;
  bool is_row_read_ = false;
  bool is_plain_ = true;     // as far as is known: step_row() needs no step()
  std::vector<Cell> cells_;  // of the current row, once it is read
  std::int64_t rows_ = 0;
  double duration_ms_ = 0;  // inside of SQLite, not between the steps
  std::int64_t total_changes_before_ = 0;
};

// Gives its statement back, reset and unbound, when it goes. It must not outlive the connection.
class Borrowed {
 public:
  Borrowed(ConnectionState& connection, std::unique_ptr<Statement> statement);
  // Of a statement that is kept elsewhere, and stays there.
  Borrowed(ConnectionState& connection, Statement& kept);
  Borrowed(Borrowed&&) noexcept;
  Borrowed& operator=(Borrowed&&) = delete;
  ~Borrowed();
  Statement* operator->() const { return statement_; }
  Statement& operator*() const { return *statement_; }

 private:
  ConnectionState* connection_;
  std::unique_ptr<Statement> owned_;  // goes back to the cache
  Statement* statement_;              // null when moved from
};

}  // namespace vitrine
