// See the header.
#include "runner/values.h"

#include <cstdint>
#include <cstdlib>
#include <limits>

#include "base/error.h"
#include "base/text.h"
#include "runner/base64.h"
#include "runner/sha256.h"

namespace vitrine::oracle {
namespace {

// Integers from here on are not safe in JavaScript, so the scenarios write them as text.
constexpr std::int64_t kFirstUnsafeInteger = std::int64_t{1} << 53;
constexpr std::size_t kLongText = 300;

[[noreturn]] void fail_overflow(const std::string& digits) {
  Failure failure;
  failure.code = Code::range;
  failure.reason = "integer_overflow";
  failure.message = digits + " does not fit in 64 bits; a column holds integers up to 2^63 - 1";
  fail(std::move(failure));
}

[[noreturn]] void fail_unsupported(const Json& json) {
  Failure failure;
  failure.code = Code::validation;
  failure.reason = "unsupported_type";
  failure.message = "A column holds no " + std::string(json.type_name()) + "; give a plain value";
  fail(std::move(failure));
}

Value read_integer(const std::string& digits) {
  errno = 0;
  char* end = nullptr;
  const long long number = std::strtoll(digits.c_str(), &end, 10);
  if (errno == ERANGE) fail_overflow(digits);
  return static_cast<std::int64_t>(number);
}

// A code point, or a lone surrogate in the three bytes that UTF-8 would use if it allowed any.
void append_utf8(std::string& text, std::uint32_t code_point) {
  const auto byte = [&](std::uint32_t bits) { text += static_cast<char>(bits); };
  const auto tail = [&](int shift) { byte(0x80 | ((code_point >> shift) & 0x3F)); };
  if (code_point < 0x80) return byte(code_point);
  if (code_point < 0x800) {
    byte(0xC0 | (code_point >> 6));
    return tail(0);
  }
  if (code_point < 0x10000) {
    byte(0xE0 | (code_point >> 12));
    tail(6);
    return tail(0);
  }
  byte(0xF0 | (code_point >> 18));
  tail(12);
  tail(6);
  tail(0);
}

std::string read_utf16(const Json& units) {
  std::string text;
  for (std::size_t i = 0; i < units.size(); ++i) {
    std::uint32_t unit = units[i].get<std::uint32_t>();
    const bool leads = unit >= 0xD800 && unit < 0xDC00 && i + 1 < units.size();
    if (leads) {
      const auto next = units[i + 1].get<std::uint32_t>();
      if (next >= 0xDC00 && next < 0xE000) {
        unit = 0x10000 + ((unit - 0xD800) << 10) + (next - 0xDC00);
        ++i;
      }
    }
    append_utf8(text, unit);
  }
  return text;
}

std::string repeated(const Json& piece_and_count) {
  const auto piece = piece_and_count.at(0).get<std::string>();
  std::string text;
  for (auto left = piece_and_count.at(1).get<std::int64_t>(); left > 0; --left) text += piece;
  return text;
}

Json show_text(const std::string& text) {
  if (text.size() <= kLongText) return text;
  const std::size_t code_points = code_point_count(text);
  if (code_points <= kLongText) return text;
  return {
      {"$str",
       {{"code_points", code_points}, {"utf8_bytes", text.size()}, {"sha256", sha256_hex(text)}}}};
}

Json show_integer(std::int64_t number) {
  const bool safe = number < kFirstUnsafeInteger && number > -kFirstUnsafeInteger;
  if (safe) return number;
  return {{"$int", std::to_string(number)}};
}

}  // namespace

Value read_value(const Json& json) {
  if (json.is_null()) return nullptr;
  if (json.is_boolean()) return json.get<bool>();
  if (json.is_number_unsigned() &&
      json.get<std::uint64_t>() > std::uint64_t{std::numeric_limits<std::int64_t>::max()}) {
    fail_overflow(json.dump());
  }
  if (json.is_number_integer()) return json.get<std::int64_t>();
  if (json.is_number_float()) return json.get<double>();
  if (json.is_string()) return json.get<std::string>();
  if (json.is_object() && json.size() == 1) {
    const std::string& kind = json.begin().key();
    const Json& content = json.begin().value();
    if (kind == "$int") return read_integer(content.get<std::string>());
    if (kind == "$utf16") return read_utf16(content);
    if (kind == "$repeat") return repeated(content);
    if (kind == "$b64") return Bytes{from_base64(content.get<std::string>())};
  }
  fail_unsupported(json);
}

Json show_value(const Value& value, const Column* column) {
  if (value.is_null()) return nullptr;
  if (column && column->type == ColumnType::datetime) return "<timestamp>";
  if (const std::int64_t* number = value.integer()) {
    if (column && column->type == ColumnType::boolean) return *number != 0;
    return show_integer(*number);
  }
  if (const double* number = value.real()) return *number;
  if (const std::string* text = value.text()) return show_text(*text);
  return {{"$b64", to_base64(value.bytes()->data)}};
}

}  // namespace vitrine::oracle
