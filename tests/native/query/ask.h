// Words for requests in tests, so that a test reads like the request it makes.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "orm/query/compile.h"

namespace vitrine::testing {

inline Select from(const Registry& registry, std::string_view model) {
  Select select;
  select.model = &registry.model(model);
  return select;
}

inline Filter where(Operator op, std::string_view path, std::vector<Value> values = {}) {
  Filter filter;
  filter.op = op;
  filter.path = Path::parse(path);
  filter.values = std::move(values);
  return filter;
}

inline Filter combined(Operator op, std::vector<Filter> operands) {
  Filter filter;
  filter.op = op;
  filter.operands = std::move(operands);
  return filter;
}

// some, every, none: through the relation at the end of `path`.
inline Filter related(Operator op, std::string_view path, std::vector<Filter> operands = {}) {
  Filter filter = where(op, path);
  filter.operands = std::move(operands);
  return filter;
}

inline Order by(std::string_view path, bool descending = false, bool folded = false) {
  return {Path::parse(path), descending, folded};
}

inline Include including(std::string relation, Select select = {}) {
  Include include;
  include.relation = std::move(relation);
  include.select = std::move(select);
  return include;
}

// The failure of `work`; the test fails when there is none.
template <typename Work>
Failure failure_of(Work work) {
  try {
    work();
  } catch (const Error& error) {
    return error.failure();
  }
  Failure none;
  none.message = "nothing failed";
  return none;
}

}  // namespace vitrine::testing
