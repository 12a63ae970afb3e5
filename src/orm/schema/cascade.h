// Cascade: which operations on an object also happen to the related ones. Its words are read while
// compiling where a declaration has them, so that a misspelled one does not compile.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace vitrine {

struct Cascade {
  bool save_update = false;
  bool merge = false;
  bool refresh_expire = false;
  bool expunge = false;
  bool delete_ = false;
  bool delete_orphan = false;

  // From SQLAlchemy's words: "delete, all", "save-update, merge", "all, delete-orphan", "".
  // Fails with VALIDATION on a word that is not one of them.
  static constexpr Cascade parse(std::string_view words);
  static constexpr Cascade standard() { return {.save_update = true, .merge = true}; }
  std::string describe() const;
  friend bool operator==(const Cascade&, const Cascade&) = default;
};

namespace schema {

struct CascadeWord {
  std::string_view text;
  bool Cascade::*flag;
  bool in_all;  // "all" is every one of these but delete-orphan, as in SQLAlchemy
};

inline constexpr std::array<CascadeWord, 6> kCascadeWords = {{
    {"save-update", &Cascade::save_update, true},
    {"merge", &Cascade::merge, true},
    {"refresh-expire", &Cascade::refresh_expire, true},
    {"expunge", &Cascade::expunge, true},
    {"delete", &Cascade::delete_, true},
    {"delete-orphan", &Cascade::delete_orphan, false},
}};

// Fails as parse() says. What calls it cannot be worked out while compiling: the compiler then
// names this function, and the line of the declaration.
[[noreturn]] void refuse_cascade_word(std::string_view word);

constexpr std::string_view trimmed(std::string_view word) {
  while (!word.empty() && word.front() == ' ') word.remove_prefix(1);
  while (!word.empty() && word.back() == ' ') word.remove_suffix(1);
  return word;
}

constexpr void add_cascade_word(Cascade& cascade, std::string_view word) {
  bool known = word == "all" || word == "none" || word.empty();
  for (const CascadeWord& one : kCascadeWords) {
    const bool meant = one.text == word || (word == "all" && one.in_all);
    if (meant) cascade.*one.flag = true;
    known = known || meant;
  }
  if (!known) refuse_cascade_word(word);
}

}  // namespace schema

constexpr Cascade Cascade::parse(std::string_view words) {
  Cascade cascade;
  while (true) {
    const std::size_t comma = words.find(',');
    schema::add_cascade_word(cascade, schema::trimmed(words.substr(0, comma)));
    if (comma == std::string_view::npos) return cascade;
    words.remove_prefix(comma + 1);
  }
}

}  // namespace vitrine
