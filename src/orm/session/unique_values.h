// UniqueValues: unique values that change hands within one flush. Rows are inserted and updated one
// after the other, so a value may still be held by a row that is about to give it up: deleted,
// renamed, or swapped with another. Such a row is taken out of the way first.
#pragma once

#include <string>
#include <vector>

#include "orm/session/unit_of_work.h"

namespace vitrine {

class UniqueValues {
 public:
  explicit UniqueValues(UnitOfWork& work) : work_(work) {}

  // Frees every unique value that one object of the flush takes over from another. Deleted rows go
  // at once, where no surviving row still refers to them; other values are parked: replaced, until
  // the row's own update or delete comes, by one that nobody uses.
  void free();

 private:
  struct Constraint {
    std::vector<std::size_t> columns;
    bool partial = false;
  };

  std::vector<Constraint> constraints_of(const Model& model) const;
  bool anything_given() const;
  void free(const Model& model, const Constraint& constraint);
  bool deletes_can_go_first() const;
  void park(Record& record, const Constraint& constraint);
  Value parked_value(const Column& column);

  UnitOfWork& work_;
  std::int64_t parked_ = 0;
};

}  // namespace vitrine
