// KeyIndex: see the header. Composite keys travel to SQL as one JSON array of arrays.
#include "orm/session/key_index.h"

#include <optional>
#include <utility>

#include "base/check.h"
#include "base/json.h"

namespace vitrine {
namespace {

bool is_integer_key(const Statement& statement, const std::vector<std::size_t>& columns) {
  return columns.size() == 1 &&
         statement.column_class(static_cast<int>(columns[0])) == StorageClass::integer;
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

void KeyIndex::add_integer(std::int64_t key, std::int64_t row) {
  const auto [at, fresh] = integers_.try_emplace(key, row);
  if (fresh) {
    integer_keys_.push_back(key);
  } else {
    next_[row] = std::exchange(at->second, row);
  }
}

void KeyIndex::add_encoded(std::string key, std::int64_t row) {
  const auto [at, fresh] = encoded_.try_emplace(std::move(key), row);
  if (!fresh) next_[row] = std::exchange(at->second, row);
}

void KeyIndex::add(const Statement& statement, std::int64_t row) {
  if (is_integer_key(statement, columns_)) {
    add_integer(statement.column_integer(static_cast<int>(columns_[0])), row);
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

std::int64_t KeyIndex::find(const Statement& statement,
                            const std::vector<std::size_t>& columns) const {
  if (is_integer_key(statement, columns)) {
    const auto at = integers_.find(statement.column_integer(static_cast<int>(columns[0])));
    return at == integers_.end() ? -1 : at->second;
  }
  const auto key = encode(statement, columns);
  if (!key) return -1;
  const auto at = encoded_.find(*key);
  return at == encoded_.end() ? -1 : at->second;
}

std::int64_t KeyIndex::next(std::int64_t row) const {
  if (next_.empty()) return -1;
  const auto at = next_.find(row);
  return at == next_.end() ? -1 : at->second;
}

void KeyIndex::bind_keys(Statement& statement) {
  if (columns_.size() == 1 && encoded_.empty()) {
    statement.bind_array(1, integer_keys_);
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
