// EncodedKeys: from keys that are not one whole number to rows, while one relation is loaded. A key
// is compared as the JSON text of its values.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "sqlite/statement.h"

namespace vitrine {

class EncodedKeys {
 public:
  using Columns = std::vector<std::size_t>;

  // The key in the `columns` of `cells`, or nothing when a part of it is NULL.
  static std::optional<std::string> encode(std::span<const Cell> cells, const Columns& columns);
  static std::optional<std::string> encode(const std::vector<Value>& values);

  // The last row noted for a key, after which it is `row`; -1 when there was none.
  std::int64_t exchange(std::string key, std::int64_t row);
  // The last row noted for the key, or -1.
  std::int64_t find(const std::string& key) const;
  bool empty() const { return rows_.empty(); }
  // Binds the keys, each of so many values, as parameter 1 of `statement`. They live here.
  void bind(Statement& statement, std::size_t values);
  // The one key that there is, of one value, as a value.
  void bind_one(Statement& statement);

 private:
  void decode();

  std::unordered_map<std::string, std::int64_t> rows_;
  std::vector<std::string> texts_;
  std::string json_;
};

}  // namespace vitrine
