// The order in which rows can be written: a row after the rows it refers to.
#include "orm/schema/resolve.h"

namespace vitrine::schema {
namespace {

// Of 0 and 1: a vector of bool is code of its own.
using Flags = std::vector<char>;
using Matrix = std::vector<Flags>;

// Which models refer to which, by place in `models`. A model that refers to itself does not count:
// order among its rows is the session's affair.
struct References {
  Matrix any;       // [child][parent]
  Matrix required;  // only by foreign keys that are not null
};

std::size_t place_of(const Models& models, const Model* model) {
  std::size_t place = 0;
  while (models[place].get() != model) ++place;
  return place;
}

References references(const Models& models) {
  const std::size_t count = models.size();
  References found{Matrix(count, Flags(count)), Matrix(count, Flags(count))};
  for (std::size_t child = 0; child < count; ++child) {
    for (const Column& column : models[child]->columns) {
      if (!column.foreign_key) continue;
      const Model* parent = find_table(models, column.foreign_key->table);
      if (parent == nullptr || parent == models[child].get()) continue;
      const std::size_t place = place_of(models, parent);
      found.any[child][place] = true;
      if (column.not_null || column.primary_key) found.required[child][place] = true;
    }
  }
  return found;
}

// Warshall: from "refers to" to "reaches".
Matrix closure(Matrix reaches) {
  const std::size_t count = reaches.size();
  for (std::size_t through = 0; through < count; ++through) {
    for (std::size_t from = 0; from < count; ++from) {
      if (!reaches[from][through]) continue;
      for (std::size_t to = 0; to < count; ++to) {
        if (reaches[through][to]) reaches[from][to] = true;
      }
    }
  }
  return reaches;
}

class Ordering {
 public:
  explicit Ordering(const Models& models)
      : references_(references(models)),
        reaches_(closure(references_.any)),
        placed_(models.size()) {}

  // The first in declaration order that may come next. Inside a cycle, required references decide;
  // when they form a cycle themselves, declaration order does.
  std::size_t next() {
    std::size_t chosen = placed_.size();
    for (std::size_t i = 0; i < placed_.size(); ++i) {
      if (placed_[i] || waits(i, false)) continue;
      if (chosen == placed_.size()) chosen = i;
      if (waits(i, true)) continue;
      chosen = i;
      break;
    }
    placed_[chosen] = true;
    return chosen;
  }

 private:
  // Whether a parent of `child` is still to come: one outside its cycle, or (in_cycle) a required
  // one inside.
  bool waits(std::size_t child, bool in_cycle) const {
    const Matrix& parents = in_cycle ? references_.required : references_.any;
    for (std::size_t parent = 0; parent < placed_.size(); ++parent) {
      if (!parents[child][parent] || placed_[parent]) continue;
      if ((reaches_[parent][child] != 0) == in_cycle) return true;
    }
    return false;
  }

  References references_;
  Matrix reaches_;
  Flags placed_;
};

}  // namespace

std::vector<const Model*> dependency_order(const Models& models) {
  Ordering ordering(models);
  std::vector<const Model*> order;
  while (order.size() < models.size()) order.push_back(models[ordering.next()].get());
  return order;
}

void check_dependency_cycles(const Models& models, Mistakes& mistakes) {
  const Matrix reaches = closure(references(models).required);
  Flags reported(models.size());
  for (std::size_t i = 0; i < models.size(); ++i) {
    if (!reaches[i][i] || reported[i]) continue;
    std::vector<std::string> cycle;
    for (std::size_t j = 0; j < models.size(); ++j) {
      if (!reaches[i][j] || !reaches[j][i]) continue;
      cycle.push_back(models[j]->name);
      reported[j] = true;
    }
    mistakes.add(*models[i], "",
                 listed(cycle) +
                     " require each other by foreign keys that are not null, so no row "
                     "can be the first; make one of these foreign keys nullable");
  }
}

}  // namespace vitrine::schema
