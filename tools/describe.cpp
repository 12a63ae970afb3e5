// Prints the description of the catalog's models as JSON: what scripts/generate.mjs writes the
// types and docs/models.md from. It opens no database.
#include <iostream>

#include "catalog/models.h"
#include "orm/schema/description.h"

int main() try {
  // make_registry() would not look for mistakes, and whoever runs this has just changed a model.
  vitrine::Registry registry = vitrine::catalog::declare_models();
  registry.resolve();
  std::cout << vitrine::describe(registry).dump() << '\n';
  return std::cout.good() ? 0 : 1;
} catch (const vitrine::Error& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
