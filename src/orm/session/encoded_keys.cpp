// EncodedKeys: see the header. Keys of several values travel to SQL as one JSON array of arrays.
#include "orm/session/encoded_keys.h"

#include <utility>

#include "base/check.h"
#include "base/json.h"

namespace vitrine {

std::optional<std::string> EncodedKeys::encode(std::span<const Cell> cells,
                                               const Columns& columns) {
  Json key = Json::array();
  for (const std::size_t column : columns) {
    const Cell& cell = cells[column];
    switch (cell.kind) {
      case StorageClass::null:
        return std::nullopt;
      case StorageClass::integer:
        key.push_back(cell.integer);
        break;
      case StorageClass::real:
        key.push_back(cell.real);
        break;
      case StorageClass::text:
      case StorageClass::blob:
        key.push_back(std::string(cell.data, cell.size));
    }
  }
  return key.dump();
}

std::optional<std::string> EncodedKeys::encode(const std::vector<Value>& values) {
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

std::int64_t EncodedKeys::exchange(std::string key, std::int64_t row) {
  const auto [at, fresh] = rows_.try_emplace(std::move(key), row);
  return fresh ? -1 : std::exchange(at->second, row);
}

std::int64_t EncodedKeys::find(const std::string& key) const {
  const auto at = rows_.find(key);
  return at == rows_.end() ? -1 : at->second;
}

void EncodedKeys::decode() {
  texts_.clear();
  for (const auto& [key, row] : rows_) {
    const Json value = Json::parse(key)[0];
    // A column of numbers takes a number's text as the number.
    texts_.push_back(value.is_string() ? value.text() : value.dump());
  }
}

void EncodedKeys::bind_one(Statement& statement) {
  decode();
  VITRINE_CHECK(texts_.size() == 1);
  statement.bind_view(1, texts_.front());
}

void EncodedKeys::bind(Statement& statement, std::size_t values) {
  if (values == 1) {
    decode();
    return statement.bind_array(1, texts_);
  }
  json_ = "[";
  for (const auto& [key, row] : rows_) {
    if (json_.size() > 1) json_ += ',';
    json_ += key;
  }
  json_ += ']';
  statement.bind_view(1, json_);
}

}  // namespace vitrine
