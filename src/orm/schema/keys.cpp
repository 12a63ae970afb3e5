// What follows from keys: the primary key of each model, and the facts of columns that
// relationships decide (ON DELETE, indexes, uniqueness of a one-to-one).
#include <algorithm>

#include "orm/schema/resolve.h"

namespace vitrine::schema {
namespace {

// A one-to-one holds only if the database refuses a second row.
void make_unique(Model& model, const std::vector<std::size_t>& columns) {
  if (is_candidate_key(model, columns)) return;
  if (columns.size() == 1) {
    model.columns[columns.front()].unique = true;
    return;
  }
  UniqueConstraint constraint;
  for (const std::size_t column : columns) {
    constraint.columns.push_back(model.columns[column].name);
  }
  model.unique_constraints.push_back(std::move(constraint));
}

void decide_on_delete(Model& model, const std::vector<std::size_t>& columns) {
  for (const std::size_t column : columns) {
    auto& foreign_key = model.columns[column].foreign_key;
    if (foreign_key && foreign_key->on_delete == OnDelete::derive) {
      foreign_key->on_delete = OnDelete::cascade;
    }
  }
}

void derive_from(const Models& models, const Relationship& relationship) {
  if (relationship.local.empty() || relationship.viewonly) return;
  if (relationship.direction == Direction::many_to_many) {
    Model& links = *find_table(models, relationship.secondary);
    decide_on_delete(links, relationship.secondary_local);
    decide_on_delete(links, relationship.secondary_remote);
    return;
  }
  if (relationship.is_many_to_one()) return;
  Model& child = *find_model(models, relationship.target);
  if (!relationship.uselist) make_unique(child, relationship.remote);
  if (relationship.cascade.delete_) decide_on_delete(child, relationship.remote);
}

// Without an index on it, each delete of a parent scans the whole table of children.
bool needs_index(const Model& model, std::size_t column) {
  if (!model.columns[column].foreign_key || model.columns[column].unique) return false;
  if (!model.primary_key.empty() && model.primary_key.front() == column) return false;
  for (const UniqueConstraint& constraint : model.unique_constraints) {
    const bool leads =
        !constraint.columns.empty() && constraint.columns.front() == model.columns[column].name;
    if (leads && constraint.where.empty()) return false;
  }
  return true;
}

}  // namespace

bool is_candidate_key(const Model& model, const std::vector<std::size_t>& columns) {
  if (columns.size() == 1 && model.columns[columns.front()].unique) return true;
  const auto same = [&](const std::vector<std::size_t>& key) {
    return key.size() == columns.size() &&
           std::is_permutation(key.begin(), key.end(), columns.begin());
  };
  if (same(model.primary_key)) return true;
  for (const UniqueConstraint& constraint : model.unique_constraints) {
    if (!constraint.where.empty()) continue;
    std::vector<std::size_t> key;
    for (const std::string& name : constraint.columns) {
      if (const auto column = model.find_column(name)) key.push_back(*column);
    }
    if (key.size() == constraint.columns.size() && same(key)) return true;
  }
  return false;
}

void find_keys(Models& models) {
  for (const auto& model : models) {
    model->primary_key.clear();
    model->rowid_column.reset();
    model->version_column.reset();
    for (std::size_t i = 0; i < model->columns.size(); ++i) {
      if (model->columns[i].primary_key) model->primary_key.push_back(i);
      if (model->columns[i].version_counter) model->version_column = i;
    }
    const bool single = model->primary_key.size() == 1;
    if (single && model->columns[model->primary_key.front()].type == ColumnType::integer) {
      model->rowid_column = model->primary_key.front();
    }
  }
}

void derive_column_facts(Models& models) {
  for (const auto& model : models) {
    for (const Relationship& relationship : model->relationships) {
      derive_from(models, relationship);
    }
  }
  for (const auto& model : models) {
    for (std::size_t i = 0; i < model->columns.size(); ++i) {
      Column& column = model->columns[i];
      // SQLite allows NULL in a key that is not the rowid; nobody means that.
      if (column.primary_key && model->rowid_column != i) column.not_null = true;
      if (needs_index(*model, i)) column.index = true;
      auto& foreign_key = column.foreign_key;
      if (foreign_key && foreign_key->on_delete == OnDelete::derive) {
        foreign_key->on_delete = OnDelete::nothing;
      }
    }
  }
}

}  // namespace vitrine::schema
