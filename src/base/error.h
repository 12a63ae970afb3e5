// Error: the one thing this house throws, always through fail(), with a code for programs to branch
// on. docs/errors.md explains each code; a test compares that page, this list and the TypeScript
// type.
#pragma once

#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vitrine {

enum class Code {
  unique,
  foreign_key,
  not_null,
  check,
  not_found,
  validation,
  undefined_value,
  async_transaction,
  range,
  stale,
  cycle,
  state,
  image,
  import,
  busy,
  full,
  io,
  nomem,
  corrupt,
  closed,
  aborted,
  wasm_load,
  sql,
  schema_newer,
  storage_unavailable,
  leader_unresponsive,
};

// The name programs see: "UNIQUE", "FOREIGN_KEY", ...
std::string_view code_name(Code code);

// One of several mistakes reported together, for instance by validate() or by an import.
struct Issue {
  Code code = Code::validation;
  std::string model;
  std::string field;
  std::string message;
};

// What went wrong, to what, and what to do next.
struct Failure {
  Code code = Code::state;
  // Why, finer than the code, one of the words in docs/errors.md ("wrong_type"); may be empty.
  std::string reason;
  std::string message;
  // The model and its fields, where the failure belongs to any.
  std::string model;
  std::vector<std::string> fields;
  // Where in the request: "product_items.create[0].name"; empty when not about a request.
  std::string path;
  std::vector<Issue> issues;
  // SQLite's extended result code; 0 when SQLite did not refuse.
  int sqlite = 0;
  // What SQLite named: "table.column, table.column" or the constraint; empty when nothing.
  std::string detail;
};

class Error : public std::exception {
 public:
  explicit Error(Failure failure) : failure_(std::move(failure)) {}
  const char* what() const noexcept override { return failure_.message.c_str(); }
  Code code() const { return failure_.code; }
  const Failure& failure() const { return failure_; }
  Failure& failure() { return failure_; }

 private:
  Failure failure_;
};

// The only way to throw.
[[noreturn]] void fail(Failure failure);
[[noreturn]] void fail(Code code, std::string message);

}  // namespace vitrine
