// Base and Column: how a model is declared in C++, and how its objects are used.
//
//   struct Category : Base<Category> {
//     static constexpr const char* tablename = "category";
//     Column<Integer> id = {this, "id", primary_key, autoincrement};
//     Column<String> name = {this, "name", String(255), unique, not_null};
//   };
//
// The declaration is the only place where the facts stand: declare<Category>(registry) builds one
// prototype object, whose members report themselves in order. An object of the class is a handle to
// a Record: copying it copies the reference, as a Python name does, and it is good as long as the
// session's store. docs/decisions/0002-declaring-models.md says why it is done in this way.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/error.h"
#include "orm/schema/registry.h"
#include "orm/session/record.h"

namespace vitrine::declare {

// What a declaration reports to while declare<T>() runs; otherwise there is none.
class Declaration {
 public:
  explicit Declaration(Model& model) : model_(model) {}
  // Good until the next one is added.
  vitrine::Column& add_column(const char* name, ColumnType type);
  vitrine::Relationship& add_relationship(const char* name, std::string_view target,
                                          Direction direction);
  // A collection that a member of another class makes.
  void expect_collection(const char* name, std::string_view target);

 private:
  Model& model_;
};

// What every object has: the record it stands for. Members find it by their distance from here, so
// that a copied object's members refer to the copy.
class Entity {
 public:
  Entity() : declaration_(current_declaration()) {}

  Record& record() const;
  void bind(Record& record) { record_ = &record; }
  explicit operator bool() const { return record_ != nullptr; }
  friend bool operator==(const Entity& a, const Entity& b) { return a.record_ == b.record_; }

  ObjectState state() const { return record().state(); }
  std::string describe() const { return record().describe(); }

  // For members only.
  Declaration* declaration() const { return declaration_; }
  std::uint16_t take_column_index() { return next_column_++; }
  static Declaration*& current_declaration();

 private:
  Record* record_ = nullptr;
  Declaration* declaration_;
  std::uint16_t next_column_ = 0;
};

// The name of the class itself: "Product_Item".
template <class T>
constexpr std::string_view class_name() {
#if defined(_MSC_VER)
  constexpr std::string_view signature = __FUNCSIG__;
  constexpr std::string_view before = "class_name<struct ";
  constexpr char after = '>';
#else
  constexpr std::string_view signature = __PRETTY_FUNCTION__;
  constexpr std::string_view before = "T = ";
  constexpr char after = signature.find(';') == std::string_view::npos ? ']' : ';';
#endif
  std::string_view name = signature.substr(signature.find(before) + before.size());
  name = name.substr(0, name.find(after));
  const std::size_t scope = name.rfind("::");
  return scope == std::string_view::npos ? name : name.substr(scope + 2);
}

template <class Derived>
class Base : public Entity {};

// --- Types of columns ---

struct Integer {
  using Native = std::int64_t;
  static constexpr ColumnType kType = ColumnType::integer;
};
struct Real {
  using Native = double;
  static constexpr ColumnType kType = ColumnType::real;
};
struct Boolean {
  using Native = bool;
  static constexpr ColumnType kType = ColumnType::boolean;
};
struct Text {
  using Native = std::string;
  static constexpr ColumnType kType = ColumnType::text;
};
// Text of at most `length` code points; 0: no bound.
struct String {
  using Native = std::string;
  static constexpr ColumnType kType = ColumnType::string;
  constexpr explicit String(int at_most = 0) : length(at_most) {}
  int length;
};
// ISO 8601, UTC, milliseconds: "2026-11-22T09:30:00.000Z".
struct DateTime {
  using Native = std::string;
  static constexpr ColumnType kType = ColumnType::datetime;
};
struct Blob {
  using Native = Bytes;
  static constexpr ColumnType kType = ColumnType::blob;
};
struct Json {
  using Native = std::string;
  static constexpr ColumnType kType = ColumnType::json;
};

// --- Facts of columns ---

enum class Flag { primary_key, autoincrement, not_null, unique, index, version_counter };
inline constexpr Flag primary_key = Flag::primary_key;
inline constexpr Flag autoincrement = Flag::autoincrement;
inline constexpr Flag not_null = Flag::not_null;
inline constexpr Flag unique = Flag::unique;
inline constexpr Flag index = Flag::index;
inline constexpr Flag version_counter = Flag::version_counter;

// Never defined: that it is called is how the compiler says what is wrong with a foreign key.
void foreign_key_is_table_dot_column();

// ForeignKey("category.id"). What names no table and column does not compile.
struct ForeignKey {
  consteval explicit ForeignKey(std::string_view target) {
    const std::size_t dot = target.find('.');
    if (dot == std::string_view::npos) foreign_key_is_table_dot_column();
    table = target.substr(0, dot);
    column = target.substr(dot + 1);
  }
  std::string_view table;
  std::string_view column;
};
struct Default {
  const char* text = nullptr;
  std::int64_t number = 0;
  std::optional<double> fraction = std::nullopt;
  bool now = false;
};
inline Default default_value(const char* text) { return {.text = text}; }
Default default_value(std::nullptr_t) = delete;
template <class Number>
requires(std::is_arithmetic_v<Number>) Default default_value(Number number) {
  if constexpr (std::is_floating_point_v<Number>) return {.fraction = number};
  return {.number = static_cast<std::int64_t>(number)};
}
inline Default default_now() { return {.now = true}; }
struct ServerDefault {
  const char* literal;
};
struct Check {
  const char* condition;
  const char* name = "";
};

void apply(vitrine::Column& column, Flag flag);
void apply(vitrine::Column& column, String type);
void apply(vitrine::Column& column, ForeignKey key);
void apply(vitrine::Column& column, Default value);
void apply(vitrine::Column& column, ServerDefault value);
void apply(vitrine::Column& column, Check check);

// A column of an object: it reads and assigns like the value it holds.
template <class Type>
class Column {
 public:
  using Native = typename Type::Native;

  template <class Owner, class... Facts>
  Column(Owner* owner, const char* name, Facts... facts) : name_(name) {
    Entity* entity = owner;
    index_ = entity->take_column_index();
    offset_ = reinterpret_cast<char*>(this) - reinterpret_cast<char*>(entity);
    if (Declaration* declaration = entity->declaration()) {
      [[maybe_unused]] vitrine::Column& column = declaration->add_column(name, Type::kType);
      (apply(column, facts), ...);
    }
  }
  Column(const Column&) = default;

  // The value, or nothing when it is NULL. Reads an expired row again; see Record::get.
  std::optional<Native> get() const {
    const Value& value = record().get(index_);
    if (value.is_null()) return std::nullopt;
    return native(value);
  }
  bool is_null() const { return record().get(index_).is_null(); }
  // The value; STATE, reason is_null, when it is NULL.
  Native value() const {
    if (auto held = get()) return *std::move(held);
    Failure failure;
    failure.code = Code::state;
    failure.reason = "is_null";
    failure.model = record().model().name;
    failure.fields = {name_};
    failure.message = record().describe() + "." + name_ + " is NULL; ask is_null() or get() first";
    fail(std::move(failure));
  }
  operator Native() const { return value(); }

  Column& operator=(const Native& value) {
    record().set(index_, Value(value));
    return *this;
  }
  Column& operator=(std::nullptr_t) {
    record().set(index_, nullptr);
    return *this;
  }
  template <class Text>
  requires(std::is_same_v<Native, std::string>&& std::is_convertible_v<Text, std::string_view> &&
           !std::is_same_v<std::decay_t<Text>, std::string>) Column&
  operator=(const Text& value) {
    record().set(index_, Value(std::string_view(value)));
    return *this;
  }
  Column& operator=(const Column& other) {
    if (&record() != &other.record()) record().set(index_, Value(other.record().get(other.index_)));
    return *this;
  }

  friend bool operator==(const Column& column, const Native& value) {
    return column.get() == std::optional<Native>(value);
  }

  const char* name() const { return name_; }

 private:
  Record& record() const {
    const char* entity = reinterpret_cast<const char*>(this) - offset_;
    return reinterpret_cast<const Entity*>(entity)->record();
  }
  static Native native(const Value& value) {
    if constexpr (std::is_same_v<Native, double>) {
      return value.real() ? *value.real() : static_cast<double>(*value.integer());
    } else if constexpr (std::is_same_v<Native, std::string>) {
      return *value.text();
    } else if constexpr (std::is_same_v<Native, Bytes>) {
      return *value.bytes();
    } else {
      return static_cast<Native>(*value.integer());
    }
  }

  const char* name_;
  std::ptrdiff_t offset_;
  std::uint16_t index_;
};

}  // namespace vitrine::declare
