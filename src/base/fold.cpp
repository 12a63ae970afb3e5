// See the header. The table comes from Unicode by way of scripts/generate.mjs.
#include "base/fold.h"

#include <algorithm>
#include <cstddef>

#include "base/fold_table.h"
#include "base/text.h"

namespace vitrine {
namespace {

constexpr std::uint32_t kFirstFolded = 0xaa;

struct Letter {
  std::uint32_t point = 0;
  std::size_t size_bytes = 1;
};

// The letter at `at` of well-formed text.
Letter decode(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const std::uint32_t lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t size = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  std::uint32_t point = lead & (0x7fu >> size);
  for (std::size_t i = 1; i < size; ++i) point = (point << 6) | (byte(i) & 0x3fu);
  return {point, size};
}

void append(std::string& text, std::uint32_t point) {
  const auto tail = [&](unsigned shift) {
    text += static_cast<char>(0x80 | ((point >> shift) & 0x3f));
  };
  if (point < 0x80) {
    text += static_cast<char>(point);
  } else if (point < 0x800) {
    text += static_cast<char>(0xc0 | (point >> 6));
    tail(0);
  } else if (point < 0x10000) {
    text += static_cast<char>(0xe0 | (point >> 12));
    tail(6);
    tail(0);
  } else {
    text += static_cast<char>(0xf0 | (point >> 18));
    tail(12);
    tail(6);
    tail(0);
  }
}

const FoldRun* run_of(std::uint32_t point) {
  const auto runs = fold_runs();
  const auto after =
      std::upper_bound(runs.begin(), runs.end(), point,
                       [](std::uint32_t letter, const FoldRun& run) { return letter < run.first; });
  if (after == runs.begin()) return nullptr;
  const FoldRun& run = *(after - 1);
  const std::uint32_t place = point - run.first;
  return place <= run.length && place % run.step == 0 ? &run : nullptr;
}

const char* text_of(std::uint32_t point) {
  const auto texts = fold_texts();
  const auto found = std::lower_bound(
      texts.begin(), texts.end(), point,
      [](const FoldText& text, std::uint32_t letter) { return text.letter < letter; });
  return found != texts.end() && found->letter == point ? found->text : nullptr;
}

void append_folded(std::string& folded, std::string_view text, std::size_t at, Letter letter) {
  if (const FoldRun* run = run_of(letter.point)) {
    if (run->distance == 0) return;
    const std::uint32_t from = run->moves ? letter.point : run->first;
    append(folded, from + static_cast<std::uint32_t>(run->distance));
  } else if (const char* several = text_of(letter.point)) {
    folded += several;
  } else {
    folded += text.substr(at, letter.size_bytes);
  }
}

}  // namespace

std::string fold(std::string_view text) {
  const std::string_view sound = text.substr(0, first_malformed_byte(text).value_or(text.size()));
  std::string folded;
  folded.reserve(text.size());
  for (std::size_t at = 0; at < sound.size();) {
    const char c = sound[at];
    if (static_cast<unsigned char>(c) < 0x80) {
      folded += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
      ++at;
      continue;
    }
    const Letter letter = decode(sound, at);
    if (letter.point < kFirstFolded) {
      folded += sound.substr(at, letter.size_bytes);
    } else {
      append_folded(folded, sound, at, letter);
    }
    at += letter.size_bytes;
  }
  folded += text.substr(sound.size());
  return folded;
}

}  // namespace vitrine
