// SHA-256 (FIPS 180-4): the name under which a picture's bytes are kept, each content once.
// It names content; it keeps no secrets.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace vitrine::image {

// The digest of bytes that come in pieces.
class Sha256 {
 public:
  void update(std::string_view bytes);
  // The digest of all bytes so far as 64 lower-case hexadecimal digits. Ends it: no update() after.
  std::string hex_digest();

 private:
  static constexpr std::size_t kBlockBytes = 64;
  void compress(const char* block);

  // FIPS 180-4, 5.3.3.
  std::array<std::uint32_t, 8> state_ = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                         0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<char, kBlockBytes> pending_{};
  std::size_t pending_bytes_ = 0;
  std::uint64_t total_bytes_ = 0;
};

// The digest of `bytes` in one go.
std::string sha256_hex(std::string_view bytes);

}  // namespace vitrine::image
