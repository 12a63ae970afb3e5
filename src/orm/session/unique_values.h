// UniqueValues: unique values that change hands within one flush. Rows are inserted and updated one
// after the other, so a value may still be held by a row that is about to give it up: deleted,
// renamed, or swapped with another. Such a row is taken out of the way first.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "orm/session/unit_of_work.h"

namespace vitrine {

// What must be unique together. `partial`: only among some rows, so that a conflict is not certain,
// unless a column says by itself which rows these are: the `condition`.
struct UniqueColumns {
  std::vector<std::size_t> columns;
  bool partial = false;
  std::optional<std::size_t> condition = std::nullopt;
};

// The unique values that new and changed objects are about to have.
class TakenValues {
 public:
  explicit TakenValues(const std::vector<Record*>& takers);
  // Whether one of them is a value that the row of `holder` has now.
  bool conflict_with(const Record& holder) const;

 private:
  struct TupleHash {
    std::size_t operator()(const std::vector<Value>& tuple) const;
  };
  using Tuples = std::unordered_set<std::vector<Value>, TupleHash>;
  std::unordered_map<const Model*, std::vector<Tuples>> tuples_;  // in the order of the constraints
};

class UniqueValues {
 public:
  explicit UniqueValues(UnitOfWork& work) : work_(work) {}

  // Frees every unique value that one object of the flush takes over from another. Deleted rows go
  // at once, where no surviving row still refers to them; other values are parked: replaced, until
  // the row's own update or delete comes, by one that nobody uses.
  void free();

 private:
  bool anything_given() const;
  void free(const Model& model, const UniqueColumns& constraint);
  void read_expired(Record& record, const UniqueColumns& constraint);
  bool deletes_can_go_first() const;
  void park(Record& record, const UniqueColumns& constraint);
  Value parked_value(const Column& column);

  UnitOfWork& work_;
  std::int64_t parked_ = 0;
};

}  // namespace vitrine
