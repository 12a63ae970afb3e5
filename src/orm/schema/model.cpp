// Looking up the attributes of a model.
#include "orm/schema/model.h"

#include "base/error.h"

namespace vitrine {
namespace {

[[noreturn]] void unknown_attribute(const Model& model, std::string_view kind,
                                    std::string_view name, const std::string& known) {
  fail({.code = Code::validation,
        .reason = "unknown_attribute",
        .message = model.name + " has no " + std::string(kind) + " \"" + std::string(name) +
                   "\"; it has " + (known.empty() ? "none" : known) + ".",
        .model = model.name,
        .fields = {std::string(name)}});
}

template <typename Named>
std::string names_of(const std::vector<Named>& all) {
  std::string names;
  for (const Named& one : all) names += (names.empty() ? "" : ", ") + one.name;
  return names;
}

}  // namespace

std::optional<std::size_t> Model::find_column(std::string_view column) const {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].name == column) return i;
  }
  return std::nullopt;
}

const Relationship* Model::find_relationship(std::string_view relationship) const {
  for (const Relationship& candidate : relationships) {
    if (candidate.name == relationship) return &candidate;
  }
  return nullptr;
}

std::size_t Model::column_index(std::string_view column) const {
  if (const auto found = find_column(column)) return *found;
  unknown_attribute(*this, "column", column, names_of(columns));
}

const Relationship& Model::relationship(std::string_view relationship) const {
  if (const Relationship* found = find_relationship(relationship)) return *found;
  unknown_attribute(*this, "relation", relationship, names_of(relationships));
}

}  // namespace vitrine
