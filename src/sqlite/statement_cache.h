// StatementCache: compiled statements that nobody is using, found by their SQL.
// It bounds how many are kept and knows nothing of how they run.
#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <string_view>
#include <unordered_map>

#include "sqlite/statement.h"

namespace vitrine {

// Invariants (verify() checks them by number):
//   (1) Both containers name the same statements, one for each SQL text.
//   (2) It holds at most `capacity` statements, and none of them is in mid-step.
class StatementCache {
 public:
  explicit StatementCache(std::size_t capacity) : capacity_(capacity) {}

  // The statement for `sql`, which then belongs to the caller, or nullptr when none is kept.
  std::unique_ptr<Statement> take(std::string_view sql);
  // Keeps a reset statement. The least recently kept one goes when there is no room; a statement
  // whose SQL is there already is dropped.
  void give_back(std::unique_ptr<Statement> statement);

  std::size_t size() const { return recent_.size(); }
  void verify() const;

 private:
  using Statements = std::list<std::unique_ptr<Statement>>;

  std::size_t capacity_;
  Statements recent_;  // the most recently kept one first
  // Keys are views of the statements' own SQL, so that a hit allocates no string.
  std::unordered_map<std::string_view, Statements::iterator> by_sql_;
};

}  // namespace vitrine
