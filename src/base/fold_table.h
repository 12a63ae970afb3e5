// What letters fold to: the table behind fold(). Ascending by letter, runs and texts each.
#pragma once

#include <cstdint>
#include <span>

namespace vitrine {

// The letters first, first + step, ..., first + length. Where the run moves, each folds to the one
// at this distance from itself; otherwise all of them to the one at this distance from the first.
// Distance 0: to nothing. A letter is in one run at most.
struct FoldRun {
  std::uint32_t first;
  std::int32_t distance;
  std::uint16_t length;
  std::uint8_t step;
  std::uint8_t moves;
};

// A letter that folds to several, in UTF-8.
struct FoldText {
  std::uint32_t letter;
  const char* text;
};

std::span<const FoldRun> fold_runs();
std::span<const FoldText> fold_texts();

}  // namespace vitrine
