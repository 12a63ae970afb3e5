// Results as the recorded scenarios show them: objects by type, key and name, lists sorted, long
// lists cut to their ends.
#pragma once

#include <string>
#include <vector>

#include "orm/session/session.h"
#include "runner/json.h"

namespace vitrine::oracle {

using Fields = std::vector<std::string>;

// The names in an operation's "fields", or none.
Fields fields_of(const Json& op);

// {"type", "id", "name"}, with "key" in place of "id" for a composite one; with `fields`, those
// after the type. nullptr is null.
Json show_object(Record* object, const Fields& fields = {});
Json show_objects(const std::vector<Record*>& objects, bool ordered, const Fields& fields = {});
// A column's value, or a relation as objects, lists or, keyed, an object of objects.
Json show_attribute(Record& object, const std::string& attribute, bool ordered,
                    const Fields& fields = {});
// Rows of values; `columns` may be empty, or say what each value is.
Json show_rows(const Session::Rows& rows, bool ordered, const std::vector<const Column*>& columns);
// Puts a list in the order that the recording used for what has none of its own.
void sort_list(Json& list);
// The list itself, or {count, first, last} when it is long.
Json cut_list(Json list);

}  // namespace vitrine::oracle
