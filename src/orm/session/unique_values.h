// What must be unique, and the values that rows have there: what a flush looks at before it writes.
#pragma once

#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "orm/session/record.h"

namespace vitrine {

// What must be unique together. `partial`: only among some rows, so that a conflict is not certain,
// unless a column says by itself which rows these are: the `condition`.
struct UniqueColumns {
  std::vector<std::size_t> columns;
  bool partial = false;
  std::optional<std::size_t> condition = std::nullopt;
};

// The primary key, and each unique column and constraint; the same order each time.
std::vector<UniqueColumns> unique_constraints(const Model& model);

// As the object is, or as its row is.
enum class Which { now, stored };

// The values of its columns in a row; nothing when one of them is NULL, or the row is none of those
// that count.
std::optional<std::vector<Value>> tuple_of(const Record& record, const UniqueColumns& constraint,
                                           Which which);

// Whether one of these columns is to change; of a constraint, also whether the row is to count.
bool changes_any(const Record& record, const std::vector<std::size_t>& columns);
bool changes_any(const Record& record, const UniqueColumns& constraint);

struct TupleHash {
  std::size_t operator()(const std::vector<Value>& tuple) const;
};

// The unique values that new and changed objects are about to have.
class TakenValues {
 public:
  explicit TakenValues(const std::vector<Record*>& takers);
  // Whether one of them is a value that the row of `holder` has now.
  bool conflict_with(const Record& holder) const;

 private:
  using Tuples = std::unordered_set<std::vector<Value>, TupleHash>;
  std::unordered_map<const Model*, std::vector<Tuples>> tuples_;  // in the order of the constraints
};

}  // namespace vitrine
