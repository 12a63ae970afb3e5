// Answer: how every call into the module ends, and the only thing JavaScript reads of it: a header
// of numbers in memory that says what came and where it lies. Nothing is ever thrown across the
// bridge.
#pragma once

#include <array>
#include <cstdint>
#include <exception>
#include <new>
#include <string>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "bindings/packet.h"

namespace vitrine {

// docs/packets.md lists these for the reader in web/package/src/wasm.
enum class AnswerKind : std::uint32_t { nothing, json, packet, bytes, failure };

// Its buffers are used again by the next call, so JavaScript reads them at once.
//
// Invariant: after describe(), every address in the header is that of a buffer of this answer.
class Answer {
 public:
  static constexpr std::size_t kHeaderWords = 8;

  void nothing() { kind_ = AnswerKind::nothing; }
  void json(const nlohmann::ordered_json& value);
  void json_text(std::string_view text);
  void bytes(std::string bytes);
  // The packet to be filled by a PacketSink.
  Packet& packet();
  void failure(const Failure& failure) noexcept;

  // Brings the header up to date. The address stays the same for the life of the answer.
  void describe();
  const std::uint32_t* header() const { return header_.data(); }
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
nlohmann::ordered_json failure_json(const Failure& failure);

// Runs work(answer) and turns whatever it throws into a failure: an Error into itself, memory that
// ran out into NOMEM, JSON of the wrong form into VALIDATION, anything else into STATE.
template <class Work>
void answer_with(Answer& answer, Work&& work) noexcept {
  try {
    answer.nothing();
    work(answer);
  } catch (const Error& error) {
    answer.failure(error.failure());
  } catch (const std::bad_alloc&) {
    answer.failure({.code = Code::nomem,
                    .message = "There was not enough memory for this call: ask for fewer rows "
                               "(limit) or fewer columns (select)."});
  } catch (const nlohmann::json::exception& error) {
    answer.failure(
        {.code = Code::validation,
         .message = std::string("The request is not of the form it must have: ") + error.what()});
  } catch (const std::exception& error) {
    answer.failure({.code = Code::state,
                    .message = std::string("Vitrine failed in a way it does not know: ") +
                               error.what() + ". Please report it."});
  }
  answer.describe();
}

}  // namespace vitrine
