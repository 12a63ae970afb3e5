// Nodes: one statement of a plan with what it needs of itself. Private to the room.
#pragma once

#include "orm/query/plan.h"
#include "orm/query/select.h"

namespace vitrine::query {

// How a child node hangs in its parents. The root of a plan has none.
struct Link {
  const Relationship* relationship = nullptr;
  bool of_all = false;  // as PlanChild has it
  bool of_one = false;  // too
  // Receives the result columns that refer to the parents.
  std::vector<std::size_t>* child_key = nullptr;
};

// The node of a request, and of the relations it includes. With a link, `select` is about the
// objects that it gives for a set of parents. Tables are noted in order of first use.
PlanNode write_node(const Select& select, const Link& link, std::vector<std::string>& tables,
                    std::size_t depth);

}  // namespace vitrine::query
