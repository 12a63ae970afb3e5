// Reading single values and options out of a request's JSON. Private to the room; the public side
// is request_json.h.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/origin.h"
#include "orm/query/refuse.h"
#include "orm/schema/model.h"

namespace vitrine::query {

// A value as it may be compared with a column: of its type, but as long as it likes.
Value comparable(const Model& model, const Column& column, const Json& value, const Origin& origin);

// "an object", "the text 'abc'", for messages.
std::string described(const Json& value);

// A limit or an offset: a whole number from 0 on.
std::int64_t read_count(const Model& model, const Json& value, const Origin& origin);

// Refuses a JSON that is not an object, or has keys that are not among `known`.
void expect_options(const Model& model, const Json& value, Names known, const Origin& origin);

}  // namespace vitrine::query
