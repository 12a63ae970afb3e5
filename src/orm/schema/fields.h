// Fields: one object of a description, read key by key. Whatever is missing reads as nothing;
// whatever is of the wrong type, or was never asked for, becomes a mistake. Private to this room.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "orm/schema/description.h"
#include "orm/schema/resolve.h"
#include "orm/schema/words.h"

namespace vitrine::schema {

// Where an object stands, for messages: Product.category, and what it is: "a column".
struct Place {
  std::string model;
  std::string attribute;
  std::string kind;
};

class Fields {
 public:
  // `json` and `mistakes` outlive this.
  Fields(const Json& json, Place place, Mistakes& mistakes);

  bool has(const std::string& key);
  // The value under `key`, or nullptr.
  const Json* value(const std::string& key);
  std::string text(const std::string& key);
  // As text, but its absence is a mistake.
  std::string required_text(const std::string& key);
  bool flag(const std::string& key, bool otherwise = false);
  int integer(const std::string& key);
  // A list of texts.
  std::vector<std::string> names(const std::string& key);
  // The elements of a list; empty when there is none.
  std::vector<const Json*> list(const std::string& key);
  // One of the words; `otherwise` when the key is missing.
  template <typename Choice, std::size_t size>
  Choice choice(const std::string& key, const std::array<Word<Choice>, size>& words,
                Choice otherwise) {
    if (!has(key)) return otherwise;
    const auto found = choice_of(words, text(key));
    if (!found) mistake("\"" + key + "\" must be one of " + all_words(words));
    return found.value_or(otherwise);
  }

  void mistake(const std::string& message);
  // Reports the keys that nobody asked for, and with them those that may be said.
  void finish();

  const Place& place() const { return place_; }
  Mistakes& mistakes() { return mistakes_; }
  // A place inside this one.
  Place inside(std::string kind) const { return {place_.model, place_.attribute, std::move(kind)}; }

 private:
  const Json* typed(const std::string& key, bool (*is)(const Json&), const char* type);

  const Json& json_;
  Place place_;
  Mistakes& mistakes_;
  std::set<std::string> asked_;
};

}  // namespace vitrine::schema
