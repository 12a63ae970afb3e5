// See the header. This is the only place that knows both sets of words.
#include "runner/outcome.h"

#include <utility>

namespace vitrine::oracle {
namespace {

// Codes whose meaning is one class, whatever the reason.
constexpr std::pair<Code, const char*> kClassOfCode[] = {
    {Code::unique, "unique"},    {Code::not_null, "not_null"},
    {Code::check, "check"},      {Code::foreign_key, "foreign_key"},
    {Code::stale, "stale_data"}, {Code::cycle, "circular_dependency"},
    {Code::busy, "busy"},        {Code::range, "integer_overflow"},
};

// Reasons for which the vocabulary has a word of its own; all others are spelt alike.
constexpr std::pair<std::string_view, const char*> kClassOfReason[] = {
    {"unknown_option", "invalid_argument"},
    {"wrong_operator", "invalid_argument"},
    {"unbound_handle", "invalid_request"},
    {"no_bytes", "file_missing"},
};

}  // namespace

std::string error_class(const Failure& failure) {
  for (const auto& [code, word] : kClassOfCode) {
    if (failure.code == code) return word;
  }
  for (const auto& [reason, word] : kClassOfReason) {
    if (failure.reason == reason) return word;
  }
  // Everything else about pictures is why bytes are none.
  if (failure.code == Code::image && failure.reason != "no_original") return "invalid_image";
  if (!failure.reason.empty()) return failure.reason;
  return failure.code == Code::validation ? "invalid_argument" : "invalid_request";
}

Json outcome_of(Json value) { return {{"ok", std::move(value)}}; }

Json outcome_of(const Failure& failure) {
  Json outcome = {{"error", error_class(failure)}};
  if (!failure.detail.empty()) outcome["detail"] = failure.detail;
  // Not compared; for whoever reads a difference.
  outcome["message"] = failure.message;
  return outcome;
}

}  // namespace vitrine::oracle
