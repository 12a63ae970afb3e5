// execute: see the header. Each node is stepped once; what its children need of a row (the key of
// the link) is noted while the row is at hand.
#include "orm/session/execute.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "orm/session/key_index.h"

namespace vitrine {
namespace {

// The part of a run that one node's rows leave for its children.
struct Links {
  std::vector<KeyIndex> indexes;  // one per child
  std::vector<Links> joined;      // one per child; empty for those with a statement of their own
  std::int64_t rows = 0;
};

class Run {
 public:
  Run(Connection& connection, RowSink& sink) : connection_(connection), sink_(sink) {}
  Run(Connection& connection, RowSink& sink, KeptPlan& kept, std::span<const OpenValue> values)
      : connection_(connection), sink_(sink), kept_(&kept), values_(values) {}

  void root(const PlanNode& node) {
    const std::size_t number = begin(node, nullptr);
    Links links = start(node, 0);
    {
      const Borrowed statement = open(node, number, 1);
      while (statement->step_row()) take(node, *statement, links, -1);
    }
    sink_.end_node({});
    children(node, links);
  }

 private:
  std::size_t begin(const PlanNode& node, const PlanChild* link) {
    sink_.begin_node(node, link);
    return nodes_++;
  }

  // The statement of the node, its parameters bound from `first` on.
  Borrowed open(const PlanNode& node, std::size_t number, int first) {
    if (kept_ != nullptr) return kept_->open(connection_, node, number, values_);
    Borrowed statement = connection_.prepare(node.sql.text);
    for (const Value& value : node.sql.parameters) statement->bind(first++, value);
    return statement;
  }

  // `offset`: where the node's columns start in the statement.
  static Links start(const PlanNode& node, std::size_t offset) {
    Links links;
    for (const PlanChild& child : node.children) {
      std::vector<std::size_t> key = child.parent_key;
      for (std::size_t& column : key) column += offset;
      links.indexes.emplace_back(std::move(key));
      links.joined.push_back(child.joined ? start(child.node, child.joined_offset) : Links());
    }
    return links;
  }

  void take(const PlanNode& node, Statement& statement, Links& links, std::int64_t parent_row) {
    sink_.row(statement, parent_row);
    pass_on(node, statement, links);
  }

  // What a row says to the children of its node.
  void pass_on(const PlanNode& node, Statement& statement, Links& links) {
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      if (node.children[i].joined) {
        take_joined(node.children[i], statement, links.joined[i], links.rows);
      } else {
        links.indexes[i].add(statement.row(), links.rows);
      }
    }
    ++links.rows;
  }

  void take_joined(const PlanChild& child, Statement& statement, Links& links,
                   std::int64_t parent_row) {
    sink_.joined_row(child, statement, parent_row);
    if (!is_joined_row_missing(child, statement)) pass_on(child.node, statement, links);
  }

  void children(const PlanNode& node, Links& links) {
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      const PlanChild& child = node.children[i];
      if (child.joined) {
        children(child.node, links.joined[i]);
      } else if (child.relationship->is_many_to_one()) {
        to_one(child, links.indexes[i], links.rows);
      } else {
        to_many(child, links.indexes[i]);
      }
    }
  }

  void to_many(const PlanChild& child, KeyIndex& parents) {
    const std::size_t number = begin(child.node, &child);
    Links links = start(child.node, 0);
    if (!parents.empty()) {
      const Borrowed statement = open(child.node, number, child.first_parameter());
      if (!child.of_all) bind_keys(child, parents, *statement);
      while (statement->step_row()) {
        std::int64_t parent = parents.find(statement->row(), child.child_key);
        for (; parent >= 0; parent = parents.next(parent)) {
          take(child.node, *statement, links, parent);
        }
      }
    }
    sink_.end_node({});
    children(child.node, links);
  }

  void to_one(const PlanChild& child, KeyIndex& parents, std::int64_t parent_rows) {
    const std::size_t number = begin(child.node, &child);
    Links links = start(child.node, 0);
    std::vector<std::int64_t> targets(static_cast<std::size_t>(parent_rows), -1);
    if (!parents.empty()) {
      const Borrowed statement = open(child.node, number, child.first_parameter());
      bind_keys(child, parents, *statement);
      while (statement->step_row()) {
        std::int64_t parent = parents.find(statement->row(), child.child_key);
        for (; parent >= 0; parent = parents.next(parent)) {
          targets[static_cast<std::size_t>(parent)] = links.rows;
        }
        take(child.node, *statement, links, -1);
      }
    }
    sink_.end_node(targets);
    children(child.node, links);
  }

  static void bind_keys(const PlanChild& child, KeyIndex& parents, Statement& statement) {
    child.of_one ? parents.bind_key(statement) : parents.bind_keys(statement);
  }

  Connection& connection_;
  RowSink& sink_;
  KeptPlan* kept_ = nullptr;
  std::span<const OpenValue> values_;
  std::size_t nodes_ = 0;  // that began
};

}  // namespace

void RowSink::joined_row(const PlanChild&, Statement&, std::int64_t) {}

bool is_joined_row_missing(const PlanChild& child, Statement& statement) {
  const std::span<const Cell> row = statement.row();
  return std::any_of(child.child_key.begin(), child.child_key.end(), [&](std::size_t column) {
    return row[child.joined_offset + column].kind == StorageClass::null;
  });
}

void execute(Connection& connection, const Plan& plan, RowSink& sink) {
  Run(connection, sink).root(plan.root);
}

void execute(Connection& connection, KeptPlan& plan, std::span<const OpenValue> values,
             RowSink& sink) {
  Run(connection, sink, plan, values).root(plan.plan().root);
}

}  // namespace vitrine
