// KeyIndex: see the header. Composite keys travel to SQL as one JSON array of arrays.
#include "orm/session/key_index.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/check.h"
#include "base/json.h"

namespace vitrine {
namespace {

// The key of one integer, or nothing when it is of another kind.
std::optional<std::int64_t> integer_key(const Statement& statement,
                                        const std::vector<std::size_t>& columns) {
  if (columns.size() != 1) return std::nullopt;
  const Cell cell = statement.cell(static_cast<int>(columns[0]));
  return cell.kind == StorageClass::integer ? std::optional(cell.integer) : std::nullopt;
}

// The key as JSON text, or nothing when a part of it is NULL.
std::optional<std::string> encode(const Statement& statement,
                                  const std::vector<std::size_t>& columns) {
  Json key = Json::array();
  for (const std::size_t column : columns) {
    const int index = static_cast<int>(column);
    switch (statement.column_class(index)) {
      case StorageClass::null:
        return std::nullopt;
      case StorageClass::integer:
        key.push_back(statement.column_integer(index));
        break;
      case StorageClass::real:
        key.push_back(statement.column_real(index));
        break;
      default:
        key.push_back(std::string(statement.column_text(index)));
    }
  }
  return key.dump();
}

std::optional<std::string> encode(const std::vector<Value>& values) {
  Json key = Json::array();
  for (const Value& value : values) {
    if (value.is_null()) return std::nullopt;
    if (value.integer()) key.push_back(*value.integer());
    if (value.real()) key.push_back(*value.real());
    if (value.text()) key.push_back(*value.text());
    if (value.bytes()) key.push_back(value.bytes()->data);
  }
  return key.dump();
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

void KeyIndex::add_encoded(std::string key, std::int64_t row) {
  const auto [at, fresh] = encoded_.try_emplace(std::move(key), row);
  if (!fresh) chain(row, std::exchange(at->second, row));
}

void KeyIndex::add(const Statement& statement, std::int64_t row) {
  if (const auto integer = integer_key(statement, columns_)) {
    add_integer(*integer, row);
  } else if (auto key = encode(statement, columns_)) {
    add_encoded(std::move(*key), row);
  }
}

void KeyIndex::add(const std::vector<Value>& key, std::int64_t row) {
  if (key.size() == 1 && key[0].integer()) {
    add_integer(*key[0].integer(), row);
  } else if (auto encoded = encode(key)) {
    add_encoded(std::move(*encoded), row);
  }
}

std::int64_t KeyIndex::find(const Statement& statement, const std::vector<std::size_t>& columns) {
  if (const auto integer = integer_key(statement, columns)) return integers_.find(*integer);
  const auto key = encode(statement, columns);
  if (!key) return -1;
  const auto at = encoded_.find(*key);
  return at == encoded_.end() ? -1 : at->second;
}

std::int64_t KeyIndex::next(std::int64_t row) const {
  const auto at = static_cast<std::size_t>(row);
  return at < next_.size() ? next_[at] : -1;
}

void KeyIndex::bind_keys(Statement& statement) {
  if (columns_.size() == 1 && encoded_.empty()) {
    statement.bind_array(1, integers_.keys());
    return;
  }
  if (columns_.size() == 1) {
    text_keys_.clear();
    for (const auto& [key, row] : encoded_) text_keys_.push_back(Json::parse(key)[0].text());
    statement.bind_array(1, text_keys_);
    return;
  }
  json_keys_ = "[";
  for (const auto& [key, row] : encoded_) {
    if (json_keys_.size() > 1) json_keys_ += ',';
    json_keys_ += key;
  }
  json_keys_ += ']';
  statement.bind_view(1, json_keys_);
}

}  // namespace vitrine
