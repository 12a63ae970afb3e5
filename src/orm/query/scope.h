// Draft and Scope: a statement while it is written. A Draft has what all its parts share, the
// parameters and aliases; a Scope is one SELECT in it, with the joins that paths ask for.
// Private to the room; a Scope must not outlive its Draft.
#pragma once

#include <string>
#include <vector>

#include "base/origin.h"
#include "base/value.h"
#include "orm/query/filter.h"
#include "orm/query/select.h"

namespace vitrine::query {

// Tables in order of first use, each once.
void note_table(std::vector<std::string>& tables, const Model& model);

class Draft {
 public:
  // `reserved` parameters come before those bound here: the key set of a child's statement.
  // `tables` outlives the draft.
  Draft(std::vector<std::string>& tables, std::size_t reserved)
      : tables_(tables), reserved_(reserved) {}

  // How paths through relations join; the lists of one request.
  void join_as(JoinKind kind, std::vector<std::string> outer_joins);
  bool joins_outer(const std::string& path) const;

  // Adds a parameter; returns what stands for it: "?3".
  std::string bind(Value value);
  std::string next_alias() { return "t" + std::to_string(aliases_++); }
  void uses(const Model& model) { note_table(tables_, model); }
  std::vector<Value> take_parameters() { return std::move(parameters_); }

 private:
  std::vector<std::string>& tables_;
  std::size_t reserved_;
  std::vector<Value> parameters_;
  std::size_t aliases_ = 0;
  JoinKind kind_ = JoinKind::inner;
  std::vector<std::string> outer_joins_;
};

// A table in a FROM clause: the rows of `model` called `alias`.
struct Place {
  const Model* model = nullptr;
  std::string alias;
};

class Scope {
 public:
  // `prefix`: the path from the request's model to this one, "" or "category.", for outer_joins.
  Scope(Draft& draft, const Model& model, std::string prefix = "");

  const Place& root() const { return root_; }
  Draft& draft() { return draft_; }
  const std::string& prefix() const { return prefix_; }

  // The rows at the end of a chain of relations, joined once however often they are asked for.
  // Refuses unknown relations.
  Place follow(const std::vector<std::string>& relations, const Origin& origin);
  // The expression of one column at a place; a computed column notes the tables it reads.
  std::string expression(const Place& place, std::size_t column);
  // The same for a path from the root. Refuses unknown names.
  std::string expression(const Path& path, const Origin& origin);
  // The columns that refer from root() back along `relationship`, whose target root() is: of the
  // root itself, or of the link table, which is joined.
  std::vector<std::string> link_back(const Relationship& relationship);
  // An outer join of a relation of `from`, for itself alone: a path to the same relation joins
  // again, for it may have to be an inner join.
  Place join_loaded(const Place& from, const Relationship& relationship);
  void add_join(const std::string& text) { joins_ += " " + text; }

  // "product" AS t0 JOIN ... : what follows FROM. Final when all paths have been asked for.
  std::string from() const;

 private:
  struct Joined {
    std::string path;
    Place place;
  };
  Place join(const Place& from, const Relationship& relationship, const std::string& word);
  void check_joins(const Origin& origin) const;

  Draft& draft_;
  Place root_;
  std::string prefix_;
  std::string joins_;
  std::size_t joins_count_ = 0;
  std::vector<Joined> joined_;
};

// The key columns of a place: t0."id".
std::vector<std::string> key_expressions(Scope& scope, const Place& place);

// Whether a chain of relations leads to several rows for one of `model`. Refuses unknown relations.
bool multiplies(const Model& model, const std::vector<std::string>& relations,
                const Origin& origin);

}  // namespace vitrine::query
