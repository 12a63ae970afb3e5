// Plan: what compile() makes of a request: SQL with parameters, one statement per node of the
// include tree, and how rows find their parents. Frozen data: tests compare it, the session runs
// it.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "base/value.h"
#include "orm/schema/registry.h"

namespace vitrine {

// One statement. Identifiers come from the registry and are quoted; values are parameters.
struct Sql {
  std::string text;
  std::vector<Value> parameters;
  friend bool operator==(const Sql&, const Sql&) = default;
};

struct PlanChild;

// Result columns come in this order: the columns asked for, the hidden ones that the plan itself
// needs (keys that were not asked for), the counts, the link's parent key where it is in the row of
// a link, and then the columns of joined children.
struct PlanNode {
  const Model* model = nullptr;
  Sql sql;
  // For each result column that belongs to an object: its index in model->columns.
  std::vector<std::size_t> columns;
  // How many of `columns`, from the front, the request asked for; the rest are hidden.
  std::size_t visible_columns = 0;
  // Names of the relations counted; their values follow `columns` in the result.
  std::vector<std::string> counts;
  std::vector<PlanChild> children;
};

// A child node is run once for all parents. Parameter 1 of its SQL is the set of parent keys: for a
// single-column key an array (`carray(?1)`), for a composite one JSON text (`json_each(?1)`) of
// arrays. Further parameters follow and are in node.sql.parameters.
struct PlanChild {
  const Relationship* relationship = nullptr;
  PlanNode node;
  // Result columns of the parent that hold its side of the link.
  std::vector<std::size_t> parent_key;
  // Result columns of the child's statement that hold its side (for a many-to-many: of the link
  // row).
  std::vector<std::size_t> child_key;
  // In the parent's statement, where the child's columns start at joined_offset: child_key, and all
  // that is said of the columns of the node and of its children, counts from there. A parent comes
  // in a row for each of its children, and in one where those columns are NULL when it has none.
  bool joined = false;
  std::size_t joined_offset = 0;
  // The parents are all there are: no parameter holds keys, and the SQL gives the rows of every
  // parent and perhaps rows of none. They need not come parent by parent.
  bool of_all = false;
  // Of the related objects it may leave some out: it has a filter, a page or words to search.
  bool partial = false;
  // There is one parent at most: parameter 1 is its key, which is one column.
  bool of_one = false;

  // The number of the first of node.sql.parameters.
  int first_parameter() const { return of_all ? 1 : 2; }
};

struct Plan {
  PlanNode root;
  // Tables that the result depends on, each once, in order of first use.
  std::vector<std::string> tables;
};

}  // namespace vitrine
