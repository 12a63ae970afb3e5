// The JSON of scenarios. Keys keep their order: the values of a new object are assigned in the
// order in which the scenario gives them.
#pragma once

#include <nlohmann/json.hpp>

namespace vitrine::oracle {

using Json = nlohmann::ordered_json;

}  // namespace vitrine::oracle
