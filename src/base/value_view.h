// ValueView: a value whose text or bytes lie elsewhere. Rows that are only passed on are seen so,
// because nothing has to be copied.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/value.h"

namespace vitrine {

// What it borrows, from a Value or from a buffer, outlives it. A NUL, which is not counted, follows
// its text.
class ValueView {
 public:
  ValueView() = default;
  ValueView(const Value& value);
  ValueView(std::int64_t value) : kind_(Kind::integer), integer_(value) {}
  ValueView(double value) : kind_(Kind::real), real_(value) {}
  static ValueView of_text(std::string_view text) { return {Kind::text, text}; }
  static ValueView of_bytes(std::string_view bytes) { return {Kind::bytes, bytes}; }

  bool is_null() const { return kind_ == Kind::null; }
  // As those of Value.
  const std::int64_t* integer() const { return kind_ == Kind::integer ? &integer_ : nullptr; }
  const double* real() const { return kind_ == Kind::real ? &real_ : nullptr; }
  const std::string_view* text() const { return kind_ == Kind::text ? &content_ : nullptr; }
  const std::string_view* bytes() const { return kind_ == Kind::bytes ? &content_ : nullptr; }
  // A copy of its own.
  Value value() const;

 private:
  enum class Kind : std::uint8_t { null, integer, real, text, bytes };
  ValueView(Kind kind, std::string_view content) : kind_(kind), content_(content) {}

  Kind kind_ = Kind::null;
  union {
    std::int64_t integer_ = 0;
    double real_;
  };
  std::string_view content_;
};

}  // namespace vitrine
