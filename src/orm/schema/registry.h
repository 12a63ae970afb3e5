// Registry: all models of one catalog. Filled by the typed declarations of catalog/models.h or by a
// description at run time, then resolved once; after that it never changes.
//
// Invariants (verify() checks them by number):
//   (1) After resolve(), every relationship names its owner, its target and its column pairs.
//   (2) inverse->inverse of a two-sided relationship is the relationship itself.
//   (3) No two models share a name or a table.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "orm/schema/model.h"

namespace vitrine {

class Registry {
 public:
  Registry() = default;
  Registry(Registry&&) = default;
  Registry& operator=(Registry&&) = default;

  // Adds a model; the reference is good until resolve(), before which alone this is allowed.
  Model& add(Model model);

  // Every mistake at once, each naming model and attribute; empty when all is well.
  std::vector<Issue> validate() const;
  // Works out keys, pairs, inverses, backrefs and delete policies. Fails with VALIDATION and all
  // issues of validate(), and leaves the models as they were declared. STATE the second time.
  void resolve();
  // The same for the catalog's own models, of which a test shows that validate() says nothing: the
  // wasm module does without its sentences.
  void resolve_own();
  bool is_resolved() const { return resolved_; }

  // By class name or table name; nullptr when there is none.
  const Model* find(std::string_view name) const;
  // As find, but fails with VALIDATION, reason unknown_attribute, naming the models there are.
  const Model& model(std::string_view name) const;
  // In the order of declaration.
  const std::vector<std::unique_ptr<Model>>& models() const { return models_; }
  // Parents before children, by foreign keys; ties and cycles in the order of declaration.
  const std::vector<const Model*>& dependency_order() const { return dependency_order_; }

  void verify() const;

 private:
  std::vector<std::unique_ptr<Model>> copies() const;
  void finish();

  std::vector<std::unique_ptr<Model>> models_;
  std::vector<const Model*> dependency_order_;
  bool resolved_ = false;
};

}  // namespace vitrine
