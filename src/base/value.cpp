// How a Value reads in a message, and its hash.
#include "base/value.h"

#include <cstdio>
#include <cstdlib>
#include <functional>

#include "base/text.h"

namespace vitrine {

namespace {

// Twenty bytes are forty hexadecimal digits, as long as shortened text.
constexpr std::size_t kDescribedBytes = 20;

// The fewest digits that read back as the same number (libc++ 14 has no to_chars for double).
std::string describe_real(double real) {
  char digits[40];
  for (int precision = 15; precision <= 17; ++precision) {
    std::snprintf(digits, sizeof digits, "%.*g", precision, real);
    if (std::strtod(digits, nullptr) == real) break;
  }
  std::string text = digits;
  // 2 as a real is 2.0: kinds differ in a STRICT table, and in a message about one.
  if (text.find_first_not_of("-0123456789") == std::string::npos) text += ".0";
  return text;
}

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
  if (const auto* held = real()) return describe_real(*held);
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

}  // namespace vitrine
