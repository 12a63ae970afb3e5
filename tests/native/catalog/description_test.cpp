// docs/models.json, from which the TypeScript types and docs/models.md are made.
#include <doctest/doctest.h>

#include "catalog/models.h"
#include "orm/schema/description.h"
#include "support/source_file.h"

namespace vitrine::catalog_description_test {

TEST_CASE("the models are sound, so that a start need not look through them") {
  std::string mistakes;
  for (const Issue& issue : catalog::declare_models().validate()) mistakes += issue.message + "\n";
  CHECK(mistakes == "");
  // What is worked out is the same.
  Registry looked_through = catalog::declare_models();
  looked_through.resolve();
  CHECK(describe(catalog::make_registry()).dump() == describe(looked_through).dump());
}

#if VITRINE_HAS_FILES

TEST_CASE("docs/models.json describes the models; if not, npm run generate writes it anew") {
  const auto written = vitrine::Json::parse(vitrine::testing::source_file("docs/models.json"));
  CHECK(written.dump() == vitrine::describe(vitrine::catalog::make_registry()).dump());
}

#endif

}  // namespace vitrine::catalog_description_test
