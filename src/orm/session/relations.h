// Relationship and Collection: relations as members of a declared model.
//
//   Relationship<Category> category = {this, "category", backref("products", cascade("delete,
//   all"))}; Collection<Product> products = {this, "products"};   // in Category: the backref's
//   other end
//
// To-one relations assign and point like references, collections are walked like containers.
#pragma once

#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "orm/session/entity.h"
#include "orm/session/failures.h"

namespace vitrine::declare {

// Words that SQLAlchemy does not know do not compile.
consteval Cascade cascade(const char* words) { return Cascade::parse(words); }

struct BackrefFacts {
  const char* name;
  Cascade cascade = Cascade::standard();
  bool uselist = true;
};
constexpr BackrefFacts backref(const char* name, Cascade cascade) { return {name, cascade}; }
constexpr BackrefFacts backref(const char* name) { return {name}; }

// The other side is declared on the other model, and names this one.
struct BackPopulates {
  const char* name;
};
constexpr BackPopulates back_populates(const char* name) { return {name}; }

void apply(vitrine::Relationship& relationship, Cascade cascade);
void apply(vitrine::Relationship& relationship, BackrefFacts backref);
void apply(vitrine::Relationship& relationship, BackPopulates name);

// What the three kinds share: a name, and the record they belong to.
class RelationMember {
 public:
  template <class Owner>
  RelationMember(Owner* owner, const char* name) : name_(name) {
    Entity* entity = owner;
    offset_ = reinterpret_cast<char*>(this) - reinterpret_cast<char*>(entity);
  }
  RelationMember(const RelationMember&) = default;
  const char* name() const { return name_; }

 protected:
  Record& record() const {
    const char* entity = reinterpret_cast<const char*>(this) - offset_;
    return reinterpret_cast<const Entity*>(entity)->record();
  }
  const vitrine::Relationship& facts() const { return record().model().relationship(name_); }

 private:
  const char* name_;
  std::ptrdiff_t offset_;
};

template <class Target>
Target bound(Record& record) {
  Target object;
  object.bind(record);
  return object;
}

// A to-one relation.
template <class Target>
class Relationship : public RelationMember {
 public:
  using TargetClass = Target;
  static constexpr bool kMany = false;

  template <class Owner, class... Facts>
  Relationship(Owner* owner, const char* name, Facts... facts) : RelationMember(owner, name) {
    Entity* entity = owner;
    if (Declaration* declaration = entity->declaration()) {
      [[maybe_unused]] vitrine::Relationship& relationship =
          declaration->add_relationship(name, class_name<Target>(), Direction::many_to_one);
      (apply(relationship, facts), ...);
    }
  }
  Relationship(const Relationship&) = default;

  // Points at the related object while the expression lasts.
  class Pointer {
   public:
    explicit Pointer(Target target) : target_(std::move(target)) {}
    Target* operator->() { return &target_; }

   private:
    Target target_;
  };

  // The related object, or an empty handle.
  Target get() const {
    Record* target = record().related(facts());
    return target ? bound<Target>(*target) : Target();
  }
  operator Target() const { return get(); }
  explicit operator bool() const { return record().related(facts()) != nullptr; }
  Pointer operator->() const { return Pointer(get()); }

  Relationship& operator=(const Target& target) {
    record().relate(facts(), target ? &target.record() : nullptr);
    return *this;
  }
  Relationship& operator=(std::nullptr_t) {
    record().relate(facts(), nullptr);
    return *this;
  }
  Relationship& operator=(const Relationship& other) {
    if (&record() != &other.record()) *this = other.get();
    return *this;
  }
  friend bool operator==(const Relationship& relation, const Target& target) {
    return relation.get() == target;
  }
};

// A to-many relation, walked in its order. Changing it while walking it is not allowed.
template <class Target>
class Collection : public RelationMember {
 public:
  using TargetClass = Target;
  static constexpr bool kMany = true;

  template <class Owner>
  Collection(Owner* owner, const char* name) : RelationMember(owner, name) {
    Entity* entity = owner;
    if (Declaration* declaration = entity->declaration()) {
      declaration->expect_collection(name, class_name<Target>());
    }
  }
  Collection(const Collection&) = default;
  Collection& operator=(const Collection& other) {
    if (&record() != &other.record()) {
      record().replace(facts(), std::vector<Record*>(other.records()));
    }
    return *this;
  }

  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Target;
    using difference_type = std::ptrdiff_t;
    using pointer = Target*;
    using reference = Target&;

    explicit Iterator(Record* const* at) : at_(at) {}
    Target& operator*() const {
      current_.bind(**at_);
      return current_;
    }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.at_ == b.at_; }
    friend bool operator!=(const Iterator& a, const Iterator& b) { return a.at_ != b.at_; }

   private:
    Record* const* at_;
    mutable Target current_;
  };

  Iterator begin() const { return Iterator(records().data()); }
  Iterator end() const { return Iterator(records().data() + records().size()); }
  std::size_t size() const { return records().size(); }
  bool empty() const { return records().empty(); }
  // VALIDATION, reason invalid_argument, when there are not so many.
  Target operator[](std::size_t at) const {
    const std::vector<Record*>& held = records();
    if (at < held.size()) return bound<Target>(*held[at]);
    fail_value(record(), name(), "invalid_argument",
               "there is no member " + std::to_string(at) + " of " + std::to_string(held.size()));
  }
  bool contains(const Target& member) const {
    for (const Record* held : records()) {
      if (held == &member.record()) return true;
    }
    return false;
  }

  void append(const Target& member) { record().append(facts(), &member.record()); }
  void insert(std::size_t at, const Target& member) {
    record().insert(facts(), at, &member.record());
  }
  void remove(const Target& member) { record().remove(facts(), &member.record()); }
  void clear() { record().replace(facts(), {}); }
  Collection& operator=(const std::vector<Target>& members) {
    std::vector<Record*> list;
    for (const Target& member : members) list.push_back(&member.record());
    record().replace(facts(), list);
    return *this;
  }

 protected:
  // For a member that adds its relation itself.
  struct AddsRelation {};
  template <class Owner>
  Collection(Owner* owner, const char* name, AddsRelation) : RelationMember(owner, name) {}

 private:
  const std::vector<Record*>& records() const { return record().members(facts()); }
};

// Adds the model that T declares. Only before the registry is resolved.
template <class T>
Model& declare(Registry& registry) {
  Model facts;
  facts.name = class_name<T>();
  facts.table = T::tablename;
  Declaration declaration(facts);
  Entity::current_declaration() = &declaration;
  T prototype;
  Entity::current_declaration() = nullptr;
  if constexpr (requires { T::configure(facts); }) T::configure(facts);
  return registry.add(std::move(facts));
}

}  // namespace vitrine::declare
