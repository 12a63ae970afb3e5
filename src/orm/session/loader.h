// Loading: rows become records. Each key yields one object; what an object has loaded or changed is
// kept, unless the caller asks to populate it again.
#pragma once

#include <set>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "orm/session/execute.h"
#include "orm/session/session.h"

namespace vitrine {

// Makes objects of a plan's rows, and relates them as the plan's nodes are nested.
class RecordSink : public RowSink {
 public:
  RecordSink(Session& session, bool populate_existing);

  void begin_node(const PlanNode& node, const PlanChild* link) override;
  void row(Statement& statement, std::int64_t parent_row) override;
  void joined_row(const PlanChild& link, Statement& statement, std::int64_t parent_row) override;
  void end_node(std::span<const std::int64_t> targets) override;

  // One relation of objects at hand, outside of a plan: begin, a row for each related object with
  // the number of its parent, end.
  void begin_relation(const PlanChild& link, const std::vector<Record*>& parents);
  void relation_row(Statement& statement, std::int64_t parent_row);
  void end_relation();

  // The root's objects in the order of their rows, each once.
  std::vector<Record*> take_root();

 private:
  // One node of the plan. Joined nodes come after the node whose statement they are part of.
  struct Frame {
    const PlanNode* node = nullptr;
    const PlanChild* link = nullptr;
    std::size_t parent = 0;
    std::uint32_t group = 0;
    std::vector<Record*> rows;
    // A parent that came in several rows takes its children once: with the first of them.
    std::unordered_map<const Record*, std::int64_t> first_rows;
    // Joined collections: the parents they are loaded for, and who is in them already.
    std::vector<Record*> filled;
    std::set<std::pair<const Record*, const Record*>> members;
  };
  void add_joined(const PlanNode& node, std::size_t parent);
  void take_member(Frame& frame, Record& parent, Record* member);
  Record& record_of(const PlanNode& node, Statement& statement, std::size_t offset,
                    std::uint32_t group);
  void begin_collections(Frame& frame);
  void end_collections(const std::vector<Record*>& parents, const PlanChild& link);

  Session& session_;
  bool populate_existing_;
  std::vector<Frame> frames_;
  std::size_t current_ = 0;  // the frame of the node that began last
  std::unordered_map<const PlanChild*, std::size_t> places_;  // where the frame of a link is
};

// Fills the columns of `record` that a row gives: result column offset + i is model column
// columns[i].
void populate(Record& record, Statement& statement, std::span<const std::size_t> columns,
              std::size_t offset, bool overwrite);

}  // namespace vitrine
