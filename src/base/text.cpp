// UTF-8, byte by byte. Plain ASCII, nearly everything in a catalog, is skipped eight bytes at a
// time.
#include "base/text.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace vitrine {

namespace {

constexpr std::size_t kShortenedCodePoints = 40;

unsigned char byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

bool is_continuation(unsigned char byte) { return (byte & 0xC0) == 0x80; }

// The first offset from `at` on whose byte is not ASCII, or the end.
std::size_t skip_ascii(std::string_view text, std::size_t at) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080u;
  while (text.size() - at >= sizeof(std::uint64_t)) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + at, sizeof word);
    if ((word & kHighBits) != 0) break;
    at += sizeof word;
  }
  while (at < text.size() && byte_at(text, at) < 0x80) ++at;
  return at;
}

// What may follow a leading byte (table 3-7): the range of the second byte, and the whole length.
struct Sequence {
  std::size_t length;
  unsigned char second_low;
  unsigned char second_high;
};

// Length 0: no sequence starts with this byte.
Sequence sequence_of(unsigned char lead) {
  if (lead < 0x80) return {1, 0, 0};
  if (lead < 0xC2) return {0, 0, 0};
  if (lead < 0xE0) return {2, 0x80, 0xBF};
  if (lead == 0xE0) return {3, 0xA0, 0xBF};
  if (lead == 0xED) return {3, 0x80, 0x9F};
  if (lead < 0xF0) return {3, 0x80, 0xBF};
  if (lead == 0xF0) return {4, 0x90, 0xBF};
  if (lead < 0xF4) return {4, 0x80, 0xBF};
  if (lead == 0xF4) return {4, 0x80, 0x8F};
  return {0, 0, 0};
}

// The length of the well-formed sequence at `at`, or 0 when there is none.
std::size_t well_formed_length(std::string_view text, std::size_t at) {
  const Sequence sequence = sequence_of(byte_at(text, at));
  if (sequence.length <= 1) return sequence.length;
  if (text.size() - at < sequence.length) return 0;
  const unsigned char second = byte_at(text, at + 1);
  if (second < sequence.second_low || second > sequence.second_high) return 0;
  for (std::size_t i = 2; i < sequence.length; ++i) {
    if (!is_continuation(byte_at(text, at + i))) return 0;
  }
  return sequence.length;
}

}  // namespace

std::size_t code_point_count(std::string_view text) {
  std::size_t continuations = 0;
  for (std::size_t at = skip_ascii(text, 0); at < text.size(); ++at) {
    if (is_continuation(byte_at(text, at))) ++continuations;
  }
  return text.size() - continuations;
}

std::size_t utf16_length(std::string_view text) {
  std::size_t units = skip_ascii(text, 0);
  for (std::size_t at = units; at < text.size(); ++at) {
    const unsigned char byte = byte_at(text, at);
    if (!is_continuation(byte)) units += byte >= 0xF0 ? 2 : 1;
  }
  return units;
}

std::size_t utf16_prefix(std::string_view text, std::size_t units) {
  std::size_t at = skip_ascii(text.substr(0, units), 0);
  units -= at;
  while (units > 0 && at < text.size()) {
    const std::size_t length = std::max<std::size_t>(sequence_of(byte_at(text, at)).length, 1);
    units -= std::min<std::size_t>(units, length == 4 ? 2 : 1);
    at += length;
  }
  return std::min(at, text.size());
}

std::optional<std::size_t> first_malformed_byte(std::string_view text) {
  std::size_t at = 0;
  while ((at = skip_ascii(text, at)) < text.size()) {
    const std::size_t length = well_formed_length(text, at);
    if (length == 0) return at;
    at += length;
  }
  return std::nullopt;
}

std::string repaired_utf8(std::string_view text) {
  std::string repaired;
  while (const auto malformed = first_malformed_byte(text)) {
    repaired.append(text.substr(0, *malformed));
    repaired.append("\xEF\xBF\xBD");
    text.remove_prefix(*malformed + 1);
  }
  repaired.append(text);
  return repaired;
}

std::string shortened(std::string_view text) {
  std::size_t code_points = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (is_continuation(byte_at(text, at))) continue;
    if (code_points == kShortenedCodePoints) return std::string(text.substr(0, at)) + "…";
    ++code_points;
  }
  return std::string(text);
}

std::string quoted_identifier(std::string_view name) {
  std::string quoted = "\"";
  for (const char character : name) {
    if (character == '"') quoted += '"';
    quoted += character;
  }
  return quoted + '"';
}

}  // namespace vitrine
