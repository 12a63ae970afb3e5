// Where deleting rows is as well left to the database, which needs not load what it deletes.
#include <algorithm>

#include "orm/schema/resolve.h"

namespace vitrine::schema {
namespace {

bool refers_with_cascade(const Model& model, std::size_t column) {
  const auto& foreign_key = model.columns[column].foreign_key;
  return foreign_key && foreign_key->on_delete == OnDelete::cascade;
}

// Whether the database does to the other side what a delete of the owner means for it. The links of
// a many-to-many, and references that are to become null, are the session's affair.
bool is_kept_by_database(const Relationship& relationship) {
  if (relationship.viewonly) return true;
  if (relationship.is_many_to_one()) return !relationship.cascade.delete_;
  const Model& target = *relationship.target_model;
  return relationship.direction == Direction::one_to_many && relationship.cascade.delete_ &&
         relationship.conditions.empty() && !target.version_column &&
         std::all_of(relationship.remote.begin(), relationship.remote.end(),
                     [&](std::size_t column) { return refers_with_cascade(target, column); });
}

void add(std::vector<const Model*>& reached, const Model* model) {
  if (std::find(reached.begin(), reached.end(), model) == reached.end()) reached.push_back(model);
}

bool cascades_in_database(const Model& root) {
  if (root.version_column) return false;
  std::vector<const Model*> reached{&root};
  for (std::size_t at = 0; at < reached.size(); ++at) {
    for (const Relationship& relationship : reached[at]->relationships) {
      if (!is_kept_by_database(relationship)) return false;
      const bool goes = relationship.cascade.delete_ && !relationship.viewonly;
      if (goes) add(reached, relationship.target_model);
    }
  }
  return true;
}

}  // namespace

void find_database_cascades(Models& models) {
  for (const auto& model : models) model->cascades_in_database = cascades_in_database(*model);
}

}  // namespace vitrine::schema
