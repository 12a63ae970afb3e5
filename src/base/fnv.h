// FNV-1a, 64 bits (the Internet draft "The FNV Non-Cryptographic Hash Algorithm"): the same number
// in every build, as some are kept in files.
#pragma once

#include <cstdint>
#include <string_view>

namespace vitrine {

class Fnv {
 public:
  void add(std::string_view text) {
    for (const char letter : text) {
      hash_ = (hash_ ^ static_cast<unsigned char>(letter)) * 0x100000001b3U;
    }
  }
  std::uint64_t hash() const { return hash_; }

 private:
  std::uint64_t hash_ = 0xcbf29ce484222325U;
};

}  // namespace vitrine
