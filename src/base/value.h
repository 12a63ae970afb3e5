// Value: what one column of one row holds, in the five storage classes of SQLite.
// It knows nothing of models: which kinds a column accepts is the schema's affair.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace vitrine {

// JavaScript's Number.MAX_SAFE_INTEGER: beyond it, a number there is not exact.
inline constexpr std::int64_t kMaxSafeInteger = (std::int64_t{1} << 53) - 1;

// Bytes that are not text. A type of its own, so that text and bytes are never mistaken.
struct Bytes {
  std::string data;
  friend bool operator==(const Bytes&, const Bytes&) = default;
};

using Null = std::monostate;

class Value {
 public:
  Value() = default;
  Value(std::nullptr_t) {}
  Value(bool value) : value_(static_cast<std::int64_t>(value)) {}
  Value(int value) : value_(static_cast<std::int64_t>(value)) {}
  Value(std::int64_t value) : value_(value) {}
  Value(double value) : value_(value) {}
  Value(const char* value) : value_(std::string(value)) {}
  Value(std::string_view value) : value_(std::string(value)) {}
  Value(std::string value) : value_(std::move(value)) {}
  Value(Bytes value) : value_(std::move(value)) {}

  bool is_null() const { return std::holds_alternative<Null>(value_); }
  // The held value of one kind, or nullptr when it is of another.
  const std::int64_t* integer() const { return std::get_if<std::int64_t>(&value_); }
  const double* real() const { return std::get_if<double>(&value_); }
  const std::string* text() const { return std::get_if<std::string>(&value_); }
  const Bytes* bytes() const { return std::get_if<Bytes>(&value_); }

  // Same kind and same content; 1 and 1.0 differ, as they do in a STRICT table.
  friend bool operator==(const Value&, const Value&) = default;

  // A short form for messages: 12, 'text', x'00ff' (cut after 40 characters), NULL.
  std::string describe() const;
  // A hash that agrees with operator==.
  std::size_t hash() const;

 private:
  std::variant<Null, std::int64_t, double, std::string, Bytes> value_;
};

// A hash of several, that agrees with == of each.
std::size_t hash_of(std::span<const Value> values);

}  // namespace vitrine
