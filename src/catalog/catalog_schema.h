// What makes a catalog: its models, and the lines of SQL that make their tables. It follows from
// the models alone, so that one does for all catalogs of a program. The wasm module holds it ready
// made (bindings/embind.cpp).
#pragma once

#include <vector>

#include "orm/query/ddl.h"
#include "orm/schema/registry.h"

namespace vitrine {

struct CatalogSchema {
  // Of a resolved registry.
  explicit CatalogSchema(Registry models);

  Registry registry;
  // In the order in which they are made; the last is the history's table.
  std::vector<SchemaLine> lines;
};

namespace catalog {

// The schema of the seed's models, made when it is first asked for.
const CatalogSchema& own_schema();

}  // namespace catalog
}  // namespace vitrine
