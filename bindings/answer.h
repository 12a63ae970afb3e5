// Answer: how every call into the module ends, and the only thing JavaScript reads of it: a header
// of numbers in memory that says what came and where it lies. Nothing is ever thrown across the
// bridge.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <type_traits>

#include "base/error.h"
#include "base/json.h"
#include "bindings/packet.h"

namespace vitrine {

// docs/packets.md lists these for the reader in web/package/src/wasm.
enum class AnswerKind : std::uint32_t { nothing, json, packet, bytes, failure, table };

// Its buffers are used again by the next call, so JavaScript reads them at once.
//
// Invariant: after describe(), every address in the header is that of a buffer of this answer.
class Answer {
 public:
  static constexpr std::size_t kHeaderWords = 9;

  void nothing() { kind_ = AnswerKind::nothing; }
  void json(const Json& value);
  void json_text(std::string_view text);
  void bytes(std::string bytes);
  // The packet to be filled by a PacketSink.
  Packet& packet();
  // The same buffers, to be filled by write_table().
  Packet& table();
  void failure(const Failure& failure) noexcept;

  // Brings the header up to date. The address stays the same for the life of the answer.
  void describe();
  const std::uint32_t* header() const { return header_.data(); }
  // How often the catalog that was called has committed changes; for the header, after describe().
  void commits(std::int64_t count) { header_.back() = static_cast<std::uint32_t>(count); }
  AnswerKind kind() const { return kind_; }
  const std::string& text() const { return text_; }

 private:
  AnswerKind kind_ = AnswerKind::nothing;
  Packet packet_;
  std::string text_;
  std::string bytes_;
  std::array<std::uint32_t, kHeaderWords> header_{};
};

// The JSON that describes a failure: code, reason, message, model, fields, path, issues, sqlite,
// detail.
Json failure_json(const Failure& failure);

// Runs work(context, answer) and turns whatever it throws into a failure: an Error into itself,
// memory that ran out into NOMEM, anything else into STATE.
using Work = void (*)(void* context, Answer& answer);
void run_work(Answer& answer, Work work, void* context) noexcept;

// As run_work, for a lambda that takes the answer. The catching is compiled once, not per verb.
template <class Lambda>
void answer_with(Answer& answer, Lambda&& lambda) noexcept {
  const Work work = [](void* context, Answer& given) {
    (*static_cast<std::remove_reference_t<Lambda>*>(context))(given);
  };
  run_work(answer, work, &lambda);
}

}  // namespace vitrine
