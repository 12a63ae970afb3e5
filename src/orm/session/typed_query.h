// Query: a request in C++, built part by part and run by the session it came from:
//
//   for (Product& product : session.query<Product>()
//                               .where(column(&Product::name).like("E%"))
//                               .load(&Product::category)
//                               .order_by(column(&Product::name).ascending())
//                               .all()) { ... }
//
// Including this header makes Session's typed verbs usable: make, get, query, add, remove.
#pragma once

#include <optional>
#include <vector>

#include "orm/session/attributes.h"
#include "orm/session/session.h"
#include "orm/session/typed_totals.h"

namespace vitrine::declare {

// What to load with each object of T: one of its relations, of which objects, in what order, how
// many for each parent, and what with them. The same number of statements for any number of
// objects. What an object refers to, kMany false, is loaded as it is: told otherwise, the object
// would contradict its own foreign key.
template <class T, class Target, bool kMany>
class Loading {
 public:
  explicit Loading(const char* name) { include_.relation = name; }

  Loading& where(const Condition<Target>& condition) requires(kMany) {
    include_.select.where = condition.filter();
    return *this;
  }
  Loading& order_by(const Ordering<Target>& ordering) {
    include_.select.order_by.push_back(ordering.order);
    return *this;
  }
  Loading& limit(std::int64_t count) requires(kMany) {
    include_.select.limit = count;
    return *this;
  }
  template <class Deeper, bool kManyDeeper>
  Loading& load(const Loading<Target, Deeper, kManyDeeper>& deeper) {
    include_.select.includes.push_back(deeper.include());
    return *this;
  }
  template <class Owner, class Relation>
  Loading& load(Relation Owner::*member) {
    return load(loading(member));
  }
  // In the statement of its owners, where a filter or a page of its own does not forbid it.
  Loading& joined() {
    include_.strategy = LoadStrategy::joined;
    return *this;
  }
  // Reading it later is an error, so that no statement runs by accident.
  Loading& forbidden() {
    include_.strategy = LoadStrategy::forbidden;
    return *this;
  }

  // The include as data, its models filled in from the registry.
  Include include() const { return include_; }

 private:
  Include include_;
};

template <class Owner, class Relation>
auto loading(Relation Owner::*member) {
  using T = ModelOf<Owner>;
  return Loading<T, typename Relation::TargetClass, Relation::kMany>(
      (prototype<T>().*member).name());
}

template <class T>
class Query {
 public:
  Query(Session& session, const Model& model) : session_(session) { select_.model = &model; }

  // Several conditions must all hold.
  Query& where(const Condition<T>& condition) {
    if (!select_.where) {
      select_.where = condition.filter();
    } else {
      select_.where = (Condition<T>(*select_.where) && condition).filter();
    }
    return *this;
  }
  // Full-text search over the model's search columns.
  Query& search(std::string text) {
    select_.search = std::move(text);
    return *this;
  }
  Query& order_by(const Ordering<T>& ordering) {
    select_.order_by.push_back(ordering.order);
    return *this;
  }
  Query& limit(std::int64_t count) {
    select_.limit = count;
    return *this;
  }
  Query& offset(std::int64_t count) {
    select_.offset = count;
    return *this;
  }
  // The page that follows `last`, the last object of the page before, in the order of the query:
  // whatever was inserted or deleted meanwhile, no object comes twice. Orders come first.
  Query& after(const T& last) {
    select_.after.clear();
    for (const Order& order : select_.order_by) {
      select_.after.push_back(value_at(&last.record(), order.path));
    }
    for (const Value& part : last.record().key()) select_.after.push_back(part);
    return *this;
  }
  // Objects without a related one stay, where the query goes through relations.
  Query& outer() {
    select_.join = JoinKind::outer;
    return *this;
  }
  template <class Target, bool kMany>
  Query& load(const Loading<T, Target, kMany>& loading) {
    Include include = loading.include();
    resolve(*select_.model, include);
    select_.includes.push_back(std::move(include));
    return *this;
  }
  template <class Owner, class Relation>
  Query& load(Relation Owner::*member) {
    return load(loading(member));
  }

  std::vector<T> all() {
    std::vector<T> objects;
    for (Record* record : session_.all(select_)) objects.push_back(bound<T>(*record));
    return objects;
  }
  std::optional<T> first() {
    Select limited = select_;
    limited.limit = 1;
    const std::vector<Record*> records = session_.all(limited);
    if (records.empty()) return std::nullopt;
    return bound<T>(*records.front());
  }
  // NOT_FOUND, reason not_found or multiple_found, unless exactly one fits.
  T one() { return bound<T>(session_.one(select_)); }
  std::int64_t count() { return session_.count(select_); }
  bool exists() { return session_.exists(select_); }
  // Aggregates over what the conditions leave.
  Totals<T> totals() {
    Aggregate request;
    request.model = select_.model;
    request.where = select_.where;
    request.join = select_.join;
    return Totals<T>(session_, std::move(request));
  }

  const Select& select() const { return select_; }

 private:
  // NULL where the path leads to no object.
  static Value value_at(Record* record, const Path& path) {
    for (const std::string& relation : path.relations) {
      if (record) record = record->related(record->model().relationship(relation));
    }
    return record ? record->get(path.attribute) : Value();
  }
  static void resolve(const Model& owner, Include& include) {
    include.select.model = owner.relationship(include.relation).target_model;
    for (Include& deeper : include.select.includes) resolve(*include.select.model, deeper);
  }

  Session& session_;
  Select select_;
};

}  // namespace vitrine::declare

namespace vitrine {

template <class T>
T Session::make() {
  return declare::bound<T>(make(registry_.model(declare::class_name<T>())));
}

template <class T, class... Parts>
T Session::get(Parts... parts) {
  Record* record = get(registry_.model(declare::class_name<T>()), {Value(parts)...});
  return record ? declare::bound<T>(*record) : T();
}

template <class T>
declare::Query<T> Session::query() {
  return declare::Query<T>(*this, registry_.model(declare::class_name<T>()));
}

}  // namespace vitrine
