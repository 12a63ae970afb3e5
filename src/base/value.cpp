// How a Value reads in a message, and its hash.
#include "base/value.h"

#include <functional>

#include "base/number_text.h"
#include "base/text.h"

namespace vitrine {

namespace {

// Twenty bytes are forty hexadecimal digits, as long as shortened text.
constexpr std::size_t kDescribedBytes = 20;

std::string describe_text(std::string_view text) {
  std::string described = "'";
  for (const char character : shortened(text)) {
    if (character == '\'') described += '\'';
    described += character;
  }
  return described + '\'';
}

std::string describe_bytes(std::string_view data) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string described = "x'";
  for (const char character : data.substr(0, kDescribedBytes)) {
    const auto byte = static_cast<unsigned char>(character);
    described += kDigits[byte >> 4];
    described += kDigits[byte & 15];
  }
  return described + (data.size() > kDescribedBytes ? "…'" : "'");
}

}  // namespace

std::string Value::describe() const {
  if (const auto* held = integer()) return std::to_string(*held);
  if (const auto* held = real()) return real_text(*held);
  if (const auto* held = text()) return describe_text(*held);
  if (const auto* held = bytes()) return describe_bytes(held->data);
  return "NULL";
}

std::size_t Value::hash() const {
  std::size_t content = 0;
  if (const auto* held = integer()) content = std::hash<std::int64_t>{}(*held);
  if (const auto* held = real()) content = std::hash<double>{}(*held);
  if (const auto* held = text()) content = std::hash<std::string>{}(*held);
  if (const auto* held = bytes()) content = std::hash<std::string>{}(held->data);
  // The kind is mixed in, so that 1 and '1' part early (constant: 2^64 over the golden ratio).
  const std::uint64_t mixed = (content + value_.index()) * 0x9E3779B97F4A7C15u;
  return static_cast<std::size_t>(mixed ^ (mixed >> 32));
}

std::size_t hash_of(std::span<const Value> values) {
  // Odd, and of about 20 bits: each value reaches all of the hash.
  static constexpr std::size_t kFactor = 1'000'003;
  std::size_t hash = values.size();
  for (const Value& value : values) hash = hash * kFactor + value.hash();
  return hash;
}

}  // namespace vitrine
