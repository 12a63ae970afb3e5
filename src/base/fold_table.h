// What letters fold to: the table behind fold(). Ascending by letter, runs and texts each.
#pragma once

#include <cstdint>
#include <span>

namespace vitrine {

// The letters first, first + step, ..., last. Where the run moves they fold to target, target +
// step, ...; otherwise all of them to target. Target 0: to nothing. A letter is in one run at most.
struct FoldRun {
  std::uint32_t first;
  std::uint32_t last;
  std::uint32_t target;
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
