// Values in JSON: numbers, text and null as themselves, bytes as {"hex": "00ff"}. Private to this
// room.
#pragma once

#include <optional>

#include "base/value.h"
#include "orm/schema/description.h"

namespace vitrine::schema {

Json value_to_json(const Value& value);
// Nothing when the JSON is no value: a list, an object without hex, an integer over 64 bits.
std::optional<Value> value_from_json(const Json& json);

}  // namespace vitrine::schema
