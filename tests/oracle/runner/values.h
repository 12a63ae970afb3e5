// Values in the encodings of the scenarios: {"$int": "..."}, {"$utf16": [...]}, {"$repeat": ...},
// {"$b64": "..."}. References to objects are not values; handles.h reads those.
#pragma once

#include <string>

#include "base/value.h"
#include "orm/schema/column.h"
#include "runner/json.h"

namespace vitrine::oracle {

// A value as the C++ API takes it. RANGE (integer_overflow) for an integer that 64 bits do not
// hold, VALIDATION (unsupported_type) for a list or an object, which no Value can be.
Value read_value(const Json& json);

// A value as results show it: long text as a digest, times as "<timestamp>", unsafe integers as
// text. `column` says what booleans and times look like in the database; nullptr: a bare value.
Json show_value(const Value& value, const Column* column);

}  // namespace vitrine::oracle
