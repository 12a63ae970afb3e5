// Filters: combinations, and conditions on related objects. Conditions on a column are in
// value_condition.cpp.
#include "orm/query/filter_sql.h"

#include <algorithm>

#include "orm/query/refuse.h"
#include "orm/query/text_of.h"

namespace vitrine::query {
namespace {

std::string condition(Scope& scope, const Filter& filter, std::size_t depth);

std::string origin_of(const Filter& filter) {
  return filter.origin.empty() ? filter.path.describe() : filter.origin;
}

// Of what belongs to a row, the index of the link finds a few; that of another column with a value
// of many rows looks as good to SQLite, which has no statistics at first. A plus keeps it aside
// ("The SQLite Query Optimizer Overview", sqlite.org/optoverview.html).
std::string beside_link(const Scope& scope, const Model& model, std::size_t column,
                        const std::string& expression) {
  const Column& facts = model.columns[column];
  const bool competes = facts.index && !facts.unique && !facts.primary_key;
  return competes && !scope.prefix().empty() ? "+" + expression : expression;
}

std::string combination(Scope& scope, const Filter& filter, std::size_t depth) {
  std::vector<std::string> parts;
  // "and" and "or" do not count: their conditions are laid out flat.
  const std::size_t inner = filter.op == Operator::negate ? depth + 1 : depth;
  for (const Filter& operand : filter.operands) parts.push_back(condition(scope, operand, inner));
  if (filter.op == Operator::negate) {
    if (parts.size() == 1) return "NOT (" + parts.front() + ")";
    refuse_request(*scope.root().model, filter.origin, "\"not\" takes exactly one filter.");
  }
  // All of nothing holds, any of nothing does not.
  if (parts.empty()) return filter.op == Operator::all_of ? "1" : "0";
  return combined(std::move(parts), filter.op == Operator::all_of ? "AND" : "OR");
}

// EXISTS over the objects that `relationship` gives for the row at `from`. `rest` adds conditions
// on them, given the scope in which they are the root.
template <typename Rest>
std::string exists(Scope& scope, const Place& from, const Relationship& relationship,
                   const std::string& path, Rest rest) {
  Scope inner(scope.draft(), *relationship.target_model, path + ".");
  std::vector<std::string> parts;
  const std::vector<std::string> back = inner.link_back(relationship);
  for (std::size_t i = 0; i < back.size(); ++i) {
    parts.push_back(back[i] + " = " +
                    qualified(from.alias, from.model->columns[relationship.local[i]].name));
  }
  rest(inner, parts);
  return "EXISTS (SELECT 1 FROM " + inner.from() + " WHERE " + joined(parts, " AND ") +
         condition_suffix(relationship, inner.root().alias) + ")";
}

std::string prefixed(const Scope& scope, const Path& path) {
  return scope.prefix() + path.describe();
}

bool asks_nothing(const Filter& filter) {
  return filter.op == Operator::all_of && filter.operands.empty();
}

std::string quantified(Scope& scope, const Filter& filter, std::size_t depth) {
  const std::string path = origin_of(filter);
  const Origin origin(path);
  const Place from = scope.follow(filter.path.relations, origin);
  const Relationship& relationship = known_relation(*from.model, filter.path.attribute, origin);
  if (filter.operands.size() > 1) {
    refuse_request(*from.model, origin,
                   "The operator takes one filter; put several into \"all of\".");
  }
  const bool every = filter.op == Operator::every;
  const bool any_will_do = filter.operands.empty() || asks_nothing(filter.operands.front());
  if (every && any_will_do) return "1";
  const std::string found = exists(scope, from, relationship, prefixed(scope, filter.path),
                                   [&](Scope& inner, std::vector<std::string>& parts) {
                                     if (any_will_do) return;
                                     const std::string fits =
                                         condition(inner, filter.operands.front(), depth + 1);
                                     parts.push_back(every ? "(" + fits + ") IS NOT TRUE" : fits);
                                   });
  return filter.op == Operator::some ? found : "NOT " + found;
}

bool refers_to_nothing(const Filter& filter) {
  const auto is_null = [](const Value& value) { return value.is_null(); };
  return std::all_of(filter.values.begin(), filter.values.end(), is_null);
}

// Whether the columns that refer are enough to tell which object a to-one relation refers to.
bool refers_by_key(const Relationship& relationship) {
  return relationship.is_many_to_one() && relationship.conditions.empty() &&
         std::is_permutation(relationship.remote.begin(), relationship.remote.end(),
                             relationship.target_model->primary_key.begin(),
                             relationship.target_model->primary_key.end());
}

// The value of the key that target column `column` should have.
const Value& key_value(const Relationship& relationship, const Filter& filter, std::size_t column) {
  const auto& key = relationship.target_model->primary_key;
  const auto at = std::find(key.begin(), key.end(), column) - key.begin();
  return filter.values[static_cast<std::size_t>(at)];
}

std::string compared_by_key(Scope& scope, const Place& from, const Relationship& relationship,
                            const Filter& filter) {
  const bool negated = filter.op == Operator::is_not;
  const bool nothing = refers_to_nothing(filter);
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < relationship.local.size(); ++i) {
    const std::size_t column = relationship.local[i];
    std::string part = beside_link(scope, *from.model, column,
                                   qualified(from.alias, from.model->columns[column].name));
    if (nothing) {
      part += negated ? " IS NOT NULL" : " IS NULL";
    } else {
      // IS NOT, unlike <>, keeps the rows that refer to nothing.
      part += negated ? " IS NOT " : " = ";
      part += scope.draft().bind(key_value(relationship, filter, relationship.remote[i]));
    }
    parts.push_back(std::move(part));
  }
  return combined(std::move(parts), nothing == negated ? "AND" : "OR");
}

std::string compared(Scope& scope, const Filter& filter) {
  const std::string path = origin_of(filter);
  const Origin origin(path);
  const Place from = scope.follow(filter.path.relations, origin);
  const Relationship& relationship = known_relation(*from.model, filter.path.attribute, origin);
  const Model& target = *relationship.target_model;
  const bool nothing = refers_to_nothing(filter);
  if (!nothing && filter.values.size() != target.primary_key.size()) {
    refuse_value(*from.model, relationship.name, origin,
                 "The key of " + target.name + " has " + std::to_string(target.primary_key.size()) +
                     " values, and " + std::to_string(filter.values.size()) + " are given.");
  }
  if (relationship.is_collection() != (filter.op == Operator::includes)) {
    refuse_request(*from.model, origin,
                   relationship.name + (relationship.is_collection()
                                            ? " refers to many objects; ask what it includes."
                                            : " refers to one object; compare it with \"is\"."));
  }
  // A collection never includes nothing.
  if (nothing && filter.op == Operator::includes) return "0";
  if (refers_by_key(relationship)) return compared_by_key(scope, from, relationship, filter);
  const std::string found =
      exists(scope, from, relationship, prefixed(scope, filter.path),
             [&](Scope& inner, std::vector<std::string>& parts) {
               if (nothing) return;
               const std::vector<std::string> key = key_expressions(inner, inner.root());
               for (std::size_t i = 0; i < key.size(); ++i) {
                 parts.push_back(key[i] + " = " + scope.draft().bind(filter.values[i]));
               }
             });
  return nothing == (filter.op == Operator::is_not) ? found : "NOT " + found;
}

std::string condition(Scope& scope, const Filter& filter, std::size_t depth) {
  check_depth(*scope.root().model, depth, origin_of(filter));
  switch (filter.op) {
    case Operator::all_of:
    case Operator::any_of:
    case Operator::negate:
      return combination(scope, filter, depth);
    case Operator::some:
    case Operator::every:
    case Operator::none:
      return quantified(scope, filter, depth);
    case Operator::is:
    case Operator::is_not:
    case Operator::includes:
      return compared(scope, filter);
    default:
      break;
  }
  const std::string path = origin_of(filter);
  const Origin origin(path);
  const Place place = scope.follow(filter.path.relations, origin);
  const std::size_t column = known_column(*place.model, filter.path.attribute, origin);
  std::string expression = scope.expression(place, column);
  if (filter.path.relations.empty()) {
    expression = beside_link(scope, *place.model, column, expression);
  }
  const Subject subject{*place.model, filter.path.attribute, origin};
  return value_condition(scope.draft(), subject, expression, filter.op, filter.values);
}

}  // namespace

std::string filter_condition(Scope& scope, const Filter& filter) {
  return condition(scope, filter, 0);
}

bool multiplies(const Model& model, const Filter& filter) {
  if (multiplies(model, filter.path.relations, origin_of(filter))) return true;
  if (filter.op != Operator::all_of && filter.op != Operator::any_of &&
      filter.op != Operator::negate) {
    return false;
  }
  const auto does = [&](const Filter& operand) { return multiplies(model, operand); };
  return std::any_of(filter.operands.begin(), filter.operands.end(), does);
}

}  // namespace vitrine::query
