// Values: kinds never blur, and messages show them as a person would write them.
#include "base/value.h"

#include <doctest/doctest.h>

#include <limits>

namespace vitrine::base_value_test {

TEST_CASE("values of different kinds differ, even when they look alike") {
  CHECK(Value(1) != Value(1.0));
  CHECK(Value("a") != Value(Bytes{"a"}));
  CHECK(Value() != Value(0));
  CHECK(Value(nullptr) == Value());
  CHECK(Value(true) == Value(1));
}

TEST_CASE("a value gives its content only in its own kind") {
  const Value value("loaf");
  CHECK(*value.text() == "loaf");
  CHECK(value.integer() == nullptr);
  CHECK(value.bytes() == nullptr);
  CHECK_FALSE(value.is_null());
}

TEST_CASE("equal values have equal hashes") {
  CHECK(Value("loaf").hash() == Value(std::string("loaf")).hash());
  CHECK(Value(0.0).hash() == Value(-0.0).hash());
  CHECK(Value().hash() == Value(nullptr).hash());
}

TEST_CASE("neighbouring keys do not share a hash") {
  CHECK(Value(1).hash() != Value(2).hash());
  CHECK(Value(1).hash() != Value("1").hash());
  CHECK(Value("a").hash() != Value(Bytes{"a"}).hash());
}

TEST_CASE("a description reads like SQL") {
  CHECK(Value().describe() == "NULL");
  CHECK(Value(-12).describe() == "-12");
  CHECK(Value(std::numeric_limits<std::int64_t>::min()).describe() == "-9223372036854775808");
  CHECK(Value("baker's").describe() == "'baker''s'");
  CHECK(Value(Bytes{std::string("\x00\xff", 2)}).describe() == "x'00ff'");
}

TEST_CASE("a real is described by the fewest digits that read back") {
  CHECK(Value(0.1).describe() == "0.1");
  CHECK(Value(2.0).describe() == "2.0");
  CHECK(Value(1.0 / 3).describe() == "0.3333333333333333");
  CHECK(Value(1e300).describe() == "1e+300");
}

TEST_CASE("a long value is cut in its description") {
  CHECK(Value(std::string(50, 'x')).describe() == "'" + std::string(40, 'x') + "…'");
  CHECK(Value(Bytes{std::string(21, '\1')}).describe().size() == 2 + 40 + 3 + 1);
}

}  // namespace vitrine::base_value_test
