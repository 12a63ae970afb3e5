// KeyIndex: from the key of a parent to the rows that have it, while one relation is loaded.
// A key of one integer takes a fast path; every other key is compared as encoded text.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "orm/session/encoded_keys.h"
#include "orm/session/integer_table.h"
#include "sqlite/statement.h"

namespace vitrine {

class KeyIndex {
 public:
  // `columns`: the result columns that hold the key.
  explicit KeyIndex(std::vector<std::size_t> columns);

  // Notes the key in `cells` for the row number `row`. One with a NULL in it refers to nothing and
  // is left out.
  void add(std::span<const Cell> cells, std::int64_t row);
  // The same for a key at hand.
  void add(const std::vector<Value>& key, std::int64_t row);

  // The first row noted for the key in the `columns` of `cells`, or -1; next() gives the further
  // rows with the same key.
  std::int64_t find(std::span<const Cell> cells, const std::vector<std::size_t>& columns);
  std::int64_t next(std::int64_t row) const;

  // Binds the distinct keys as parameter 1 of `statement`, which PlanChild describes. They live
  // here, so the index must outlive the statement's run.
  void bind_keys(Statement& statement);
  // The same for the one key that there is, as a value.
  void bind_key(Statement& statement);
  bool empty() const { return integers_.keys().empty() && encoded_.empty(); }

 private:
  void add_integer(std::int64_t key, std::int64_t row);
  void add_encoded(std::optional<std::string> key, std::int64_t row);
  void chain(std::int64_t row, std::int64_t before);

  std::vector<std::size_t> columns_;
  IntegerTable integers_;
  EncodedKeys encoded_;
  std::vector<std::int32_t> next_;  // by row; empty while every key has one row
};

}  // namespace vitrine
