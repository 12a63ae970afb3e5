// Prints the description of the catalog's models as JSON: what scripts/generate.mjs writes the
// types and docs/models.md from. It opens no database.
#include <iostream>

#include "catalog/models.h"
#include "orm/schema/description.h"

int main() {
  const vitrine::Registry registry = vitrine::catalog::make_registry();
  std::cout << vitrine::describe(registry).dump() << '\n';
  return std::cout.good() ? 0 : 1;
}
