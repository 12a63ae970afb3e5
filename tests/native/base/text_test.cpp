// UTF-8: counts, well-formedness (Unicode 15, table 3-7), and text for messages.
#include "base/text.h"

#include <doctest/doctest.h>

#include <string>

namespace vitrine::base_text_test {

TEST_CASE("code points are counted, not bytes, and a NUL is one") {
  CHECK(code_point_count("") == 0);
  CHECK(code_point_count("Brötchen") == 8);
  CHECK(code_point_count(std::string_view("a\0b", 3)) == 3);
  CHECK(code_point_count("🥐🥖") == 2);
  CHECK(code_point_count("0123456789abcdefé") == 17);
}

TEST_CASE("utf-16 length counts what JavaScript counts") {
  CHECK(utf16_length("Brötchen") == 8);
  CHECK(utf16_length("🥐") == 2);
  CHECK(utf16_length("0123456789 🥐 €") == 15);
  CHECK(utf16_prefix("0123456789 🥐 €", 11) == 11);
  CHECK(utf16_prefix("0123456789 🥐 €", 13) == 15);
  CHECK(utf16_prefix("Brötchen", 3) == 4);
  CHECK(utf16_prefix("abc", 4) == 3);
  CHECK(utf16_prefix("", 0) == 0);
}

TEST_CASE("well-formed text has no malformed byte, whatever its length") {
  std::string text;
  for (const char* piece :
       {"a", "é", "€", "🥐", "\xED\x9F\xBF", "\xEE\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    text += piece;
    CHECK_FALSE(first_malformed_byte(text).has_value());
  }
  CHECK_FALSE(first_malformed_byte(std::string_view("\0", 1)).has_value());
}

TEST_CASE("a malformed sequence is found at its first byte") {
  const std::string prefix = "0123456789";
  const auto malformed_at_ten = [&](const char* bytes) {
    const auto at = first_malformed_byte(prefix + bytes + "tail");
    return at.has_value() && *at == prefix.size();
  };
  CHECK(malformed_at_ten("\x80"));              // a continuation without a lead
  CHECK(malformed_at_ten("\xC0\xAF"));          // overlong /
  CHECK(malformed_at_ten("\xE0\x80\xAF"));      // overlong in three bytes
  CHECK(malformed_at_ten("\xF0\x80\x80\xAF"));  // overlong in four bytes
  CHECK(malformed_at_ten("\xED\xA0\x80"));      // a lone high surrogate
  CHECK(malformed_at_ten("\xED\xBF\xBF"));      // a lone low surrogate
  CHECK(malformed_at_ten("\xF4\x90\x80\x80"));  // beyond U+10FFFF
  CHECK(malformed_at_ten("\xF5\x80\x80\x80"));
  CHECK(malformed_at_ten("\xFF"));
  CHECK(malformed_at_ten("\xE2\x82"));  // cut short by other text
}

TEST_CASE("a sequence cut by the end is malformed") {
  CHECK(first_malformed_byte("abc\xE2\x82") == 3);
  CHECK(first_malformed_byte("\xF0\x9F\xA5") == 0);
}

TEST_CASE("text for a message is cut after 40 code points, never inside of one") {
  const std::string forty(40, 'x');
  CHECK(shortened(forty) == forty);
  CHECK(shortened(forty + "y") == forty + "…");
  std::string pastries;
  for (int i = 0; i < 41; ++i) pastries += "🥐";
  CHECK(shortened(pastries) == pastries.substr(0, 160) + "…");
}

TEST_CASE("identifiers are always quoted") {
  CHECK(quoted_identifier("product") == "\"product\"");
  CHECK(quoted_identifier("a\"b") == "\"a\"\"b\"");
}

}  // namespace vitrine::base_text_test
