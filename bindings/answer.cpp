// Addresses are 32 bits wide in WebAssembly; in native tests their lower half is written.
#include "bindings/answer.h"

#include <exception>
#include <new>
#include <string_view>

namespace vitrine {
namespace {

std::uint32_t word(std::size_t number) { return static_cast<std::uint32_t>(number); }

std::uint32_t address(const void* pointer) {
  return static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(pointer));
}

}  // namespace

void Answer::json(const Json& value) { json_text(value.dump()); }

void Answer::json_text(std::string_view text) {
  text_ = text;
  kind_ = AnswerKind::json;
}

void Answer::bytes(std::string bytes) {
  bytes_ = std::move(bytes);
  kind_ = AnswerKind::bytes;
}

Packet& Answer::packet() {
  kind_ = AnswerKind::packet;
  return packet_;
}

Packet& Answer::table() {
  kind_ = AnswerKind::table;
  return packet_;
}

void Answer::failure(const Failure& failure) noexcept {
  kind_ = AnswerKind::failure;
  try {
    text_ = failure_json(failure).dump();
  } catch (const std::exception&) {
    // Fits in what the string holds in itself, so that it needs no memory.
    text_ = R"({})";
  }
}

void Answer::describe() {
  if (kind_ != AnswerKind::bytes) bytes_ = std::string();
  const bool is_packet = kind_ == AnswerKind::packet || kind_ == AnswerKind::table;
  const std::string_view text = is_packet ? packet_.text.view() : text_;
  const std::string_view blobs = is_packet ? packet_.blobs.view() : bytes_;
  header_ = {static_cast<std::uint32_t>(kind_),
             word(packet_.shape),
             address(packet_.words.data()),
             word(packet_.words.size() / sizeof(std::int32_t)),
             address(text.data()),
             word(text.size()),
             address(blobs.data()),
             word(blobs.size()),
             header_.back()};
}

void run_work(Answer& answer, Work work, void* context) noexcept {
  try {
    answer.nothing();
    work(context, answer);
  } catch (const Error& error) {
    answer.failure(error.failure());
  } catch (const std::bad_alloc&) {
    answer.failure({.code = Code::nomem,
                    .message = "There was not enough memory for this call: ask for fewer rows "
                               "(limit) or fewer columns (select)."});
  } catch (const std::exception& error) {
    answer.failure({.code = Code::state,
                    .message = std::string("Vitrine failed in a way it does not know: ") +
                               error.what() + ". Please report it."});
  }
  answer.describe();
}

Json failure_json(const Failure& failure) {
  Json issues = Json::array();
  for (const Issue& issue : failure.issues) {
    issues.push_back({{"code", code_name(issue.code)},
                      {"model", issue.model},
                      {"field", issue.field},
                      {"message", issue.message}});
  }
  return {
      {"code", code_name(failure.code)}, {"reason", failure.reason}, {"message", failure.message},
      {"model", failure.model},          {"fields", failure.fields}, {"path", failure.path},
      {"issues", std::move(issues)},     {"sqlite", failure.sqlite}, {"detail", failure.detail}};
}

}  // namespace vitrine
