// The steps of Registry::resolve() and validate(), each over all models and each adding what it
// finds wrong to the same list. Private to this room; registry.cpp runs them in order.
//
// A step never stops at a mistake: it leaves the broken part unlinked, and later steps pass over
// it, so that one mistake is reported once.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "orm/schema/model.h"

namespace vitrine::schema {

using Models = std::vector<std::unique_ptr<Model>>;

class Mistakes {
 public:
  // `message` starts in lower case and ends with what to do; the place is put in front of it.
  void add(const Model& model, std::string_view attribute, const std::string& message) {
    add(model.name, attribute, message);
  }
  void add(const std::string& model, std::string_view attribute, const std::string& message);
  std::vector<Issue> take() { return std::move(issues_); }

 private:
  std::vector<Issue> issues_;
};

// Fails with VALIDATION, reason invalid_model, and all `issues`, of which there is at least one.
// `where` is what they were found in: "registry".
[[noreturn]] void fail_with(std::vector<Issue> issues, const std::string& where);

// The model of that class or table name, or nullptr.
Model* find_model(const Models& models, std::string_view name);
// The model of that table, or nullptr.
Model* find_table(const Models& models, std::string_view table);
// "a, b and c" for messages.
std::string listed(const std::vector<std::string>& names);
// Whether exactly these columns are the primary key or a unique set of the model.
bool is_candidate_key(const Model& model, const std::vector<std::size_t>& columns);

// names.cpp: identifiers, reserved words, duplicates of models and tables.
void check_names(const Models& models, Mistakes& mistakes);
// names.cpp: duplicates among the columns and relations of each model, backrefs included.
void check_attributes(const Models& models, Mistakes& mistakes);
// check_columns.cpp: types, keys, defaults, constraints, foreign keys.
void check_columns(const Models& models, Mistakes& mistakes);
// check_columns.cpp: search columns of related models.
void check_search(const Models& models, Mistakes& mistakes);
// check_relationships.cpp: options that contradict each other or name what is not there.
void check_relationships(const Models& models, Mistakes& mistakes);
// check_relationships.cpp: computed columns, which may count relations made by backrefs.
void check_computed(const Models& models, Mistakes& mistakes);

// keys.cpp: primary_key, rowid_column, version_column.
void find_keys(Models& models);
// link.cpp: target, secondary and column pairs of every declared relationship.
void link_relationships(Models& models, Mistakes& mistakes);
// inverses.cpp: each backref becomes a relationship of the target, both sides naming each other.
void expand_backrefs(Models& models);
// inverses.cpp: owner, index and inverse; from here on no relationship is added or moved.
void link_inverses(Models& models, Mistakes& mistakes);
// rules.cpp: each column's rules become the first part of its validator.
void install_rules(Models& models);
// keys.cpp: unique for one-to-one, ON DELETE, indexes of foreign keys, not null of keys.
void derive_column_facts(Models& models);
// database_cascades.cpp: which models cascade in the database.
void find_database_cascades(Models& models);

// dependency_order.cpp: parents before children.
std::vector<const Model*> dependency_order(const Models& models);
// dependency_order.cpp: models that need each other's rows to exist first.
void check_dependency_cycles(const Models& models, Mistakes& mistakes);

}  // namespace vitrine::schema
