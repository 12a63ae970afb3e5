// execute: runs a Plan and streams its rows to a sink, one statement per node whatever the number
// of rows. The session's sink makes objects, the bindings' sink writes a packet: one read path.
#pragma once

#include <cstdint>
#include <span>

#include "orm/query/plan.h"
#include "orm/session/kept_plan.h"
#include "sqlite/connection.h"

namespace vitrine {

// What a plan's rows go to. Nodes come in depth-first order, each after its parent; a child node
// comes even when there are no parents, with no rows.
class RowSink {
 public:
  virtual ~RowSink() = default;
  // A node begins. `link` is nullptr for the root.
  virtual void begin_node(const PlanNode& node, const PlanChild* link) = 0;
  // One row of the node that began last, in `statement`'s columns as the node lists them.
  // parent_row: for the child of a to-many relation the number of the parent's row, from 0 in the
  // order in which they came; -1 for the root and for a to-one child.
  virtual void row(Statement& statement, std::int64_t parent_row) = 0;
  // The child that came in the same statement as the parent's row `parent_row`, which row() or
  // joined_row() has just had; is_joined_row_missing() says whether there is one. Rows of a joined
  // node are numbered from 0 as they come, missing ones not counted. A parent with several joined
  // children comes in several rows. Such a node has no begin_node() and no end_node(): it is part
  // of the node that began last. Sinks whose requests never ask for joined loading leave it as it
  // is: nothing happens.
  virtual void joined_row(const PlanChild& link, Statement& statement, std::int64_t parent_row);
  // The node that began last is complete. For a to-one child, `targets` has for every row of the
  // parent the number of its row in this node, or -1; for others it is empty.
  virtual void end_node(std::span<const std::int64_t> targets) = 0;
};

// Whether the parent in the statement's current row has no child here: the columns are NULL.
bool is_joined_row_missing(const PlanChild& child, Statement& statement);

// Fails as SQLite fails; the sink then has seen a part.
void execute(Connection& connection, const Plan& plan, RowSink& sink);
// The same for a plan that was made once for many runs. `values` are alive until it returns.
void execute(Connection& connection, KeptPlan& plan, std::span<const OpenValue> values,
             RowSink& sink);

}  // namespace vitrine
