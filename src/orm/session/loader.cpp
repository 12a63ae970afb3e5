// Loading: see the header. Collections are filled in two steps, so that changes that wait for the
// collection to be loaded (added, removed) are laid over what the database has.
#include "orm/session/loader.h"

#include <algorithm>
#include <unordered_set>

#include "base/check.h"
#include "orm/session/link.h"

namespace vitrine {
namespace {

using Slot = Record::RelationSlot;

bool contains(const std::vector<Record*>& list, const Record* record) {
  return std::find(list.begin(), list.end(), record) != list.end();
}

// The child's own side, when it is the only parent it can have.
void set_parent(Record& child, const Relationship& relationship, Record& parent) {
  const Relationship* inverse = relationship.inverse;
  if (!inverse || !inverse->is_many_to_one() || relationship.viewonly) return;
  Slot& slot = child.slot(*inverse);
  if (slot.loaded) return;
  slot.loaded = true;
  slot.target = &parent;
}

}  // namespace

void populate(Record& record, Statement& statement, std::span<const std::size_t> columns,
              std::size_t offset, bool overwrite) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    Record::ColumnSlot& slot = record.slot(columns[i]);
    if (slot.changed || (slot.loaded && !overwrite)) continue;
    slot.value = statement.column_value(static_cast<int>(offset + i));
    slot.loaded = true;
  }
}

RecordSink::RecordSink(Session& session, bool populate_existing)
    : session_(session), populate_existing_(populate_existing) {}

void RecordSink::begin_node(const PlanNode& node, const PlanChild* link) {
  Frame frame;
  frame.node = &node;
  frame.link = link;
  frame.group = session_.begin_load_group();
  if (link) {
    const auto owns_link = [&](const Frame& candidate) {
      const auto& children = candidate.node->children;
      return std::any_of(children.begin(), children.end(),
                         [&](const PlanChild& child) { return &child == link; });
    };
    const auto parent = std::find_if(frames_.begin(), frames_.end(), owns_link);
    VITRINE_CHECK(parent != frames_.end());
    frame.parent = static_cast<std::size_t>(parent - frames_.begin());
  }
  current_ = frames_.size();
  frames_.push_back(std::move(frame));
  if (link && !link->relationship->is_many_to_one()) begin_collections(frames_.back());
  add_joined(node, current_);
}

void RecordSink::add_joined(const PlanNode& node, std::size_t parent) {
  for (const PlanChild& child : node.children) {
    if (!child.joined) continue;
    const std::size_t place = frames_.size();
    places_[&child] = place;
    Frame frame;
    frame.node = &child.node;
    frame.link = &child;
    frame.parent = parent;
    frame.group = session_.begin_load_group();
    frames_.push_back(std::move(frame));
    add_joined(child.node, place);
  }
}

void RecordSink::row(Statement& statement, std::int64_t parent_row) {
  Frame& frame = frames_[current_];
  Record& record = record_of(*frame.node, statement, 0, frame.group);
  frame.rows.push_back(&record);
  if (parent_row < 0) return;
  const Relationship& relationship = *frame.link->relationship;
  Record& parent = *frames_[frame.parent].rows[static_cast<std::size_t>(parent_row)];
  Slot& slot = parent.slot(relationship);
  if (slot.loaded || frame.first_rows.at(&parent) != parent_row) return;
  if (relationship.is_collection()) {
    // A record that joined children repeat comes in rows that follow each other.
    const bool again = !slot.members.empty() && slot.members.back() == &record;
    if (!again) slot.members.push_back(&record);
  } else if (!slot.target) {
    slot.target = &record;
  }
}

void RecordSink::joined_row(const PlanChild& link, Statement& statement, std::int64_t parent_row) {
  Frame& frame = frames_[places_.at(&link)];
  Record& parent = *frames_[frame.parent].rows[static_cast<std::size_t>(parent_row)];
  Record* record = nullptr;
  if (!is_joined_row_missing(link, statement)) {
    record = &record_of(link.node, statement, link.joined_offset, frame.group);
    frame.rows.push_back(record);
  }
  if (!link.relationship->is_many_to_one()) return take_member(frame, parent, record);
  Slot& slot = parent.slot(*link.relationship);
  if (slot.loaded && !populate_existing_) return;
  slot.loaded = true;
  slot.target = record;
}

// One row of a joined collection: `member` is nullptr where it is empty.
void RecordSink::take_member(Frame& frame, Record& parent, Record* member) {
  Slot& slot = parent.slot(*frame.link->relationship);
  const bool first = frame.first_rows.try_emplace(&parent, 0).second;
  if (first && (!slot.loaded || populate_existing_)) {
    slot.loaded = false;
    slot.members.clear();
    slot.target = nullptr;
    frame.filled.push_back(&parent);
  }
  if (slot.loaded || !member || !frame.members.emplace(&parent, member).second) return;
  if (frame.link->relationship->is_collection()) {
    slot.members.push_back(member);
  } else if (!slot.target) {
    slot.target = member;
  }
}

void RecordSink::end_node(std::span<const std::int64_t> targets) {
  for (std::size_t place = current_ + 1; place < frames_.size(); ++place) {
    end_collections(frames_[place].filled, *frames_[place].link);
  }
  const Frame& frame = frames_[current_];
  if (!frame.link) return;
  const std::vector<Record*>& parents = frames_[frame.parent].rows;
  if (!frame.link->relationship->is_many_to_one()) {
    end_collections(parents, *frame.link);
    return;
  }
  for (std::size_t i = 0; i < parents.size(); ++i) {
    Slot& slot = parents[i]->slot(*frame.link->relationship);
    if (slot.loaded && !populate_existing_) continue;
    slot.loaded = true;
    slot.target = targets[i] < 0 ? nullptr : frame.rows[static_cast<std::size_t>(targets[i])];
  }
}

void RecordSink::begin_collections(Frame& frame) {
  std::int64_t row = 0;
  for (Record* parent : frames_[frame.parent].rows) {
    frame.first_rows.try_emplace(parent, row++);
    Slot& slot = parent->slot(*frame.link->relationship);
    if (slot.loaded && !populate_existing_) continue;
    slot.loaded = false;
    slot.members.clear();
    slot.target = nullptr;
  }
}

void RecordSink::end_collections(const std::vector<Record*>& parents, const PlanChild& link) {
  const Relationship& relationship = *link.relationship;
  for (Record* parent : parents) {
    Slot& slot = parent->slot(relationship);
    if (slot.loaded) continue;
    slot.loaded = true;
    slot.partial = link.partial;
    std::erase_if(slot.members, [&](Record* member) { return contains(slot.removed, member); });
    for (Record* member : slot.members) set_parent(*member, relationship, *parent);
    // What the rows have already is not to be added, so that taking it away is known as such.
    std::erase_if(slot.added, [&](Record* member) { return contains(slot.members, member); });
    slot.members.insert(slot.members.end(), slot.added.begin(), slot.added.end());
    if (!slot.added.empty()) renumber(*parent, relationship);
    if (slot.target && !relationship.is_many_to_one()) {
      set_parent(*slot.target, relationship, *parent);
    }
  }
}

void RecordSink::begin_relation(const PlanChild& link, const std::vector<Record*>& parents) {
  Frame root;
  root.rows = parents;
  frames_.push_back(std::move(root));
  Frame frame;
  frame.node = &link.node;
  frame.link = &link;
  frame.group = session_.begin_load_group();
  frames_.push_back(std::move(frame));
  current_ = 1;
  begin_collections(frames_.back());
}

void RecordSink::relation_row(Statement& statement, std::int64_t parent_row) {
  row(statement, parent_row);
}

void RecordSink::end_relation() { end_collections(frames_.front().rows, *frames_.back().link); }

Record& RecordSink::record_of(const PlanNode& node, Statement& statement, std::size_t offset,
                              std::uint32_t group) {
  std::vector<Value> key;
  for (const std::size_t part : node.model->primary_key) {
    const auto at = std::find(node.columns.begin(), node.columns.end(), part);
    VITRINE_CHECK(at != node.columns.end());
    const auto column = offset + static_cast<std::size_t>(at - node.columns.begin());
    key.push_back(statement.column_value(static_cast<int>(column)));
  }
  Record& record = session_.adopt_row(*node.model, std::move(key));
  populate(record, statement, node.columns, offset, populate_existing_);
  session_.join_load_group(group, record);
  return record;
}

std::vector<Record*> RecordSink::take_root() {
  std::vector<Record*> distinct;
  std::unordered_set<const Record*> seen;
  for (Record* record : frames_.front().rows) {
    if (seen.insert(record).second) distinct.push_back(record);
  }
  return distinct;
}

}  // namespace vitrine
