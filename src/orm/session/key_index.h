// KeyIndex: from the key of a parent to the rows that have it, while one relation is loaded.
// A key of one integer takes a fast path; every other key is compared as encoded text.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "orm/session/integer_table.h"
#include "sqlite/statement.h"

namespace vitrine {

class KeyIndex {
 public:
  // `columns`: the result columns that hold the key.
  explicit KeyIndex(std::vector<std::size_t> columns);

  // Notes the key in the current row of `statement` for the row number `row`. A key with a NULL in
  // it refers to nothing and is left out.
  void add(const Statement& statement, std::int64_t row);
  // The same for a key at hand.
  void add(const std::vector<Value>& key, std::int64_t row);

  // The first row noted for the key that `statement`'s `columns` hold now, or -1; next() gives the
  // further rows with the same key.
  std::int64_t find(const Statement& statement, const std::vector<std::size_t>& columns);
  std::int64_t next(std::int64_t row) const;

  // Binds the distinct keys as parameter 1 of `statement`, which PlanChild describes. They live
  // here, so the index must outlive the statement's run.
  void bind_keys(Statement& statement);
  bool empty() const { return integers_.keys().empty() && encoded_.empty(); }

 private:
  void add_integer(std::int64_t key, std::int64_t row);
  void add_encoded(std::string key, std::int64_t row);
  void chain(std::int64_t row, std::int64_t before);

  std::vector<std::size_t> columns_;
  IntegerTable integers_;
  std::unordered_map<std::string, std::int64_t> encoded_;
  std::vector<std::int32_t> next_;  // by row; empty while every key has one row
  std::vector<std::string> text_keys_;
  std::string json_keys_;
};

}  // namespace vitrine
