// Seeds of random tests: a fixed one, or VITRINE_SEED's, so that a failure can be replayed.
#pragma once

#include <cstdint>
#include <cstdlib>

namespace vitrine::testing {

inline std::uint32_t seed_or(std::uint32_t otherwise) {
  const char* given = std::getenv("VITRINE_SEED");
  return given == nullptr ? otherwise
                          : static_cast<std::uint32_t>(std::strtoul(given, nullptr, 10));
}

}  // namespace vitrine::testing
