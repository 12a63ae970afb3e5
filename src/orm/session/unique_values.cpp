// See the header.
#include "orm/session/unique_values.h"

#include <algorithm>

namespace vitrine {
namespace {

bool is_true(const Value& value) {
  const std::int64_t* number = value.integer();
  return number && *number != 0;
}

}  // namespace

std::vector<UniqueColumns> unique_constraints(const Model& model) {
  std::vector<UniqueColumns> constraints{{model.primary_key, false}};
  for (std::size_t i = 0; i < model.columns.size(); ++i) {
    if (model.columns[i].unique) constraints.push_back({{i}, false});
  }
  for (const UniqueConstraint& unique : model.unique_constraints) {
    UniqueColumns constraint;
    constraint.partial = !unique.where.empty();
    constraint.condition = model.find_column(unique.where);
    for (const std::string& column : unique.columns) {
      constraint.columns.push_back(model.column_index(column));
    }
    constraints.push_back(std::move(constraint));
  }
  return constraints;
}

std::optional<std::vector<Value>> tuple_of(const Record& record, const UniqueColumns& constraint,
                                           Which which) {
  const auto read = [&](std::size_t column) -> const Value& {
    return which == Which::now ? record.slot(column).value : record.stored(column);
  };
  if (constraint.condition && !is_true(read(*constraint.condition))) return std::nullopt;
  std::vector<Value> tuple;
  for (const std::size_t column : constraint.columns) {
    tuple.push_back(read(column));
    if (tuple.back().is_null()) return std::nullopt;
  }
  return tuple;
}

bool changes_any(const Record& record, const std::vector<std::size_t>& columns) {
  return std::any_of(columns.begin(), columns.end(),
                     [&](std::size_t column) { return record.slot(column).changed; });
}

bool changes_any(const Record& record, const UniqueColumns& constraint) {
  return changes_any(record, constraint.columns) ||
         (constraint.condition && record.slot(*constraint.condition).changed);
}

std::size_t TupleHash::operator()(const std::vector<Value>& tuple) const { return hash_of(tuple); }

TakenValues::TakenValues(const std::vector<Record*>& takers) {
  for (const Record* taker : takers) {
    const std::vector<UniqueColumns> constraints = unique_constraints(taker->model());
    std::vector<Tuples>& tuples = tuples_[&taker->model()];
    tuples.resize(constraints.size());
    for (std::size_t i = 0; i < constraints.size(); ++i) {
      auto tuple = tuple_of(*taker, constraints[i], Which::now);
      if (tuple) tuples[i].insert(std::move(*tuple));
    }
  }
}

bool TakenValues::conflict_with(const Record& holder) const {
  const auto tuples = tuples_.find(&holder.model());
  if (tuples == tuples_.end()) return false;
  const std::vector<UniqueColumns> constraints = unique_constraints(holder.model());
  for (std::size_t i = 0; i < constraints.size(); ++i) {
    const auto tuple = tuple_of(holder, constraints[i], Which::stored);
    if (tuple && tuples->second[i].count(*tuple)) return true;
  }
  return false;
}

}  // namespace vitrine
