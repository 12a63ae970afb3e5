// Json: one JSON value (RFC 8259), whose objects keep the order of their members. It has only what
// requests, descriptions and answers need, under the names that nlohmann/json gave them; it is our
// own because it costs a tenth of that library's bytes in the wasm (docs/decisions/0003-json.md).
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vitrine {

// Invariant: type_ says which member of the union is alive; text, array and object are owned.
class Json {
 public:
  enum class Type : std::uint8_t { null, boolean, integer, real, string, array, object };
  using Array = std::vector<Json>;
  using Member = std::pair<std::string, Json>;
  using Object = std::vector<Member>;
  // Deeper text is refused, as SQLite's own JSON functions refuse it.
  static constexpr int kMaxDepth = 1000;

  Json() = default;
  Json(std::nullptr_t) {}
  Json(bool flag) : type_(Type::boolean) { boolean_ = flag; }
  Json(int number) : Json(static_cast<long long>(number)) {}
  Json(long number) : Json(static_cast<long long>(number)) {}
  Json(long long number) : type_(Type::integer) { integer_ = number; }
  // More than an int64 holds becomes a real.
  Json(unsigned number) : Json(static_cast<long long>(number)) {}
  Json(unsigned long number) : Json(static_cast<unsigned long long>(number)) {}
  Json(unsigned long long number);
  Json(double number) : type_(Type::real) { real_ = number; }
  Json(const char* text) : Json(std::string_view(text)) {}
  Json(std::string_view text);
  Json(std::string text);
  Json(const std::vector<std::string>& texts);
  // A list of pairs that each begin with a text is an object, any other list an array.
  Json(std::initializer_list<Json> items);
  Json(const Json& other);
  Json(Json&& other) noexcept;
  Json& operator=(Json other) noexcept;
  ~Json();

  static Json array() { return Json(Type::array); }
  static Json array(std::initializer_list<Json> items);
  static Json object() { return Json(Type::object); }
  // The value of a whole text; fails with VALIDATION, naming the byte, when it is not JSON.
  static Json parse(std::string_view text);
  static bool accept(std::string_view text);

  Type type() const { return type_; }
  bool is_null() const { return type_ == Type::null; }
  bool is_boolean() const { return type_ == Type::boolean; }
  bool is_number() const { return is_number_integer() || is_number_float(); }
  bool is_number_integer() const { return type_ == Type::integer; }
  bool is_number_float() const { return type_ == Type::real; }
  bool is_string() const { return type_ == Type::string; }
  bool is_array() const { return type_ == Type::array; }
  bool is_object() const { return type_ == Type::object; }

  // The value as bool, int, int64, double or std::string; VALIDATION when it is of another type.
  template <typename Value>
  Value get() const;
  const std::string& text() const;

  // Elements or members; 0 for null, 1 for anything else, as in nlohmann/json.
  std::size_t size() const;
  bool empty() const { return size() == 0; }

  // The elements of an array; nothing of anything else.
  const Json* begin() const;
  const Json* end() const;
  const Json& front() const { return at(0); }
  const Json& at(std::size_t index) const;
  const Json& operator[](int index) const { return at(static_cast<std::size_t>(index)); }
  const Json& operator[](std::size_t index) const { return at(index); }
  Json& operator[](int index);
  // Null becomes an array first.
  Json& push_back(Json element);

  // The members of an object in their order; nothing of anything else.
  const Object& items() const;
  // The member, or nullptr.
  const Json* find(std::string_view name) const;
  bool contains(std::string_view name) const { return find(name) != nullptr; }
  const Json& at(std::string_view name) const;
  const Json& operator[](std::string_view name) const { return at(name); }
  const Json& operator[](const char* name) const { return at(std::string_view(name)); }
  // The member, made as null when there is none. Null becomes an object first.
  Json& operator[](std::string_view name);
  Json& operator[](const char* name) { return (*this)[std::string_view(name)]; }

  // The shortest text that reads back as this value, without spaces. Malformed UTF-8 becomes
  // U+FFFD; a number that is not finite becomes null.
  std::string dump() const;

  // Members in any order; 1 equals 1.0.
  friend bool operator==(const Json& one, const Json& other);
  friend bool operator!=(const Json& one, const Json& other) { return !(one == other); }

 private:
  explicit Json(Type type);
  [[noreturn]] static void wrong(const char* wanted);
  void write(std::string& out) const;
  void write_list(std::string& out) const;
  void write_members(std::string& out) const;
  Array& elements();
  Object& members();

  Type type_ = Type::null;
  union {
    bool boolean_;
    std::int64_t integer_ = 0;
    double real_;
    std::string* text_;
    Array* array_;
    Object* object_;
  };
};

template <>
bool Json::get<bool>() const;
template <>
int Json::get<int>() const;
template <>
std::int64_t Json::get<std::int64_t>() const;
template <>
double Json::get<double>() const;
template <>
std::string Json::get<std::string>() const;

}  // namespace vitrine
