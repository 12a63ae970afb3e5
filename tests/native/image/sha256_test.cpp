// SHA-256 against the examples that NIST publishes for FIPS 180-4.
#include "image/sha256.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace vitrine::image_sha256_test {

using namespace vitrine::image;

TEST_CASE("the examples of FIPS 180-4 come out") {
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256_hex(std::string(1'000'000, 'a')) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("the pieces in which bytes come do not matter") {
  std::string bytes;
  for (int i = 0; i < 300; ++i) bytes += static_cast<char>(i * 7);
  for (std::size_t size = 0; size <= bytes.size(); size += 3) {
    const std::string_view part = std::string_view(bytes).substr(0, size);
    for (const std::size_t piece : {1, 63, 64, 65, 129}) {
      Sha256 digest;
      for (std::size_t at = 0; at < size; at += piece)
        digest.update(part.substr(at, std::min(piece, size - at)));
      CHECK(digest.hex_digest() == sha256_hex(part));
    }
  }
}

}  // namespace vitrine::image_sha256_test
