// The words of a cascade, read and written.
#include <array>

#include "base/error.h"
#include "orm/schema/relationship.h"

namespace vitrine {
namespace {

struct Word {
  std::string_view text;
  bool Cascade::*flag;
};

// "all" is every one of these but delete-orphan, as in SQLAlchemy.
constexpr std::array<Word, 6> kWords = {{
    {"save-update", &Cascade::save_update},
    {"merge", &Cascade::merge},
    {"refresh-expire", &Cascade::refresh_expire},
    {"expunge", &Cascade::expunge},
    {"delete", &Cascade::delete_},
    {"delete-orphan", &Cascade::delete_orphan},
}};
constexpr Cascade kAll = {.save_update = true,
                          .merge = true,
                          .refresh_expire = true,
                          .expunge = true,
                          .delete_ = true,
                          .delete_orphan = false};

std::string_view trimmed(std::string_view word) {
  while (!word.empty() && word.front() == ' ') word.remove_prefix(1);
  while (!word.empty() && word.back() == ' ') word.remove_suffix(1);
  return word;
}

void add_word(Cascade& cascade, std::string_view word) {
  for (const Word& known : kWords) {
    const bool in_all = word == "all" && kAll.*known.flag;
    if (in_all || known.text == word) cascade.*known.flag = true;
    if (known.text == word) return;
  }
  if (word == "all" || word == "none" || word.empty()) return;
  fail({.code = Code::validation,
        .reason = "invalid_argument",
        .message = "\"" + std::string(word) +
                   "\" is not a cascade; use save-update, merge, refresh-expire, expunge, delete, "
                   "delete-orphan, all or none."});
}

}  // namespace

Cascade Cascade::parse(std::string_view words) {
  Cascade cascade;
  while (true) {
    const std::size_t comma = words.find(',');
    add_word(cascade, trimmed(words.substr(0, comma)));
    if (comma == std::string_view::npos) return cascade;
    words.remove_prefix(comma + 1);
  }
}

std::string Cascade::describe() const {
  Cascade without_orphan = *this;
  without_orphan.delete_orphan = false;
  if (without_orphan == kAll) return delete_orphan ? "all, delete-orphan" : "all";
  std::string words;
  for (const Word& word : kWords) {
    if (!(this->*word.flag)) continue;
    if (!words.empty()) words += ", ";
    words += word.text;
  }
  return words;
}

}  // namespace vitrine
