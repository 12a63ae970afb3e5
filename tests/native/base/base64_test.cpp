// Base64: the vectors of RFC 4648, section 10, and what is none.
#include "base/base64.h"

#include <doctest/doctest.h>

namespace vitrine::base_base64_test {

TEST_CASE("base64 gives the bytes it was made of") {
  CHECK(base64_decode("") == "");
  CHECK(base64_decode("Zg==") == "f");
  CHECK(base64_decode("Zm8=") == "fo");
  CHECK(base64_decode("Zm9v") == "foo");
  CHECK(base64_decode("Zm9vYmE=") == "fooba");
  CHECK(base64_decode("AP+/") == std::string("\0\xff\xbf", 3));
}

TEST_CASE("text that is not base64 is refused") {
  for (const char* text : {"Z", "Zg", "Zg=", "Z===", "====", "Zg=a", "Zm9v-", "Zm_v", "Zm 9"}) {
    CAPTURE(text);
    CHECK_FALSE(base64_decode(text).has_value());
  }
}

}  // namespace vitrine::base_base64_test
