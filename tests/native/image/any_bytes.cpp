// See the header.
#include "image/any_bytes.h"

#include <algorithm>
#include <optional>

#include "base/error.h"
#include "image/ladder.h"
#include "image/limits.h"
#include "image/sha256.h"
#include "image/sniff.h"

using namespace vitrine::image;

namespace vitrine::testing {

namespace {

// Enough to tell every format.
constexpr std::size_t kLeastBytes = 64;

// The facts, or nothing and why.
std::optional<ImageFacts> facts_of(std::string_view bytes, std::string& reason) {
  try {
    return sniff(bytes);
  } catch (const Error& error) {
    const bool is_told = error.code() == Code::image && error.failure().message.size() > 30;
    reason = is_told ? error.failure().reason : "";
    return std::nullopt;
  }
}

std::string wrong_in_ladder(Size original) {
  int width = 0;
  for (const Size& step : ladder(original)) {
    if (step.width <= width || step.height < 1) return "the ladder does not grow";
    if (step.width >= original.width) return "the ladder enlarges";
    width = step.width;
  }
  return "";
}

// Whether a picture scaled to a width, a height or by a ratio is as asked for, or refused.
std::string wrong_in_scales(Size original) {
  try {
    if (scaled_to_width(original, 100).width != 100) return "it is scaled to another width";
    if (scaled_to_height(original, 100).height != 100) return "it is scaled to another height";
    if (scaled_by(original, 1) != original) return "it is not scaled by 1";
  } catch (const Error& error) {
    if (error.code() != Code::image) return "scaling is refused with another code";
  }
  return "";
}

std::string wrong_in_facts(const ImageFacts& facts) {
  const auto [least, most] = std::minmax(facts.width, facts.height);
  if (least < 1 || most > kMaxSide) return "a side is out of its limits";
  if (std::int64_t{facts.width} * facts.height > kMaxPixels) return "there are too many pixels";
  if (facts.frames < 1 || facts.frames > kMaxFrames) return "there are too many frames";
  if (mimetype(facts.format).substr(0, 6) != "image/") return "it has no type";
  if (facts.orientation < 1 || facts.orientation > 8) return "there is no such orientation";
  const Size shown{facts.display_width(), facts.display_height()};
  const std::string wrong = wrong_in_ladder(shown);
  return wrong.empty() ? wrong_in_scales(shown) : wrong;
}

// What is wrong in what the beginning of a good file says, wherever it is cut.
std::string wrong_in_beginnings(std::string_view bytes, const ImageFacts& facts) {
  constexpr std::size_t kCuts = 16;
  for (std::size_t cut = 1; cut <= kCuts; ++cut) {
    const std::size_t size = bytes.size() * cut / kCuts;
    if (size < std::min(kLeastBytes, bytes.size())) continue;
    try {
      const ImageFacts begun = sniff_beginning(bytes.substr(0, size), bytes.size());
      if (begun.width != 0 && (begun.width != facts.width || begun.height != facts.height))
        return "its beginning tells another size";
    } catch (const Error&) {
      return "its beginning is refused, and it is not";
    }
  }
  return "";
}

}  // namespace

std::string wrong_about(std::string_view bytes) {
  std::string reason;
  const std::optional<ImageFacts> facts = facts_of(bytes, reason);
  if (sha256_hex(bytes.substr(0, 200)).size() != 64) return "a digest has another length";
  if (!facts) return reason.empty() ? "it is refused without a reason" : "";
  const std::string wrong = wrong_in_beginnings(bytes, *facts);
  if (!wrong.empty()) return wrong;
  const std::optional<ImageFacts> again = facts_of(bytes, reason);
  if (!again || again->width != facts->width) return "it is judged in two ways";
  return wrong_in_facts(*facts);
}

}  // namespace vitrine::testing
