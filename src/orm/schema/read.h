// From a description to the structs of the schema, one function per kind of object. Mistakes of
// form are added to the list; what could not be read is left at its default. Private to this room.
#pragma once

#include "orm/schema/fields.h"

namespace vitrine::schema {

// The name that an object gives itself, for messages; empty when it gives none.
std::string name_in(const Json& json);

Column read_column(const Json& json, const std::string& model, Mistakes& mistakes);
Relationship read_relationship(const Json& json, const std::string& model, Mistakes& mistakes);
// `fallback` stands in for the name of a model that gives itself none: "models[2]".
Model read_model(const Json& json, const std::string& fallback, Mistakes& mistakes);

}  // namespace vitrine::schema
