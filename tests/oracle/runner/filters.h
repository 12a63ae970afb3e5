// Filters of the scenarios, ["eq", "category.name", "Boots"], as Filters of ours.
#pragma once

#include "orm/query/filter.h"
#include "runner/stage.h"

namespace vitrine::oracle {

Filter read_where(const Stage& stage, const Model& model, const Json& where);
// {"name": "Boots", "category": {"$ref": "c"}}: each must be equal.
Filter read_filter_by(const Stage& stage, const Model& model, const Json& values);
// The "where" and "filter_by" of an operation together; nothing when it has neither.
std::optional<Filter> read_filters(const Stage& stage, const Model& model, const Json& op);

}  // namespace vitrine::oracle
