// docs/models.json, from which the TypeScript types and docs/models.md are made.
#include <doctest/doctest.h>

#include "catalog/models.h"
#include "orm/schema/description.h"
#include "support/source_file.h"

namespace vitrine::catalog_description_test {

#if VITRINE_HAS_FILES

TEST_CASE("docs/models.json describes the models; if not, npm run generate writes it anew") {
  const auto written = vitrine::Json::parse(vitrine::testing::source_file("docs/models.json"));
  CHECK(written.dump() == vitrine::describe(vitrine::catalog::make_registry()).dump());
}

#endif

}  // namespace vitrine::catalog_description_test
