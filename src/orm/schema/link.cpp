// Where each declared relationship leads, and by which pairs of columns.
#include <algorithm>

#include "orm/schema/resolve.h"

namespace vitrine::schema {
namespace {

using Columns = std::vector<std::size_t>;

// Foreign key columns of one model, and the columns of another that they refer to, in pairs.
struct ForeignKeys {
  Columns from;
  Columns to;
};

// The foreign keys of `from` that refer to `to`, among the `named` columns when there are any. A
// foreign key column that refers to nothing is check_columns' affair, and left out here.
ForeignKeys foreign_keys_between(const Model& from, const Model& to,
                                 const std::vector<std::string>& named) {
  ForeignKeys keys;
  for (std::size_t i = 0; i < from.columns.size(); ++i) {
    const Column& column = from.columns[i];
    if (!column.foreign_key || column.foreign_key->table != to.table) continue;
    const bool wanted = std::find(named.begin(), named.end(), column.name) != named.end();
    if (!named.empty() && !wanted) continue;
    const auto referred = to.find_column(column.foreign_key->column);
    if (!referred) continue;
    keys.from.push_back(i);
    keys.to.push_back(*referred);
  }
  return keys;
}

bool is_one_key(const Model& to, const ForeignKeys& keys) {
  return keys.to.size() == 1 || is_candidate_key(to, keys.to);
}

std::vector<std::string> column_names(const Model& model, const Columns& columns) {
  std::vector<std::string> names;
  for (const std::size_t column : columns) names.push_back(model.columns[column].name);
  return names;
}

// Reports what keeps `keys` from being the one foreign key from `from` to `to`; true when nothing
// does.
bool check_keys(const Model& owner, const Relationship& relationship, const Model& from,
                const Model& to, const ForeignKeys& keys, Mistakes& mistakes) {
  if (keys.from.empty()) {
    mistakes.add(owner, relationship.name,
                 "no foreign key of " + from.table + " refers to " + to.table +
                     "; declare one, or correct the relation's foreign_keys");
    return false;
  }
  if (is_one_key(to, keys)) return true;
  mistakes.add(owner, relationship.name,
               "several foreign keys of " + from.table + " refer to " + to.table + " (" +
                   listed(column_names(from, keys.from)) +
                   "); name the one to use in foreign_keys");
  return false;
}

// Every name in foreign_keys must be a foreign key column that this relationship can use.
bool check_named_keys(const Model& owner, const Relationship& relationship, const Model& from,
                      const std::vector<const Model*>& to, Mistakes& mistakes) {
  bool sound = true;
  for (const std::string& name : relationship.foreign_keys) {
    const auto column = from.find_column(name);
    const bool refers = column && from.columns[*column].foreign_key;
    bool fits = false;
    for (const Model* model : to) {
      fits = fits || (refers && from.columns[*column].foreign_key->table == model->table);
    }
    if (fits) continue;
    sound = false;
    mistakes.add(owner, relationship.name,
                 "foreign_keys names " + name + ", but " + from.table +
                     (column ? "." + name + " does not refer to " + to.front()->table
                             : " has no such column") +
                     "; name one of its foreign keys");
  }
  return sound;
}

void link_direct(const Model& owner, const Model& target, Relationship& relationship,
                 Mistakes& mistakes) {
  const bool here = relationship.is_many_to_one();
  const Model& from = here ? owner : target;
  const Model& to = here ? target : owner;
  if (!check_named_keys(owner, relationship, from, {&to}, mistakes)) return;
  const ForeignKeys keys = foreign_keys_between(from, to, relationship.foreign_keys);
  if (!check_keys(owner, relationship, from, to, keys, mistakes)) return;
  relationship.local = here ? keys.from : keys.to;
  relationship.remote = here ? keys.to : keys.from;
  relationship.foreign_keys = column_names(from, keys.from);
}

// Links of a model to itself cannot be told apart by what they refer to: foreign_keys names those
// that refer to the owner first, then as many that refer to the target.
void link_self(const Model& owner, const Model& links, Relationship& relationship,
               Mistakes& mistakes) {
  const auto& named = relationship.foreign_keys;
  const std::ptrdiff_t half = static_cast<std::ptrdiff_t>(named.size() / 2);
  if (named.empty() || named.size() % 2 != 0) {
    mistakes.add(owner, relationship.name,
                 "it links " + owner.name + " to itself; name the column of " + links.table +
                     " that refers to this side, then the one for the other side, in foreign_keys");
    return;
  }
  const ForeignKeys near =
      foreign_keys_between(links, owner, {named.begin(), named.begin() + half});
  const ForeignKeys far = foreign_keys_between(links, owner, {named.begin() + half, named.end()});
  if (!check_keys(owner, relationship, links, owner, near, mistakes)) return;
  if (!check_keys(owner, relationship, links, owner, far, mistakes)) return;
  relationship.local = near.to;
  relationship.secondary_local = near.from;
  relationship.remote = far.to;
  relationship.secondary_remote = far.from;
}

void link_through(const Models& models, const Model& owner, const Model& target,
                  Relationship& relationship, Mistakes& mistakes) {
  const Model* links = find_table(models, relationship.secondary);
  if (links == nullptr) {
    mistakes.add(owner, relationship.name,
                 relationship.secondary.empty()
                     ? "a many-to-many needs a table of links; name it in secondary"
                     : "there is no table \"" + relationship.secondary +
                           "\" to hold the links; declare it with both foreign keys");
    return;
  }
  relationship.secondary_model = links;
  if (!check_named_keys(owner, relationship, *links, {&owner, &target}, mistakes)) return;
  if (&owner == &target) return link_self(owner, *links, relationship, mistakes);
  const ForeignKeys near = foreign_keys_between(*links, owner, relationship.foreign_keys);
  const ForeignKeys far = foreign_keys_between(*links, target, relationship.foreign_keys);
  if (!check_keys(owner, relationship, *links, owner, near, mistakes)) return;
  if (!check_keys(owner, relationship, *links, target, far, mistakes)) return;
  relationship.local = near.to;
  relationship.secondary_local = near.from;
  relationship.remote = far.to;
  relationship.secondary_remote = far.from;
  relationship.foreign_keys = column_names(*links, near.from);
  const auto far_names = column_names(*links, far.from);
  relationship.foreign_keys.insert(relationship.foreign_keys.end(), far_names.begin(),
                                   far_names.end());
}

}  // namespace

void link_relationships(Models& models, Mistakes& mistakes) {
  for (const auto& model : models) {
    for (Relationship& relationship : model->relationships) {
      const Model* target = find_model(models, relationship.target);
      if (target == nullptr) {
        mistakes.add(*model, relationship.name,
                     "there is no model \"" + relationship.target +
                         "\" for it to lead to; declare the model, or correct the target");
        continue;
      }
      relationship.target = target->name;
      relationship.target_model = target;
      if (relationship.is_many_to_one()) relationship.uselist = false;
      if (relationship.viewonly) relationship.cascade.save_update = false;
      if (relationship.direction == Direction::many_to_many) {
        link_through(models, *model, *target, relationship, mistakes);
      } else {
        link_direct(*model, *target, relationship, mistakes);
      }
    }
  }
}

}  // namespace vitrine::schema
