// Nodes: one statement of a plan with what it needs of itself. Private to the room.
#pragma once

#include "orm/query/plan.h"
#include "orm/query/select.h"

namespace vitrine::query {

// The node of a request, and of the relations it includes. With `link`, the node is a child:
// `select` is about the objects that `link` gives for a set of parents, and `child_key` receives
// the result columns that refer to them. Tables are noted in order of first use.
PlanNode write_node(const Select& select, const Relationship* link,
                    std::vector<std::size_t>* child_key, std::vector<std::string>& tables,
                    std::size_t depth);

}  // namespace vitrine::query
