// History: the transactions that can be undone, kept in the catalog's file so that they survive it
// being closed, and what the last commit changed. The bytes of pictures are no part of it: they
// never change, and stay as long as a step speaks of them.
//
// A step is one transaction, whoever made it: objects, set-based writes, SQL. It is stored in the
// transaction that it is about, so that there is never one without the other.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "orm/session/session.h"
#include "sqlite/change_recorder.h"
#include "sqlite/changes.h"

namespace vitrine {

class History {
 public:
  // As many steps as somebody would go back one by one.
  static constexpr std::int64_t kMaxSteps = 100;
  // How many more there may be before the oldest go: to look for one of them with each step would
  // cost as much as to store it.
  static constexpr std::int64_t kSpareSteps = 20;
  // Some ten thousand rows: an import by hand can be undone, and filling a catalog costs nothing.
  static constexpr std::int64_t kMaxStepBytes = 1 << 20;
  // What a small catalog's file may grow by; the oldest steps go when there is more.
  static constexpr std::int64_t kMaxBytes = 8 << 20;
  // Whoever wants to know of more rows than this reads the table again.
  static constexpr std::size_t kMaxKeys = 1'000;

  // All of these outlive it.
  History(Connection& connection, Session& session, const Registry& registry);
  History(const History&) = delete;
  History& operator=(const History&) = delete;

  // The table that it needs in the file; made with the first step where it is missing.
  static constexpr const char* kTable = "vitrine_history";
  static const char* table_sql();

  // Makes a step of what the open transaction wrote. The last thing to be done in it: its commit is
  // to follow at once.
  void seal();
  // Makes a step of what was written and committed without that, if anything was.
  void settle();
  // All data was exchanged underneath.
  void replaced();
  // A statement may be about to alter tables; if it does, no step is kept.
  void expect_alteration() { may_be_altered_ = true; }

  // Takes the last step back, or does the last one taken back again, and gives that step. A failure
  // changes nothing: STATE, with a reason of docs/undo.md. Objects are read again.
  Json undo() { return move(ChangeDirection::reverse); }
  Json redo() { return move(ChangeDirection::forward); }
  // { undo: [step], redo: [step] }, each in the order in which they would be taken;
  // step = { made_at, undoable, changes: { table: { created, updated, deleted } } }.
  Json steps() const;
  // The contents (sha256) that the pictures of any step have, and of what is under way: not to be
  // swept away.
  std::vector<std::string> contents();

  // As ChangeRecorder has them.
  bool records(std::string_view table) const { return recorder_.records(table); }
  std::int64_t deletions(std::string_view table) const { return recorder_.deletions(table); }

  // To stand while rows with so many bytes of texts and blobs are inserted into a table.
  ChangeRecorder::Flood flood(std::string_view table, std::size_t bytes) {
    return {recorder_, table, bytes};
  }

  // How often something was committed that changed rows.
  std::int64_t commits() const { return commits_; }
  // The rows that the last such commit changed: { table: [key] }, or "all" instead of too many.
  Json changes() const;

 private:
  struct Step;
  struct Totals {
    struct Kept {
      std::int64_t id = 0;
      std::int64_t bytes = 0;
    };
    bool known = false;
    std::vector<Kept> steps;  // the oldest first
    std::int64_t bytes = 0;
    bool any_undone = false;

    void add(std::int64_t id, std::int64_t size_bytes);
    std::int64_t next_id() const { return steps.empty() ? 1 : steps.back().id + 1; }
  };

  void committed();
  void rolled_back();
  void store(const std::string* changeset);
  void insert(const std::string* changeset);
  void trim();
  void load_totals();
  bool has_table() const;
  std::int64_t fingerprint();
  void drop_altered();
  Json move(ChangeDirection direction);
  Step next(ChangeDirection direction);
  void apply(const Step& step, ChangeDirection direction);
  static Step read_step(Statement& row);
  static Json described(const Step& step);
  void add_contents(std::string_view changeset, std::vector<std::string>& contents) const;
  std::vector<std::string> columns_of(std::string_view table) const;

  Connection& connection_;
  Session& session_;
  const Registry& registry_;
  std::vector<std::string> tables_;
  ChangeRecorder recorder_;
  Totals totals_;
  std::int64_t fingerprint_ = 0;  // of the tables, at the last commit
  bool may_be_altered_ = false;

  // What a commit changed: a changeset, or where that would be too long, the tables.
  struct Changed {
    std::string changeset;
    std::vector<std::string> tables;
    bool is_empty() const { return changeset.empty() && tables.empty(); }
  };
  Changed sealed_;  // of the commit that is under way
  Changed last_;
  std::int64_t commits_ = 0;
};

}  // namespace vitrine
