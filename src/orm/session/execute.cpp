// execute: see the header. Each node is stepped once; what its children need of a row (the key of
// the link) is noted while the row is at hand.
#include "orm/session/execute.h"

#include <vector>

#include "orm/session/key_index.h"

namespace vitrine {
namespace {

// The part of a run that one node's statement leaves for its children.
struct Links {
  std::vector<KeyIndex> indexes;  // one per child
  std::int64_t rows = 0;
};

class Run {
 public:
  Run(Connection& connection, RowSink& sink) : connection_(connection), sink_(sink) {}

  void root(const PlanNode& node) {
    sink_.begin_node(node, nullptr);
    Links links = start(node);
    Borrowed statement = connection_.prepare(node.sql.text);
    statement->bind_all(node.sql.parameters);
    while (statement->step()) take(node, *statement, links, -1);
    sink_.end_node({});
    children(node, links);
  }

 private:
  static Links start(const PlanNode& node) {
    Links links;
    for (const PlanChild& child : node.children) links.indexes.emplace_back(child.parent_key);
    return links;
  }

  void take(const PlanNode& node, Statement& statement, Links& links, std::int64_t parent_row) {
    sink_.row(statement, parent_row);
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      if (node.children[i].joined) {
        sink_.joined_row(node.children[i], statement, links.rows);
      } else {
        links.indexes[i].add(statement, links.rows);
      }
    }
    ++links.rows;
  }

  void children(const PlanNode& node, Links& links) {
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      const PlanChild& child = node.children[i];
      if (child.joined) continue;
      if (child.relationship->is_many_to_one()) {
        to_one(child, links.indexes[i], links.rows);
      } else {
        to_many(child, links.indexes[i]);
      }
    }
  }

  void bind(const PlanChild& child, KeyIndex& parents, Statement& statement) {
    const auto& parameters = child.node.sql.parameters;
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      statement.bind(static_cast<int>(i) + 2, parameters[i]);
    }
    parents.bind_keys(statement);
  }

  void to_many(const PlanChild& child, KeyIndex& parents) {
    sink_.begin_node(child.node, &child);
    Links links = start(child.node);
    if (!parents.empty()) {
      Borrowed statement = connection_.prepare(child.node.sql.text);
      bind(child, parents, *statement);
      while (statement->step()) {
        std::int64_t parent = parents.find(*statement, child.child_key);
        for (; parent >= 0; parent = parents.next(parent)) {
          take(child.node, *statement, links, parent);
        }
      }
    }
    sink_.end_node({});
    children(child.node, links);
  }

  void to_one(const PlanChild& child, KeyIndex& parents, std::int64_t parent_rows) {
    sink_.begin_node(child.node, &child);
    Links links = start(child.node);
    std::vector<std::int64_t> targets(static_cast<std::size_t>(parent_rows), -1);
    if (!parents.empty()) {
      Borrowed statement = connection_.prepare(child.node.sql.text);
      bind(child, parents, *statement);
      while (statement->step()) {
        std::int64_t parent = parents.find(*statement, child.child_key);
        for (; parent >= 0; parent = parents.next(parent)) {
          targets[static_cast<std::size_t>(parent)] = links.rows;
        }
        take(child.node, *statement, links, -1);
      }
    }
    sink_.end_node(targets);
    children(child.node, links);
  }

  Connection& connection_;
  RowSink& sink_;
};

}  // namespace

void RowSink::joined_row(const PlanChild&, Statement&, std::int64_t) {}

void execute(Connection& connection, const Plan& plan, RowSink& sink) {
  Run(connection, sink).root(plan.root);
}

}  // namespace vitrine
