// The registry itself: what it holds, and the order of the steps that resolve it.
#include "orm/schema/registry.h"

#include "base/check.h"
#include "orm/schema/resolve.h"

namespace vitrine {
namespace {

// Every step in order; the models are linked as far as they are sound. Without `kLook`, none of the
// steps that only look for mistakes.
template <bool kLook>
std::vector<Issue> work_out(schema::Models& models) {
  schema::Mistakes mistakes;
  if constexpr (kLook) schema::check_names(models, mistakes);
  schema::find_keys(models);
  if constexpr (kLook) schema::check_columns(models, mistakes);
  schema::link_relationships(models, mistakes);
  schema::expand_backrefs(models);
  if constexpr (kLook) schema::check_attributes(models, mistakes);
  schema::link_inverses(models, mistakes);
  if constexpr (kLook) {
    schema::check_relationships(models, mistakes);
    schema::check_computed(models, mistakes);
    schema::check_search(models, mistakes);
    schema::check_dependency_cycles(models, mistakes);
  }
  schema::derive_column_facts(models);
  return mistakes.take();
}

}  // namespace

Model& Registry::add(Model model) {
  if (resolved_) {
    fail({.code = Code::state,
          .message = "Model " + model.name +
                     " cannot be added: the registry is resolved. Add every model before.",
          .model = model.name});
  }
  models_.push_back(std::make_unique<Model>(std::move(model)));
  return *models_.back();
}

std::vector<std::unique_ptr<Model>> Registry::copies() const {
  schema::Models made;
  for (const auto& model : models_) made.push_back(std::make_unique<Model>(*model));
  return made;
}

std::vector<Issue> Registry::validate() const {
  schema::Models models = copies();
  return work_out<true>(models);
}

void Registry::resolve() {
  if (resolved_) fail(Code::state, "The registry is resolved already: call resolve() once.");
  schema::Models resolved = copies();
  std::vector<Issue> issues = work_out<true>(resolved);
  if (!issues.empty()) schema::fail_with(std::move(issues), "registry");
  models_ = std::move(resolved);
  finish();
}

void Registry::resolve_own() {
  VITRINE_CHECK(!resolved_);
  const std::vector<Issue> issues = work_out<false>(models_);
  VITRINE_CHECK(issues.empty());
  finish();
}

void Registry::finish() {
  schema::install_rules(models_);
  schema::find_database_cascades(models_);
  dependency_order_ = schema::dependency_order(models_);
  resolved_ = true;
}

const Model* Registry::find(std::string_view name) const {
  return schema::find_model(models_, name);
}

const Model& Registry::model(std::string_view name) const {
  if (const Model* found = find(name)) return *found;
  std::vector<std::string> known;
  for (const auto& model : models_) known.push_back(model->name);
  fail({.code = Code::validation,
        .reason = "unknown_attribute",
        .message = "There is no model \"" + std::string(name) + "\"; there is " +
                   (known.empty() ? "none yet" : schema::listed(known)) + ".",
        .model = std::string(name)});
}

void Registry::verify() const {
  for (const auto& model : models_) {
    for (const auto& other : models_) {
      const bool same = model->name == other->name || model->table == other->table;
      VITRINE_CHECK(model == other || !same);  // (3)
    }
    if (!resolved_) continue;
    for (const Relationship& relationship : model->relationships) {
      VITRINE_CHECK(relationship.owner == model.get());  // (1)
      VITRINE_CHECK(&model->relationships[relationship.index] == &relationship);
      VITRINE_CHECK(find(relationship.target) == relationship.target_model);
      VITRINE_CHECK(!relationship.local.empty() && !relationship.remote.empty());
      const Relationship* inverse = relationship.inverse;
      VITRINE_CHECK(inverse == nullptr || inverse->inverse == &relationship);  // (2)
    }
  }
  VITRINE_CHECK(!resolved_ || dependency_order_.size() == models_.size());
}

}  // namespace vitrine
