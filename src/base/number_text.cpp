// The digits come from the platform (in wasm from JavaScript, whose numbers are the same); how they
// are laid out is decided here, so that every build writes the same text.
#include "base/number_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

#ifdef __EMSCRIPTEN__
#include <emscripten/emscripten.h>
#else
#include <cstdio>
#endif

namespace vitrine {
namespace {

constexpr std::string_view kBlanks = " \t\n\v\f\r";
// Powers of ten that are written out.
constexpr int kMaxPlainExponent = 16;
constexpr int kMinPlainExponent = -5;

#ifdef __EMSCRIPTEN__
// clang-format off
EM_JS(double, vitrine_read_real, (const char* at, int size), {
  return Number(String.fromCharCode.apply(null, HEAPU8.subarray(at, at + size)));
});
// "d.ddde+x": at most 24 characters, and a NUL behind them.
EM_JS(void, vitrine_write_real, (double real, char* at), {
  var text = real.toExponential();
  for (var i = 0; i < text.length; ++i) HEAPU8[at + i] = text.charCodeAt(i);
  HEAPU8[at + text.length] = 0;
});
// clang-format on

double read_number(std::string_view text) {
  return vitrine_read_real(text.data(), static_cast<int>(text.size()));
}

std::string exponential(double real) {
  char digits[32];
  vitrine_write_real(real, digits);
  return digits;
}
#else
double read_number(std::string_view text) {
  return std::strtod(std::string(text).c_str(), nullptr);
}

std::string exponential(double real) {
  char digits[40];
  for (int decimals = 0; decimals <= 16; ++decimals) {
    std::snprintf(digits, sizeof digits, "%.*e", decimals, real);
    if (std::strtod(digits, nullptr) == real) break;
  }
  return digits;
}
#endif

// `digits` is "ddd", of which the first stands before the point times ten to the `exponent`.
std::string laid_out(std::string digits, int exponent) {
  if (exponent < kMinPlainExponent || exponent > kMaxPlainExponent) {
    if (digits.size() > 1) digits.insert(1, ".");
    return digits + (exponent < 0 ? "e-" : "e+") + std::to_string(std::abs(exponent));
  }
  if (exponent < 0)
    return "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
  const auto whole = static_cast<std::size_t>(exponent) + 1;
  if (digits.size() <= whole) return digits.append(whole - digits.size(), '0') + ".0";
  return digits.insert(whole, ".");
}

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
  return at;
}

std::size_t skip_sign(std::string_view text, std::size_t at) {
  return at < text.size() && (text[at] == '-' || text[at] == '+') ? at + 1 : at;
}

// Where the number ends that begins at `start`; `start` when none does.
std::size_t end_of_number(std::string_view text, std::size_t start) {
  const std::size_t first = skip_sign(text, start);
  std::size_t end = skip_digits(text, first);
  std::size_t digits = end - first;
  if (end < text.size() && text[end] == '.') {
    const std::size_t fraction = end + 1;
    end = skip_digits(text, fraction);
    digits += end - fraction;
  }
  if (digits == 0) return start;
  if (end == text.size() || (text[end] != 'e' && text[end] != 'E')) return end;
  const std::size_t exponent = skip_sign(text, end + 1);
  const std::size_t exponent_end = skip_digits(text, exponent);
  return exponent_end > exponent ? exponent_end : end;
}

}  // namespace

std::string real_text(double real) {
  if (std::isnan(real)) return "nan";
  if (std::isinf(real)) return real > 0 ? "inf" : "-inf";
  const std::string text = exponential(std::fabs(real));
  const std::size_t mark = text.find('e');
  std::string digits = text.substr(0, 1);
  if (mark > 1) digits += text.substr(2, mark - 2);
  const std::string sign = std::signbit(real) ? "-" : "";
  return sign + laid_out(digits, std::atoi(text.c_str() + mark + 1));
}

double leading_real(std::string_view text) {
  const std::size_t start = std::min(text.find_first_not_of(kBlanks), text.size());
  const std::size_t end = end_of_number(text, start);
  return end == start ? 0 : read_number(text.substr(start, end - start));
}

std::optional<std::int64_t> leading_integer(std::string_view text) {
  std::size_t start = std::min(text.find_first_not_of(kBlanks), text.size());
  if (start < text.size() && text[start] == '+') ++start;
  std::int64_t integer = 0;
  const auto read = std::from_chars(text.data() + start, text.data() + text.size(), integer);
  if (read.ec != std::errc()) return std::nullopt;
  return integer;
}

}  // namespace vitrine
