// UnitOfWork: one flush. It works out what to write from what the objects have become, then writes
// it in an order that the foreign keys and the unique constraints accept:
//   values in the way are freed, rows inserted (parents first), rows updated, links of many-to-many
//   relations removed and added, rows deleted (children first, one statement per model).
// All of it happens, or none: a failure puts rows and objects back to before the flush.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <unordered_set>
#include <vector>

#include "orm/session/session.h"

namespace vitrine {

class UnitOfWork {
 public:
  // `automatic`: nobody asked for this flush. It then leaves orphans as they are, where it can:
  // they may be on their way to another parent.
  UnitOfWork(Session& session, bool automatic)
      : session_(session), automatic_(automatic), marked_before_(session.marked_.size()) {}

  // Finds what there is to write; false when there is nothing.
  bool collect();
  // Writes it. Fails as the database or the checks of values fail, naming the object; what it wrote
  // is then undone.
  void run();
  // Puts the objects back to before collect(), after either has failed.
  void undo();

 private:
  class Freeing;
  struct Undo {
    Record* record;
    std::size_t column;
    Record::ColumnSlot before;
  };
  // A child that lost its parent, because that is deleted.
  struct Parted {
    Record* parent;
    const Relationship* relationship;
    Record* child;
  };
  // A row in the table of a many-to-many relation.
  struct Link {
    const Relationship* relationship;
    Record* owner;
    Record* other;
    bool operator<(const Link& to) const {
      return std::tie(relationship, owner, other) < std::tie(to.relationship, to.owner, to.other);
    }
  };

  void collect_orphans();
  bool waits(const Record* record) const { return waiting_.count(record) > 0; }
  void collect_inserts();
  void collect_links(Record& record);
  void nullify_children();
  void nullify(const std::vector<Record*>& parents, const Relationship& relationship);
  void write();
  // Frees every unique value that one object of the flush takes over from another. Deleted rows go
  // at once, where no surviving row still refers to them; other values are parked: replaced, until
  // the row's own update or delete comes, by one that nobody uses.
  void free_values();
  void write_insert(Record& record);
  void write_update(Record& record);
  void check_trees();
  void check_tree(const Relationship& relationship);
  void write_links();
  void write_deletes(const std::vector<Record*>& records);
  void fill_in(Record& record);
  void resolve_keys(Record& record);
  void assign(Record& record, std::size_t column, Value value);
  void finish();
  void finish_inserted(Record& record);
  void leave_parents(Record& record);
  void finish_deleted(Record& record);
  void mark_clean(Record& record);

  Session& session_;
  const bool automatic_;
  const std::size_t marked_before_;            // what came after it in the session's marks is ours
  std::unordered_set<const Record*> waiting_;  // orphans that a later flush deletes
  std::vector<Record*> inserts_;
  std::vector<Record*> updates_;
  std::vector<Record*> updated_;
  std::vector<Record*> deletes_;
  std::vector<Record*> touched_;
  std::set<Link> added_links_;
  std::set<Link> removed_links_;
  std::vector<Undo> undo_;
  std::vector<Parted> parted_;
  std::vector<Record*> dropped_;
  bool deletes_written_ = false;
};

}  // namespace vitrine
