// See the header.
#include "orm/query/scope.h"

#include <algorithm>

#include "base/text.h"
#include "orm/query/refuse.h"
#include "orm/query/text_of.h"

namespace vitrine::query {
namespace {

// SQLite joins at most 64 tables in one SELECT.
constexpr std::size_t kMaxJoins = 30;

}  // namespace

void note_table(std::vector<std::string>& tables, const Model& model) {
  if (std::find(tables.begin(), tables.end(), model.table) != tables.end()) return;
  tables.push_back(model.table);
}

void Draft::join_as(JoinKind kind, std::vector<std::string> outer_joins) {
  kind_ = kind;
  outer_joins_ = std::move(outer_joins);
}

bool Draft::joins_outer(const std::string& path) const {
  return kind_ == JoinKind::outer ||
         std::find(outer_joins_.begin(), outer_joins_.end(), path) != outer_joins_.end();
}

std::string Draft::bind(Value value) {
  parameters_.push_back(std::move(value));
  return "?" + std::to_string(reserved_ + parameters_.size());
}

Scope::Scope(Draft& draft, const Model& model, std::string prefix)
    : draft_(draft), root_{&model, draft.next_alias()}, prefix_(std::move(prefix)) {
  draft_.uses(model);
}

Place Scope::follow(const std::vector<std::string>& relations, const Origin& origin) {
  check_depth(*root_.model, relations.size(), origin);
  Place place = root_;
  std::string path = prefix_;
  for (const std::string& name : relations) {
    const Relationship& relationship = known_relation(*place.model, name, origin);
    path += name;
    const auto same = [&](const Joined& joined) { return joined.path == path; };
    const auto known = std::find_if(joined_.begin(), joined_.end(), same);
    if (known != joined_.end()) {
      place = known->place;
    } else {
      check_joins(origin);
      place = join(place, relationship, draft_.joins_outer(path) ? "LEFT JOIN" : "JOIN");
      joined_.push_back({path, place});
    }
    path += '.';
  }
  return place;
}

void Scope::check_joins(const Origin& origin) const {
  if (joins_count_ < kMaxJoins) return;
  refuse_request(
      *root_.model, origin,
      "The request joins more than " + std::to_string(kMaxJoins) + " relations; split it.");
}

// `word`: JOIN or LEFT JOIN.
Place Scope::join(const Place& from, const Relationship& relationship, const std::string& word) {
  ++joins_count_;
  const Model& target = *relationship.target_model;
  draft_.uses(target);
  Place place{&target, draft_.next_alias()};
  const std::string name = quoted_identifier(target.table) + " AS " + place.alias;
  if (relationship.direction != Direction::many_to_many) {
    add_join(word + " " + name + " ON " +
             pairs_equal(place.alias, target, relationship.remote, from.alias, *from.model,
                         relationship.local) +
             condition_suffix(relationship, place.alias));
  } else {
    // The link and its target are one table to the outer join: a link without target is no row.
    const Model& links = *relationship.secondary_model;
    const std::string link = draft_.next_alias();
    draft_.uses(links);
    add_join(word + " (" + quoted_identifier(links.table) + " AS " + link + " JOIN " + name +
             " ON " +
             pairs_equal(place.alias, target, relationship.remote, link, links,
                         relationship.secondary_remote) +
             condition_suffix(relationship, place.alias) + ") ON " +
             pairs_equal(link, links, relationship.secondary_local, from.alias, *from.model,
                         relationship.local));
  }
  return place;
}

Place Scope::join_loaded(const Place& from, const Relationship& relationship) {
  check_joins("include." + relationship.name);
  return join(from, relationship, "LEFT JOIN");
}

std::string Scope::expression(const Place& place, std::size_t index) {
  const Column& column = place.model->columns[index];
  if (!column.is_stored() && !column.computed->count_of.empty()) {
    const Relationship& counted = place.model->relationship(column.computed->count_of);
    if (counted.secondary_model != nullptr) draft_.uses(*counted.secondary_model);
    draft_.uses(*counted.target_model);
  }
  return column_expression(*place.model, column, place.alias);
}

std::string Scope::expression(const Path& path, const Origin& origin) {
  const Place place = follow(path.relations, origin);
  return expression(place, known_column(*place.model, path.attribute, origin));
}

std::vector<std::string> Scope::link_back(const Relationship& relationship) {
  std::string alias = root_.alias;
  const Model* model = root_.model;
  const std::vector<std::size_t>* columns = &relationship.remote;
  if (relationship.direction == Direction::many_to_many) {
    model = relationship.secondary_model;
    columns = &relationship.secondary_local;
    alias = draft_.next_alias();
    draft_.uses(*model);
    add_join("JOIN " + quoted_identifier(model->table) + " AS " + alias + " ON " +
             pairs_equal(alias, *model, relationship.secondary_remote, root_.alias, *root_.model,
                         relationship.remote));
  }
  std::vector<std::string> expressions;
  for (const std::size_t column : *columns) {
    expressions.push_back(qualified(alias, model->columns[column].name));
  }
  return expressions;
}

std::string Scope::from() const {
  return quoted_identifier(root_.model->table) + " AS " + root_.alias + joins_;
}

std::vector<std::string> key_expressions(Scope& scope, const Place& place) {
  std::vector<std::string> keys;
  for (const std::size_t column : place.model->primary_key) {
    keys.push_back(scope.expression(place, column));
  }
  return keys;
}

bool multiplies(const Model& model, const std::vector<std::string>& relations,
                const Origin& origin) {
  check_depth(model, relations.size(), origin);
  const Model* at = &model;
  for (const std::string& name : relations) {
    const Relationship& relationship = known_relation(*at, name, origin);
    if (relationship.is_collection()) return true;
    at = relationship.target_model;
  }
  return false;
}

}  // namespace vitrine::query
