// Catalog: deleting objects with all that goes with them, and counting it.
#include "catalog/catalog_impl.h"

namespace vitrine {
namespace {

// The object itself, by its key.
Filter is_object(const Record& record) {
  const Model& model = record.model();
  Key key;
  for (std::size_t i = 0; i < model.primary_key.size(); ++i) {
    key.push_back({model.primary_key[i], record.key()[i]});
  }
  return key_filter(model, key);
}

// Marks `roots` for deletion, and counts what goes with them.
std::vector<Removal> mark(Session& session, const std::vector<Record*>& roots) {
  std::vector<Removal> removals;
  session.remove(roots);
  for (const Model* facts : session.registry().dependency_order()) {
    Removal removal{facts, 0};
    for (const Record* record : session.deleted()) removal.rows += &record->model() == facts;
    if (removal.rows > 0) removals.push_back(removal);
  }
  return removals;
}

}  // namespace

bool Catalog::Impl::erases(const Model& model) {
  return model.cascades_in_database && history.records(model.table) && are_own_tables() &&
         connection.enforces_foreign_keys();
}

std::vector<Removal> Catalog::Impl::erase(const Model& model, const std::optional<Filter>& where) {
  std::vector<Removal> removals;
  for (const Model* facts : registry.dependency_order()) {
    removals.push_back({facts, -history.deletions(facts->table)});
  }
  try {
    session.bulk_delete(model, where, Session::Synchronize::none);
  } catch (Error& error) {
    name_model(registry, error.failure());
    throw;
  }
  for (Removal& removal : removals) removal.rows += history.deletions(removal.model->table);
  std::erase_if(removals, [](const Removal& removal) { return removal.rows == 0; });
  return removals;
}

std::vector<Removal> Catalog::remove(std::string_view model, const Json& key, DryRun dry_run) {
  const Model& facts = impl_->registry.model(model);
  Unit unit(*impl_);
  NestedWrite nested(impl_->session);
  Record& root = nested.require(facts, key);
  std::vector<Removal> removals =
      impl_->erases(facts) ? impl_->erase(facts, is_object(root)) : mark(impl_->session, {&root});
  unit.end(dry_run);
  return removals;
}

std::vector<Removal> Catalog::remove_many(std::string_view model, const Json& request,
                                          DryRun dry_run) {
  Select select;
  select.model = &impl_->registry.model(model);
  select.where = read_where(impl_->registry, *select.model, request);
  Unit unit(*impl_);
  std::vector<Removal> removals = impl_->erases(*select.model)
                                      ? impl_->erase(*select.model, select.where)
                                      : mark(impl_->session, impl_->session.all(select));
  unit.end(dry_run);
  return removals;
}

}  // namespace vitrine
