// Select: a request for objects of one model: which, in what order, how many, and what comes with
// them. Plain data; compile() turns it into a Plan.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "orm/query/filter.h"
#include "orm/schema/registry.h"

namespace vitrine {

struct Order {
  Path path;
  bool descending = false;
  bool folded = false;  // of text: case and accents do not count
};

// How an order or a filter through a relation treats objects without a related one.
enum class JoinKind { inner, outer };

// How related objects are fetched: one more statement per relation, or in the same statement, or
// not at all. Limits count the objects asked for in every case. An include with a filter, a page or
// a count of its own takes a statement of its own, too.
enum class LoadStrategy { select_in, joined, forbidden };

struct Include;

struct Select {
  const Model* model = nullptr;
  std::vector<std::string> columns;  // empty: all of them
  std::optional<Filter> where;
  std::string search;           // full-text; empty: none
  std::vector<Order> order_by;  // the primary key is appended, so that pages never overlap
  std::optional<std::int64_t> limit;
  std::optional<std::int64_t> offset;
  // Key-set paging: the order values, then the primary key, of the last row of the page before.
  std::vector<Value> after;
  bool distinct = false;
  JoinKind join = JoinKind::inner;       // for every path through relations ...
  std::vector<std::string> outer_joins;  // ... but these: "category", "product.category"
  std::vector<Include> includes;
  std::vector<std::string> counts;  // _count of these to-many relations
};

struct Include {
  std::string relation;
  // The target's columns, filter, order, limit and offset per parent, and further includes.
  Select select;
  LoadStrategy strategy = LoadStrategy::select_in;
};

enum class Function { count, count_distinct, sum, min, max, avg };

struct Aggregate {
  const Model* model = nullptr;
  std::optional<Filter> where;
  JoinKind join = JoinKind::inner;
  std::vector<std::string> outer_joins;
  std::vector<Path> group_by;
  struct Term {
    Function function = Function::count;
    Path path;  // empty attribute: count(*)
  };
  std::vector<Term> terms;
  // On groups: the position in group_by followed by terms, an operator, a value.
  struct Having {
    std::size_t position = 0;
    Operator op = Operator::eq;
    Value value;
  };
  std::vector<Having> having;
  struct Position {
    std::size_t position = 0;
    bool descending = false;
  };
  std::vector<Position> order_by;
  std::optional<std::int64_t> limit;
};

}  // namespace vitrine
