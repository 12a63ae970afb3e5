// The words of a description for the choices of the schema, both ways. Private to this room.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "orm/schema/column.h"
#include "orm/schema/relationship.h"

namespace vitrine::schema {

template <typename Choice>
struct Word {
  std::string_view text;
  Choice choice;
};

inline constexpr std::array<Word<OnDelete>, 5> kOnDeleteWords = {
    {{"derive", OnDelete::derive},
     {"nothing", OnDelete::nothing},
     {"cascade", OnDelete::cascade},
     {"set_null", OnDelete::set_null},
     {"restrict", OnDelete::restrict}}};
inline constexpr std::array<Word<Direction>, 3> kDirectionWords = {
    {{"many_to_one", Direction::many_to_one},
     {"one_to_many", Direction::one_to_many},
     {"many_to_many", Direction::many_to_many}}};
inline constexpr std::array<Word<CollectionKind>, 4> kCollectionWords = {
    {{"list", CollectionKind::list},
     {"set", CollectionKind::set},
     {"keyed", CollectionKind::keyed},
     {"ordered", CollectionKind::ordered}}};
inline constexpr std::array<Word<Condition::Op>, 6> kConditionWords = {{{"eq", Condition::Op::eq},
                                                                        {"ne", Condition::Op::ne},
                                                                        {"lt", Condition::Op::lt},
                                                                        {"le", Condition::Op::le},
                                                                        {"gt", Condition::Op::gt},
                                                                        {"ge", Condition::Op::ge}}};
inline constexpr std::array<Word<Rule::Op>, 7> kRuleWords = {
    {{"lt", Rule::Op::lt},
     {"le", Rule::Op::le},
     {"gt", Rule::Op::gt},
     {"ge", Rule::Op::ge},
     {"one_of", Rule::Op::one_of},
     {"min_length", Rule::Op::min_length},
     {"max_length", Rule::Op::max_length}}};
inline constexpr std::array<Word<Expression::Op>, 5> kOperationWords = {
    {{"add", Expression::Op::add},
     {"subtract", Expression::Op::subtract},
     {"multiply", Expression::Op::multiply},
     {"divide", Expression::Op::divide},
     {"concatenate", Expression::Op::concatenate}}};

template <typename Choice, std::size_t size>
std::string_view word_of(const std::array<Word<Choice>, size>& words, Choice choice) {
  for (const Word<Choice>& word : words) {
    if (word.choice == choice) return word.text;
  }
  return "";
}

template <typename Choice, std::size_t size>
std::optional<Choice> choice_of(const std::array<Word<Choice>, size>& words,
                                std::string_view text) {
  for (const Word<Choice>& word : words) {
    if (word.text == text) return word.choice;
  }
  return std::nullopt;
}

// "a, b, c" for messages.
template <typename Choice, std::size_t size>
std::string all_words(const std::array<Word<Choice>, size>& words) {
  std::string text;
  for (const Word<Choice>& word : words)
    text += (text.empty() ? "" : ", ") + std::string(word.text);
  return text;
}

}  // namespace vitrine::schema
