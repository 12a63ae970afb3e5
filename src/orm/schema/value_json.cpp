// Values to JSON and back.
#include "orm/schema/value_json.h"

namespace vitrine::schema {
namespace {

constexpr std::string_view kDigits = "0123456789abcdef";

std::string to_hex(const std::string& data) {
  std::string hex;
  for (const char c : data) {
    const auto byte = static_cast<unsigned char>(c);
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

std::optional<Value> from_hex(const std::string& hex) {
  if (hex.size() % 2 != 0) return std::nullopt;
  Bytes bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const std::size_t high = kDigits.find(hex[i]);
    const std::size_t low = kDigits.find(hex[i + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
    bytes.data += static_cast<char>(high * 16 + low);
  }
  return Value(std::move(bytes));
}

}  // namespace

Json value_to_json(const Value& value) {
  if (value.integer()) return *value.integer();
  if (value.real()) return *value.real();
  if (value.text()) return *value.text();
  if (value.bytes()) return {{"hex", to_hex(value.bytes()->data)}};
  return nullptr;
}

std::optional<Value> value_from_json(const Json& json) {
  if (json.is_null()) return Value();
  if (json.is_boolean()) return Value(json.get<bool>());
  if (json.is_number_integer()) return Value(json.get<std::int64_t>());
  if (json.is_number_float()) return Value(json.get<double>());
  if (json.is_string()) return Value(json.get<std::string>());
  const bool is_hex = json.is_object() && json.size() == 1 && json.contains("hex");
  if (is_hex && json["hex"].is_string()) return from_hex(json["hex"].get<std::string>());
  return std::nullopt;
}

}  // namespace vitrine::schema
