// The outcome of an operation: {"ok": value}, or {"error": class, "detail": ...} with the class
// that vocabulary.json gives to a failure of ours.
#pragma once

#include <string>

#include "base/error.h"
#include "runner/json.h"

namespace vitrine::oracle {

// The vocabulary's word for a failure, by its code and reason.
std::string error_class(const Failure& failure);

Json outcome_of(Json value);
Json outcome_of(const Failure& failure);

}  // namespace vitrine::oracle
