// What a request is: questions that decide in which way its rows are read. Private to the room.
#pragma once

#include <cstddef>
#include <vector>

#include "orm/query/select.h"

namespace vitrine::query {

// The columns asked for, in the model's order; fails with VALIDATION for one that is not there.
std::vector<std::size_t> visible_columns(const Model& model, const Select& select);
// Its order is by columns of its own.
bool has_own_order(const Select& select);
// What can come with its parent: related objects without a filter, page or count of their own.
bool is_joinable(const Include& include);
// All objects of the model.
bool is_everything(const Select& select);
// It names the key of one object.
bool names_one(const Select& select);
// The order of a relation's members where the request does not name one.
std::vector<Order> declared_order(const Relationship& relationship);

}  // namespace vitrine::query
