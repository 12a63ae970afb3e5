// The plan of one relation on its own: what a lazy load runs for objects that are at hand.
#pragma once

#include "orm/query/plan.h"

namespace vitrine {

// As the child of a plan (plan.h): parameter 1 of its SQL is the set of parent keys, all columns
// are fetched, in the relation's order. parent_key is empty: the caller has the parents.
PlanChild compile_relation(const Registry& registry, const Relationship& relationship);

}  // namespace vitrine
