// Filters as SQL conditions. Private to the room.
#pragma once

#include "orm/query/scope.h"

namespace vitrine::query {

// The filter over the rows of scope.root(). Paths through relations join in `scope`; relation
// operators become EXISTS. Refuses unknown names, values that do not fit the operator and filters
// nested too deep.
std::string filter_condition(Scope& scope, const Filter& filter);

// One column operator on an expression. `model`, `field` and `origin` are for refusals.
struct Subject {
  const Model& model;
  std::string field;
  const Origin& origin;
};
std::string value_condition(Draft& draft, const Subject& subject, const std::string& expression,
                            Operator op, const std::vector<Value>& values);

// Whether the filter's own paths multiply rows (those inside of some, every and none do not).
bool multiplies(const Model& model, const Filter& filter);

}  // namespace vitrine::query
