// Real numbers as text, and back.
#include "base/number_text.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <random>

namespace vitrine::base_number_text_test {

TEST_CASE("a real number is written with the fewest digits, and never like a whole one") {
  CHECK(real_text(2) == "2.0");
  CHECK(real_text(0) == "0.0");
  CHECK(real_text(-0.0) == "-0.0");
  CHECK(real_text(0.1) == "0.1");
  CHECK(real_text(-12.5) == "-12.5");
  CHECK(real_text(0.1 + 0.2) == "0.30000000000000004");
  CHECK(real_text(100) == "100.0");
  CHECK(real_text(0.00001) == "0.00001");
  CHECK(real_text(0.000001) == "1e-6");
  CHECK(real_text(9007199254740992) == "9007199254740992.0");
  CHECK(real_text(1.5e17) == "1.5e+17");
  CHECK(real_text(1e300) == "1e+300");
  CHECK(real_text(5e-324) == "5e-324");
  CHECK(real_text(std::numeric_limits<double>::infinity()) == "inf");
  CHECK(real_text(-std::numeric_limits<double>::infinity()) == "-inf");
  CHECK(real_text(std::nan("")) == "nan");
}

TEST_CASE("text begins with a number, or with none") {
  CHECK(leading_real("12") == 12);
  CHECK(leading_real(" \t-1.5e3kg") == -1500);
  CHECK(leading_real("+.5") == 0.5);
  CHECK(leading_real("5.") == 5);
  CHECK(leading_real("1e") == 1);
  CHECK(leading_real("1e+") == 1);
  CHECK(leading_real("0x10") == 0);
  CHECK(leading_real("inf") == 0);
  CHECK(leading_real("nan") == 0);
  CHECK(leading_real("-") == 0);
  CHECK(leading_real(".") == 0);
  CHECK(leading_real("") == 0);
  CHECK(leading_real("  ") == 0);
  CHECK(std::isinf(leading_real("1e999")));
}

TEST_CASE("what is written reads back as the same number") {
  std::mt19937_64 random(20261128);
  for (int i = 0; i < 2000; ++i) {
    const std::uint64_t bits = random();
    double real = 0;
    std::memcpy(&real, &bits, sizeof real);
    if (!std::isfinite(real)) continue;
    CAPTURE(real);
    REQUIRE(leading_real(real_text(real)) == real);
  }
}

TEST_CASE("text begins with a whole number that 64 bits hold, or with none") {
  CHECK(leading_integer(" +12.5") == 12);
  CHECK(leading_integer("-9223372036854775808") == std::numeric_limits<std::int64_t>::min());
  CHECK_FALSE(leading_integer("9223372036854775808").has_value());
  CHECK_FALSE(leading_integer("kg").has_value());
  CHECK_FALSE(leading_integer(" ").has_value());
}

}  // namespace vitrine::base_number_text_test
