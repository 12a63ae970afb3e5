// The numbers of a packet, read back from its words as docs/packets.md lays them out.
#pragma once

#include <cstdint>
#include <cstring>
#include <vector>

#include "bindings/packet.h"

namespace vitrine::testing {

// What stands for null, and for the text of a row above, from which the row is subtracted.
inline constexpr double kNullNumber = -1000;
inline constexpr double kSameText = -2000;

inline std::vector<double> numbers_of(const Packet& packet) {
  std::vector<std::int32_t> words(packet.words.size() / sizeof(std::int32_t));
  if (!words.empty()) std::memcpy(words.data(), packet.words.data(), packet.words.size());
  std::vector<double> numbers;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == INT32_MIN) {
      numbers.push_back(kNullNumber);
    } else if (words[i] == INT32_MIN + 2) {
      numbers.push_back(kSameText - words[++i]);
    } else if (words[i] == INT32_MIN + 1) {
      double wide;
      std::memcpy(&wide, &words[i + 1], sizeof wide);
      numbers.push_back(wide);
      i += 2;
    } else {
      numbers.push_back(words[i]);
    }
  }
  return numbers;
}

}  // namespace vitrine::testing
