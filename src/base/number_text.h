// Real numbers as text and back, without the C library's general printf and strtod: they weigh more
// in a WebAssembly module than all that is asked of them here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vitrine {

// The fewest digits that read back as `real`, never like a whole number: "2.0", "1e+300". What is
// not finite is "inf", "-inf" or "nan".
std::string real_text(double real);

// The number that `text` begins with, as SQLite reads it in arithmetic: digits, a fraction and an
// exponent, behind blanks and a sign. 0 when it begins with none.
double leading_real(std::string_view text);

// The digits that `text` begins with, behind blanks and a sign; nothing when there are none, or
// more than 64 bits hold.
std::optional<std::int64_t> leading_integer(std::string_view text);

}  // namespace vitrine
