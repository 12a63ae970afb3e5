// Totals: counts, sums and other aggregates over the objects of a typed query, in groups or over
// all. Columns are named by pointers to members, as everywhere in typed queries:
//
//   session.query<Product>().totals()
//       .by(relation(&Product::category).column(&Category::name))
//       .count().max(column(&Product::id)).all()
//
// The results have no type of their own: a row holds the groups, then the aggregates, in the order
// in which they were asked for. That order is also what `having` and `order_by` count by.
#pragma once

#include <utility>

#include "orm/session/attributes.h"
#include "orm/session/session.h"

namespace vitrine::declare {

template <class T>
class Totals {
 public:
  Totals(Session& session, Aggregate request) : session_(session), request_(std::move(request)) {}

  // One row for each value; without any group there is one row for all.
  template <class Type>
  Totals& by(const ColumnOf<T, Type>& column) {
    request_.group_by.push_back(column.path());
    return *this;
  }
  // How many objects there are.
  Totals& count() { return add(Function::count, {}); }
  // How many of them have a value there.
  template <class Type>
  Totals& count(const ColumnOf<T, Type>& column) {
    return add(Function::count, column.path());
  }
  template <class Type>
  Totals& count_distinct(const ColumnOf<T, Type>& column) {
    return add(Function::count_distinct, column.path());
  }
  template <class Type>
  Totals& sum(const ColumnOf<T, Type>& column) {
    return add(Function::sum, column.path());
  }
  template <class Type>
  Totals& min(const ColumnOf<T, Type>& column) {
    return add(Function::min, column.path());
  }
  template <class Type>
  Totals& max(const ColumnOf<T, Type>& column) {
    return add(Function::max, column.path());
  }
  template <class Type>
  Totals& avg(const ColumnOf<T, Type>& column) {
    return add(Function::avg, column.path());
  }

  // Only the rows whose value at `position` compares so; the first is 0.
  Totals& having(std::size_t position, Operator op, Value value) {
    request_.having.push_back({position, op, std::move(value)});
    return *this;
  }
  Totals& order_by(std::size_t position, bool descending = false) {
    request_.order_by.push_back({position, descending});
    return *this;
  }
  Totals& limit(std::int64_t count) {
    request_.limit = count;
    return *this;
  }

  // VALIDATION for a position that is not there.
  Session::Rows all() { return session_.aggregate(request_); }

 private:
  Totals& add(Function function, Path path) {
    request_.terms.push_back({function, std::move(path)});
    return *this;
  }

  Session& session_;
  Aggregate request_;
};

}  // namespace vitrine::declare
