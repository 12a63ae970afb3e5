// The operations of vocabulary.json, one function each, grouped by what they work on.
#pragma once

#include <span>
#include <string_view>
#include <utility>

#include "runner/stage.h"

namespace vitrine::oracle {

// What an operation has to work with. `tables` is the part of schema.json that says what to show.
struct Call {
  Stage& stage;
  Session& session;
  const Json& op;
  const Json& tables;
};

// Gives the operation's result, or fails as the API failed.
using Operation = Json (*)(const Call& call);
using NamedOperation = std::pair<std::string_view, Operation>;

// nullptr when none of the group has that name.
Operation find_among(std::span<const NamedOperation> group, std::string_view name);

// nullptr when the group has no operation of that name.
Operation find_object_operation(std::string_view name);
Operation find_collection_operation(std::string_view name);
Operation find_session_operation(std::string_view name);
Operation find_query_operation(std::string_view name);
Operation find_set_operation(std::string_view name);
Operation find_nesting_operation(std::string_view name);
Operation find_image_operation(std::string_view name);

// Runs the operations one after the other and returns an outcome for each.
Json run_operations(Stage& stage, const Json& ops, const Json& tables);
// Whether every operation, nested ones too, is one that is known; otherwise the first that is not.
std::string first_unknown(const Json& ops);

}  // namespace vitrine::oracle
