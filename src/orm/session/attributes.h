// Attributes: the columns and relations of declared models as parts of a query. They are named by
// pointers to members, so a wrong name or a wrong type does not compile:
//
//   column(&Product::name).like("E%") && relation(&Product::category).has(
//       column(&Category::name) == "Boots")
#pragma once

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "orm/query/select.h"
#include "orm/session/relations.h"

namespace vitrine::declare {

// One unbound object of a class, whose members know their names.
template <class T>
const T& prototype() {
  static const T object;
  return object;
}

// The model that a member belongs to: a mix-in's members belong to the model that mixes it in.
template <class Derived>
Derived model_of(const Base<Derived>*);
template <class Owner>
using ModelOf = decltype(model_of(static_cast<const Owner*>(nullptr)));

// A condition on objects of T.
template <class T>
class Condition {
 public:
  explicit Condition(Filter filter) : filter_(std::move(filter)) {}
  const Filter& filter() const { return filter_; }

  friend Condition operator&&(const Condition& a, const Condition& b) {
    return combined(Operator::all_of, a, b);
  }
  friend Condition operator||(const Condition& a, const Condition& b) {
    return combined(Operator::any_of, a, b);
  }
  friend Condition operator!(const Condition& condition) {
    Filter filter;
    filter.op = Operator::negate;
    filter.operands = {condition.filter_};
    return Condition(std::move(filter));
  }

 private:
  static Condition combined(Operator op, const Condition& a, const Condition& b) {
    Filter filter;
    filter.op = op;
    filter.operands = {a.filter_, b.filter_};
    return Condition(std::move(filter));
  }

  Filter filter_;
};

// An order of objects of T.
template <class T>
struct Ordering {
  Order order;
};

// A column of T, possibly behind relations.
template <class T, class Type>
class ColumnOf {
 public:
  using Native = typename Type::Native;
  explicit ColumnOf(Path path) : path_(std::move(path)) {}

  Condition<T> operator==(const Native& value) const { return make(Operator::eq, {value}); }
  Condition<T> operator!=(const Native& value) const { return make(Operator::ne, {value}); }
  Condition<T> operator<(const Native& value) const { return make(Operator::lt, {value}); }
  Condition<T> operator<=(const Native& value) const { return make(Operator::le, {value}); }
  Condition<T> operator>(const Native& value) const { return make(Operator::gt, {value}); }
  Condition<T> operator>=(const Native& value) const { return make(Operator::ge, {value}); }
  Condition<T> operator==(std::nullptr_t) const { return is_null(); }
  Condition<T> is_null() const { return make(Operator::is_null, {}); }
  Condition<T> is_not_null() const { return make(Operator::not_null, {}); }
  Condition<T> between(const Native& least, const Native& most) const {
    return make(Operator::between, {least, most});
  }
  Condition<T> in(const std::vector<Native>& values) const {
    return make(Operator::in, std::vector<Value>(values.begin(), values.end()));
  }
  Condition<T> not_in(const std::vector<Native>& values) const {
    return make(Operator::not_in, std::vector<Value>(values.begin(), values.end()));
  }

  // Text only. like: % and _ are wildcards; the others take the text as it stands. ASCII letters
  // match either case; folded: letters of any script and their accents match either way.
  Condition<T> like(const Native& pattern) const { return text(Operator::like, pattern); }
  Condition<T> like_folded(const Native& pattern) const {
    return text(Operator::like_folded, pattern);
  }
  Condition<T> contains(const Native& part) const { return text(Operator::contains, part); }
  Condition<T> contains_folded(const Native& part) const {
    return text(Operator::contains_folded, part);
  }
  Condition<T> starts_with(const Native& part) const { return text(Operator::starts_with, part); }
  Condition<T> starts_with_folded(const Native& part) const {
    return text(Operator::starts_with_folded, part);
  }
  Condition<T> ends_with(const Native& part) const { return text(Operator::ends_with, part); }
  Condition<T> ends_with_folded(const Native& part) const {
    return text(Operator::ends_with_folded, part);
  }

  Ordering<T> ascending() const { return {{path_, false}}; }
  Ordering<T> descending() const { return {{path_, true}}; }
  // Text only: case and accents do not count.
  Ordering<T> ascending_folded() const { return folded_order(false); }
  Ordering<T> descending_folded() const { return folded_order(true); }
  const Path& path() const { return path_; }

 private:
  Condition<T> make(Operator op, std::vector<Value> values) const {
    Filter filter;
    filter.op = op;
    filter.path = path_;
    filter.values = std::move(values);
    return Condition<T>(std::move(filter));
  }
  Condition<T> text(Operator op, const Native& value) const {
    static_assert(std::is_same_v<Native, std::string>, "only text can be matched");
    return make(op, {value});
  }
  Ordering<T> folded_order(bool descending) const {
    static_assert(std::is_same_v<Native, std::string>, "only text can be folded");
    return {{path_, descending, true}};
  }

  Path path_;
};

// A relation of T to Target, possibly behind others.
template <class T, class Target>
class RelationOf {
 public:
  explicit RelationOf(std::vector<std::string> relations) : relations_(std::move(relations)) {}

  // At least one related object, or one that fits: `any` of a collection, `has` of a to-one
  // relation.
  Condition<T> any() const { return make(Operator::some, {}); }
  Condition<T> any(const Condition<Target>& condition) const {
    return make(Operator::some, {condition.filter()});
  }
  Condition<T> has() const { return any(); }
  Condition<T> has(const Condition<Target>& condition) const { return any(condition); }
  // Every related object fits; true where there is none.
  Condition<T> every(const Condition<Target>& condition) const {
    return make(Operator::every, {condition.filter()});
  }
  // To-one: it refers to that object. Collections: that object is in it.
  Condition<T> is(const Target& object) const { return with_key(Operator::is, object); }
  Condition<T> is_not(const Target& object) const { return with_key(Operator::is_not, object); }
  Condition<T> contains(const Target& object) const { return with_key(Operator::includes, object); }
  Condition<T> is_null() const {
    Condition<T> condition = make(Operator::is, {});
    Filter filter = condition.filter();
    filter.values = {nullptr};
    return Condition<T>(std::move(filter));
  }

  // A column or relation of the related object; a query through it joins.
  template <class Owner, class Type>
  requires std::is_same_v<ModelOf<Owner>, Target> ColumnOf<T, Type> column(
      Column<Type> Owner::*member)
  const { return ColumnOf<T, Type>({relations_, (prototype<Target>().*member).name()}); }
  template <class Owner, class Relation>
  requires std::is_same_v<ModelOf<Owner>, Target>
  auto relation(Relation Owner::*member) const {
    std::vector<std::string> path = relations_;
    path.push_back((prototype<Target>().*member).name());
    return RelationOf<T, typename Relation::TargetClass>(std::move(path));
  }

 private:
  Condition<T> make(Operator op, std::vector<Filter> operands) const {
    Filter filter;
    filter.op = op;
    filter.path.relations.assign(relations_.begin(), relations_.end() - 1);
    filter.path.attribute = relations_.back();
    filter.operands = std::move(operands);
    return Condition<T>(std::move(filter));
  }
  Condition<T> with_key(Operator op, const Target& object) const {
    Filter filter = make(op, {}).filter();
    filter.values = object.record().key();
    return Condition<T>(std::move(filter));
  }

  std::vector<std::string> relations_;
};

template <class Owner, class Type>
ColumnOf<ModelOf<Owner>, Type> column(Column<Type> Owner::*member) {
  return ColumnOf<ModelOf<Owner>, Type>({{}, (prototype<ModelOf<Owner>>().*member).name()});
}

template <class Owner, class Relation>
auto relation(Relation Owner::*member) {
  return RelationOf<ModelOf<Owner>, typename Relation::TargetClass>(
      {(prototype<ModelOf<Owner>>().*member).name()});
}

}  // namespace vitrine::declare
