// Numbers are positions; a closed catalog's is left empty, so that a late call finds it closed.
#include "bindings/open_catalogs.h"

#include <utility>

#include "base/error.h"

namespace vitrine {

std::string_view OpenCatalog::model_name(std::uint32_t model) const {
  const auto& models = catalog.registry().models();
  if (model < models.size()) return models[model]->name;
  fail(Code::validation, "There is no model number " + std::to_string(model) + ".");
}

std::uint32_t OpenCatalogs::add(Catalog catalog) {
  catalogs_.push_back(std::make_unique<OpenCatalog>(OpenCatalog{std::move(catalog), {}, {}, {}}));
  return static_cast<std::uint32_t>(catalogs_.size() - 1);
}

OpenCatalog& OpenCatalogs::at(std::uint32_t number) {
  if (number < catalogs_.size() && catalogs_[number]) return *catalogs_[number];
  fail(Code::closed, "This catalog is closed: open it again.");
}

std::int64_t OpenCatalogs::commits(std::uint32_t number) const {
  const bool is_open = number < catalogs_.size() && catalogs_[number];
  return is_open ? catalogs_[number]->catalog.commits() : 0;
}

void OpenCatalogs::close(std::uint32_t number) {
  if (number >= catalogs_.size() || !catalogs_[number]) return;
  if (catalogs_[number]->catalog.connection().in_transaction()) {
    fail(Code::state,
         "A transaction that SQL began is open: commit it or roll it back before closing.");
  }
  catalogs_[number].reset();
}

OpenCatalogs& open_catalogs() {
  static OpenCatalogs catalogs;
  return catalogs;
}

std::size_t OpenCatalogs::count() const {
  std::size_t open = 0;
  for (const auto& catalog : catalogs_) open += catalog != nullptr;
  return open;
}

}  // namespace vitrine
