// Statement: one compiled SQL statement; Borrowed: the loan of one from a connection's cache.
// Columns are read in place: text and bytes are valid until the next step().
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/value.h"

struct sqlite3_stmt;

namespace vitrine {

enum class StorageClass { integer = 1, real = 2, text = 3, blob = 4, null = 5 };

struct ConnectionState;

class Statement {
 public:
  Statement(ConnectionState& connection, std::string_view sql);
  Statement(Statement&&) noexcept;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  // Parameters are numbered from 1. Text and bytes are copied by bind, and borrowed by bind_view:
  // there the caller keeps them alive until the statement is reset.
  void bind(int parameter, const Value& value);
  void bind_view(int parameter, std::string_view text);
  void bind_integer(int parameter, std::int64_t value);
  void bind_all(const std::vector<Value>& values);
  // An array for `carray(?)`: borrowed until the statement is reset.
  void bind_array(int parameter, std::span<const std::int64_t> values);
  void bind_array(int parameter, std::span<const std::string> values);

  // True when a row is ready, false at the end. Fails with the code that fits SQLite's.
  bool step();
  void reset();

  int column_count() const;
  std::string_view column_name(int column) const;
  StorageClass column_class(int column) const;
  std::int64_t column_integer(int column) const;
  double column_real(int column) const;
  std::string_view column_text(int column) const;
  std::string_view column_bytes(int column) const;
  Value column_value(int column) const;

  std::string_view sql() const;
  bool read_only() const;
  sqlite3_stmt* handle() const { return handle_; }

 private:
  ConnectionState* connection_;
  sqlite3_stmt* handle_ = nullptr;
  bool running_ = false;
  std::int64_t rows_ = 0;
  double started_ms_ = 0;
};

class Borrowed {
 public:
  Borrowed(ConnectionState& connection, std::unique_ptr<Statement> statement);
  Borrowed(Borrowed&&) noexcept;
  Borrowed& operator=(Borrowed&&) = delete;
  ~Borrowed();
  Statement* operator->() const { return statement_.get(); }
  Statement& operator*() const { return *statement_; }

 private:
  ConnectionState* connection_;
  std::unique_ptr<Statement> statement_;
};

}  // namespace vitrine
