// KeyIndex: see the header.
#include "orm/session/key_index.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace vitrine {
namespace {

bool is_integer(std::span<const Cell> cells, const std::vector<std::size_t>& columns) {
  return columns.size() == 1 && cells[columns[0]].kind == StorageClass::integer;
}

}  // namespace

KeyIndex::KeyIndex(std::vector<std::size_t> columns) : columns_(std::move(columns)) {
  VITRINE_CHECK(!columns_.empty());
}

// Rows of one key are a chain that begins with the last.
void KeyIndex::chain(std::int64_t row, std::int64_t before) {
  const auto at = static_cast<std::size_t>(row);
  if (next_.size() <= at) next_.resize(std::max(at + 1, next_.size() * 2), -1);
  next_[at] = static_cast<std::int32_t>(before);
}

void KeyIndex::add_integer(std::int64_t key, std::int64_t row) {
  std::int32_t& last = integers_.row_of(key);
  if (last >= 0) chain(row, last);
  last = static_cast<std::int32_t>(row);
}

void KeyIndex::add_encoded(std::optional<std::string> key, std::int64_t row) {
  if (!key) return;
  const std::int64_t before = encoded_.exchange(std::move(*key), row);
  if (before >= 0) chain(row, before);
}

void KeyIndex::add(std::span<const Cell> cells, std::int64_t row) {
  if (is_integer(cells, columns_)) return add_integer(cells[columns_[0]].integer, row);
  add_encoded(EncodedKeys::encode(cells, columns_), row);
}

void KeyIndex::add(const std::vector<Value>& key, std::int64_t row) {
  if (key.size() == 1 && key[0].integer()) return add_integer(*key[0].integer(), row);
  add_encoded(EncodedKeys::encode(key), row);
}

std::int64_t KeyIndex::find(std::span<const Cell> cells, const std::vector<std::size_t>& columns) {
  if (is_integer(cells, columns)) return integers_.find(cells[columns[0]].integer);
  const auto key = EncodedKeys::encode(cells, columns);
  return key ? encoded_.find(*key) : -1;
}

std::int64_t KeyIndex::next(std::int64_t row) const {
  const auto at = static_cast<std::size_t>(row);
  return at < next_.size() ? next_[at] : -1;
}

void KeyIndex::bind_keys(Statement& statement) {
  const bool whole = columns_.size() == 1 && encoded_.empty();
  if (whole) return statement.bind_array(1, integers_.keys());
  encoded_.bind(statement, columns_.size());
}

void KeyIndex::bind_key(Statement& statement) {
  const std::vector<std::int64_t>& keys = integers_.keys();
  if (keys.empty()) return encoded_.bind_one(statement);
  VITRINE_CHECK(keys.size() == 1);
  statement.bind_integer(1, keys.front());
}

}  // namespace vitrine
