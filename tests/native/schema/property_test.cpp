// What holds of every registry that is sound.
#include <doctest/doctest.h>

#include <algorithm>

#include "schema/random_models.h"
#include "support/seed.h"

namespace vitrine::schema_property_test {

using namespace vitrine::testing;

namespace {

constexpr std::uint32_t kRuns = 300;

Registry registry_of(const Json& description) {
  Registry registry;
  add_description(registry, description);
  return registry;
}

// `property` of a fresh registry for each of kRuns seeds.
template <typename Property>
void for_random_registries(Property property) {
  const std::uint32_t first = seed_or(1);
  for (std::uint32_t seed = first; seed < first + kRuns; ++seed) {
    CAPTURE(seed);
    Registry registry = registry_of(RandomModels(seed).description());
    property(registry);
  }
}

std::string mistakes(const Registry& registry) {
  std::string text;
  for (const Issue& issue : registry.validate()) text += issue.message + "\n";
  return text;
}

// How many foreign keys a model's parents come too late for.
int late_parents(const Registry& registry) {
  int late = 0;
  std::vector<std::string> seen;
  for (const Model* model : registry.dependency_order()) {
    seen.push_back(model->table);
    for (const Column& column : model->columns) {
      if (!column.foreign_key) continue;
      const bool early =
          std::find(seen.begin(), seen.end(), column.foreign_key->table) != seen.end();
      if (!early) ++late;
    }
  }
  return late;
}

// Whether some model reaches itself by references over other models.
bool has_cycle(const Registry& registry) {
  std::vector<const Model*> left;
  for (const auto& model : registry.models()) left.push_back(model.get());
  while (!left.empty()) {
    const auto is_free = [&](const Model* model) {
      return std::none_of(model->columns.begin(), model->columns.end(), [&](const Column& column) {
        const Model* parent = column.foreign_key ? registry.find(column.foreign_key->table) : model;
        return parent != model && std::find(left.begin(), left.end(), parent) != left.end();
      });
    };
    const auto found = std::find_if(left.begin(), left.end(), is_free);
    if (found == left.end()) return true;
    left.erase(found);
  }
  return false;
}

}  // namespace

TEST_CASE("a description that is read describes itself in the same way, resolved or not") {
  for_random_registries([](Registry& registry) {
    const Json declared = describe(registry);
    CHECK(describe(registry_of(declared)) == declared);
    registry.resolve();
    const Json resolved = describe(registry);
    Registry again = registry_of(resolved);
    CHECK(describe(again) == resolved);
    again.resolve();
    CHECK(describe(again) == resolved);
  });
}

TEST_CASE("validate() leaves the registry as it was, before and after it is resolved") {
  for_random_registries([](Registry& registry) {
    const Json before = describe(registry);
    CHECK(mistakes(registry) == "");
    CHECK(describe(registry) == before);
    registry.resolve();
    registry.verify();
    const Json after = describe(registry);
    CHECK(mistakes(registry) == "");
    CHECK(describe(registry) == after);
    registry.verify();
  });
}

TEST_CASE("the pairs of a relation are mirrored by its other side") {
  for_random_registries([](Registry& registry) {
    registry.resolve();
    for (const auto& model : registry.models()) {
      for (const Relationship& relationship : model->relationships) {
        if (relationship.inverse == nullptr) continue;
        CHECK(relationship.inverse->local == relationship.remote);
        CHECK(relationship.inverse->secondary_local == relationship.secondary_remote);
        CHECK(relationship.inverse->target_model == model.get());
      }
    }
  });
}

TEST_CASE("no child comes before its parent unless they refer to each other in a circle") {
  int without_cycle = 0;
  for_random_registries([&](Registry& registry) {
    registry.resolve();
    if (has_cycle(registry)) return;
    ++without_cycle;
    CHECK(late_parents(registry) == 0);
  });
  CHECK(without_cycle > 20);
}

}  // namespace vitrine::schema_property_test
