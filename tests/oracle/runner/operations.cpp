// Runs operations one after the other; see the header.
#include "runner/operations.h"

#include "base/error.h"
#include "runner/outcome.h"

namespace vitrine::oracle {
namespace {

Operation find_operation(std::string_view name) {
  constexpr Operation (*kGroups[])(std::string_view) = {
      find_object_operation, find_collection_operation, find_session_operation,
      find_query_operation,  find_set_operation,        find_nesting_operation,
      find_image_operation,
  };
  for (const auto find : kGroups) {
    if (const Operation operation = find(name)) return operation;
  }
  return nullptr;
}

Json run_operation(Stage& stage, const Json& op, const Json& tables) {
  const Operation operation = find_operation(op.at("op").get<std::string>());
  try {
    return outcome_of(operation({stage, stage.session(op), op, tables}));
  } catch (const Error& error) {
    return outcome_of(error.failure());
  } catch (const nlohmann::json::exception& error) {
    // The operation lacks an argument, or has one of another kind.
    Failure failure;
    failure.code = Code::validation;
    failure.reason = "invalid_argument";
    failure.message = error.what();
    return outcome_of(failure);
  }
}

}  // namespace

Operation find_among(std::span<const NamedOperation> group, std::string_view name) {
  for (const auto& [known, operation] : group) {
    if (known == name) return operation;
  }
  return nullptr;
}

Json run_operations(Stage& stage, const Json& ops, const Json& tables) {
  Json outcomes = Json::array();
  for (const Json& op : ops) outcomes.push_back(run_operation(stage, op, tables));
  return outcomes;
}

std::string first_unknown(const Json& ops) {
  for (const Json& op : ops) {
    const auto name = op.at("op").get<std::string>();
    if (!find_operation(name)) return name;
    if (!op.contains("ops")) continue;
    if (std::string unknown = first_unknown(op.at("ops")); !unknown.empty()) return unknown;
  }
  return {};
}

}  // namespace vitrine::oracle
