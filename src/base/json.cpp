// Json: its values. How they are written as text is in json_text.cpp.
#include "base/json.h"

#include <algorithm>

#include "base/error.h"

namespace vitrine {
namespace {

bool is_member(const Json& json) {
  return json.is_array() && json.size() == 2 && json.front().is_string();
}

const Json::Object kNoMembers;

}  // namespace

Json::Json(Type type) : type_(type) {
  if (type == Type::array) array_ = new Array;
  if (type == Type::object) object_ = new Object;
}

Json::Json(unsigned long long number) {
  if (number <= INT64_MAX) {
    type_ = Type::integer;
    integer_ = static_cast<std::int64_t>(number);
  } else {
    type_ = Type::real;
    real_ = static_cast<double>(number);
  }
}

Json::Json(std::string_view text) : Json(std::string(text)) {}

Json::Json(std::string text) {
  text_ = new std::string(std::move(text));
  type_ = Type::string;
}

Json::Json(const std::vector<std::string>& texts) : Json(Type::array) {
  for (const std::string& text : texts) push_back(text);
}

Json::Json(std::initializer_list<Json> items) : Json(array(items)) {
  if (!std::all_of(items.begin(), items.end(), is_member)) return;
  Json object(Type::object);
  for (const Json& item : items) object[item.at(0).text()] = item.at(1);
  *this = std::move(object);
}

Json Json::array(std::initializer_list<Json> items) {
  Json json(Type::array);
  *json.array_ = items;
  return json;
}

Json::Json(const Json& other) : integer_(other.integer_) {
  if (other.type_ == Type::string) text_ = new std::string(*other.text_);
  if (other.type_ == Type::array) array_ = new Array(*other.array_);
  if (other.type_ == Type::object) object_ = new Object(*other.object_);
  type_ = other.type_;
}

Json::Json(Json&& other) noexcept : type_(other.type_), integer_(other.integer_) {
  other.type_ = Type::null;
}

Json& Json::operator=(Json other) noexcept {
  std::swap(type_, other.type_);
  std::swap(integer_, other.integer_);
  return *this;
}

Json::~Json() {
  if (type_ == Type::string) delete text_;
  if (type_ == Type::array) delete array_;
  if (type_ == Type::object) delete object_;
}

void Json::wrong(const char* wanted) {
  fail({.code = Code::validation,
        .reason = "wrong_type",
        .message =
            std::string("The request is not of the form it must have: expected ") + wanted + "."});
}

template <>
bool Json::get<bool>() const {
  if (!is_boolean()) wrong("true or false");
  return boolean_;
}

template <>
std::int64_t Json::get<std::int64_t>() const {
  if (!is_number_integer()) wrong("a whole number");
  return integer_;
}

template <>
int Json::get<int>() const {
  const std::int64_t number = get<std::int64_t>();
  if (number != static_cast<int>(number)) wrong("a smaller number");
  return static_cast<int>(number);
}

template <>
double Json::get<double>() const {
  if (is_number_integer()) return static_cast<double>(integer_);
  if (!is_number_float()) wrong("a number");
  return real_;
}

const std::string& Json::text() const {
  if (!is_string()) wrong("text");
  return *text_;
}

template <>
std::string Json::get<std::string>() const {
  return text();
}

std::size_t Json::size() const {
  if (is_array()) return array_->size();
  if (is_object()) return object_->size();
  return is_null() ? 0 : 1;
}

const Json* Json::begin() const { return is_array() ? array_->data() : nullptr; }

const Json* Json::end() const { return is_array() ? array_->data() + array_->size() : nullptr; }

const Json& Json::at(std::size_t index) const {
  if (!is_array() || index >= array_->size()) wrong("a longer list");
  return (*array_)[index];
}

Json& Json::operator[](int index) {
  const auto position = static_cast<std::size_t>(index);
  if (position >= elements().size()) wrong("a longer list");
  return elements()[position];
}

Json::Array& Json::elements() {
  if (is_null()) *this = array();
  if (!is_array()) wrong("a list");
  return *array_;
}

Json& Json::push_back(Json element) {
  elements().push_back(std::move(element));
  return elements().back();
}

const Json::Object& Json::items() const { return is_object() ? *object_ : kNoMembers; }

const Json* Json::find(std::string_view name) const {
  for (const Member& member : items()) {
    if (member.first == name) return &member.second;
  }
  return nullptr;
}

const Json& Json::at(std::string_view name) const {
  const Json* found = find(name);
  if (found == nullptr) wrong("an object with more members");
  return *found;
}

Json::Object& Json::members() {
  if (is_null()) *this = object();
  if (!is_object()) wrong("an object");
  return *object_;
}

Json& Json::operator[](std::string_view name) {
  for (Member& member : members()) {
    if (member.first == name) return member.second;
  }
  return members().emplace_back(name, Json()).second;
}

bool operator==(const Json& one, const Json& other) {
  if (one.is_number() && other.is_number()) {
    if (one.type_ == other.type_ && one.is_number_integer()) return one.integer_ == other.integer_;
    return one.get<double>() == other.get<double>();
  }
  if (one.type_ != other.type_) return false;
  if (one.is_boolean()) return one.boolean_ == other.boolean_;
  if (one.is_string()) return *one.text_ == *other.text_;
  if (one.is_array()) return *one.array_ == *other.array_;
  if (one.size() != other.size()) return false;
  for (const auto& [name, value] : one.items()) {
    const Json* found = other.find(name);
    if (found == nullptr || *found != value) return false;
  }
  return true;
}

}  // namespace vitrine
