// What a cascade says when it is written, or cannot be read.
#include "orm/schema/cascade.h"

#include "base/error.h"

namespace vitrine {
namespace schema {

void refuse_cascade_word(std::string_view word) {
  fail({.code = Code::validation,
        .reason = "invalid_argument",
        .message = "\"" + std::string(word) +
                   "\" is not a cascade; use save-update, merge, refresh-expire, expunge, delete, "
                   "delete-orphan, all or none."});
}

}  // namespace schema

std::string Cascade::describe() const {
  Cascade without_orphan = *this;
  without_orphan.delete_orphan = false;
  if (without_orphan == parse("all")) return delete_orphan ? "all, delete-orphan" : "all";
  std::string words;
  for (const schema::CascadeWord& word : schema::kCascadeWords) {
    if (!(this->*word.flag)) continue;
    if (!words.empty()) words += ", ";
    words += word.text;
  }
  return words;
}

}  // namespace vitrine
