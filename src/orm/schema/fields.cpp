// Reading one object of a description.
#include "orm/schema/fields.h"

#include <limits>

namespace vitrine::schema {
namespace {

bool is_text(const Json& json) { return json.is_string(); }
bool is_flag(const Json& json) { return json.is_boolean(); }
bool is_list(const Json& json) { return json.is_array(); }

bool is_int(const Json& json) {
  if (!json.is_number_integer()) return false;
  const auto number = json.get<std::int64_t>();
  return number >= std::numeric_limits<int>::min() && number <= std::numeric_limits<int>::max();
}

}  // namespace

Fields::Fields(const Json& json, Place place, Mistakes& mistakes)
    : json_(json), place_(std::move(place)), mistakes_(mistakes) {
  if (!json_.is_object()) mistake(place_.kind + " is described by an object; write one");
}

bool Fields::has(const std::string& key) { return value(key) != nullptr; }

const Json* Fields::value(const std::string& key) {
  asked_.insert(key);
  if (!json_.is_object()) return nullptr;
  return json_.find(key);
}

const Json* Fields::typed(const std::string& key, bool (*is)(const Json&), const char* type) {
  const Json* found = value(key);
  if (found == nullptr || is(*found)) return found;
  mistake("\"" + key + "\" of " + place_.kind + " must be " + type);
  return nullptr;
}

std::string Fields::text(const std::string& key) {
  const Json* found = typed(key, is_text, "text");
  return found == nullptr ? "" : found->get<std::string>();
}

std::string Fields::required_text(const std::string& key) {
  if (!has(key) && json_.is_object()) mistake(place_.kind + " has no \"" + key + "\"; add it");
  return text(key);
}

bool Fields::flag(const std::string& key, bool otherwise) {
  const Json* found = typed(key, is_flag, "true or false");
  return found == nullptr ? otherwise : found->get<bool>();
}

int Fields::integer(const std::string& key) {
  const Json* found = typed(key, is_int, "an integer of 32 bits");
  return found == nullptr ? 0 : found->get<int>();
}

std::vector<const Json*> Fields::list(const std::string& key) {
  std::vector<const Json*> elements;
  const Json* found = typed(key, is_list, "a list");
  if (found == nullptr) return elements;
  for (const Json& element : *found) elements.push_back(&element);
  return elements;
}

std::vector<std::string> Fields::names(const std::string& key) {
  std::vector<std::string> texts;
  for (const Json* element : list(key)) {
    if (element->is_string()) {
      texts.push_back(element->get<std::string>());
    } else {
      mistake("\"" + key + "\" of " + place_.kind + " must hold texts only");
    }
  }
  return texts;
}

void Fields::mistake(const std::string& message) {
  mistakes_.add(place_.model, place_.attribute, message);
}

void Fields::finish() {
  if (!json_.is_object()) return;
  const std::vector<std::string> known(asked_.begin(), asked_.end());
  for (const auto& [key, unused] : json_.items()) {
    if (asked_.count(key) > 0) continue;
    mistake("\"" + key + "\" says nothing of " + place_.kind + "; it may say " + listed(known));
  }
}

}  // namespace vitrine::schema
