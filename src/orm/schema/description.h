// Descriptions: a registry as JSON, both ways. describe() is what JavaScript, the type generator
// and the docs read; add_description() is how models are added at run time. The two agree: a
// registry built from describe()'s answer describes itself in the same way.
#pragma once

#include "base/json.h"
#include "orm/schema/registry.h"

namespace vitrine {

// { models: [{ name, table, columns: [...], relationships: [...], primary_key: [...] }] }; facts
// that say nothing (false, none, empty) are left out, and keys keep their order, so that what is
// generated from it is stable. Validators written in C++ cannot be described.
Json describe(const Registry& registry);

// Adds the models of a description of the same form. Fails with VALIDATION and one issue per
// mistake of form (an unknown word, a wrong type, a missing name); the registry is then as it was.
// Whether the models fit together is known when all are there: resolve() says.
void add_description(Registry& registry, const Json& description);

}  // namespace vitrine
