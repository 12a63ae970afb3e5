// Session: a unit of work over one connection, as SQLAlchemy's: objects are loaded once each,
// changed in memory, and written by flush() in the order that the foreign keys ask for.
//
// A transaction begins with the first write and ends with commit() or rollback(). A flush that
// fails undoes itself alone: the transaction stays usable and the objects keep their pending
// changes.
//
// Invariants (verify() checks them by number; 1-3 are those of record.h):
//   (4) A key names at most one record, so two loads of it yield one object.
//   (5) Every persistent record is in the identity map under its key, and no other.
//   (6) Every pending record is in pending(), once; every changed persistent record is in dirty().
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "orm/query/compile.h"
#include "orm/query/select.h"
#include "orm/session/identity_map.h"
#include "orm/session/record_store.h"
#include "orm/session/row_texts.h"
#include "sqlite/connection.h"

namespace vitrine {

class NewRows;

namespace declare {
class Entity;
template <class T>
class Query;
}  // namespace declare

struct SessionOptions {
  bool autoflush = true;         // flush before every query and every load
  bool expire_on_commit = true;  // after a commit, objects are read again when they are used
};

class Session {
 public:
  // `connection` and `registry` must outlive the session. `store` keeps the objects; sessions that
  // exchange objects share one. STATE when the registry is not resolved.
  Session(Connection& connection, const Registry& registry, SessionOptions options = {},
          std::shared_ptr<RecordStore> store = nullptr);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session();

  const Registry& registry() const { return registry_; }
  Connection& connection() { return connection_; }
  RecordStore& store() { return *store_; }

  // A new transient object of `model`; it belongs to the store, not yet to the session.
  Record& make(const Model& model) { return store_->make(model); }
  // Makes the object pending, with all it reaches by save-update; one that was marked for deletion
  // is no longer. STATE: other_session, object_deleted.
  void add(Record& record);
  // Marks for deletion, with all it reaches by delete; the number of statements depends on the
  // models, not on the rows. STATE, reason not_persisted, for an object never saved.
  void remove(Record& record);
  // The same for several objects, in as many statements as for one.
  void remove(const std::vector<Record*>& records);

  // The same verbs for declared classes; include orm/session/typed_query.h. get gives an empty
  // handle when there is no such object.
  template <class T>
  T make();
  template <class T, class... Parts>
  T get(Parts... parts);
  template <class T>
  declare::Query<T> query();
  void add(const declare::Entity& object);
  void remove(const declare::Entity& object);

  void flush();
  // Whether a flush that fails inside a transaction undoes itself, which costs two statements: it
  // does at first. Without, whoever began the transaction, or a savepoint in it, rolls that back.
  void undo_flushes(bool undo) { undoes_flushes_ = undo; }
  // Begins a transaction, where none is open yet; the first write would.
  void begin();
  // End the transaction with all savepoints in it. A commit that fails leaves it open, unless
  // SQLite has undone it: then the objects are rolled back as well.
  void commit();
  void rollback();
  // Nested transactions. begin_savepoint flushes first; release and rollback end the innermost one,
  // STATE when there is none. A rollback expires all objects.
  void begin_savepoint();
  void release_savepoint();
  void rollback_savepoint();
  std::size_t savepoint_depth() const { return levels_.size() - 1; }

  // By primary key, in key order; nullptr when there is none. VALIDATION, reason type_mismatch, for
  // a key that cannot be one: text for an integer, NULL.
  Record* get(const Model& model, const std::vector<Value>& key);
  // The object whose row has this value in a unique column, or nullptr; asks the database.
  Record* find_unique(const Model& model, std::size_t column, const Value& value);
  // As get; NOT_FOUND when there is none.
  Record& require(const Model& model, const std::vector<Value>& key);
  // The objects a request means, each once. `populate_existing` overwrites what is loaded.
  std::vector<Record*> all(const Select& select, bool populate_existing = false);
  // Exactly one; NOT_FOUND with reason not_found or multiple_found.
  Record& one(const Select& select);
  // One, or nullptr when none fits; NOT_FOUND, reason multiple_found, when several do.
  Record* one_or_none(const Select& select);
  std::int64_t count(const Select& select);
  bool exists(const Select& select);
  using Rows = std::vector<std::vector<Value>>;
  Rows columns(const Select& select, const std::vector<Path>& paths);
  Rows aggregate(const Aggregate& request);
  // Raw SQL in the session's transaction, which a write begins; does not flush.
  Rows sql(std::string_view text, const std::vector<Value>& parameters = {});
  // The same, to be bound and stepped by the caller, who ends the loan before the transaction ends.
  Borrowed prepare(std::string_view text);
  // Steps such a statement to its end.
  void run(Statement& statement);

  // How set-based writes treat loaded objects: fetch brings them up to date, none leaves them.
  enum class Synchronize { fetch, none };
  // A failure's path says which row it was: "[12].name". Gives the number of rows; one statement
  // writes thousands of cells. Where there are more, `is_own` is asked whether the tables are, word
  // for word, what ddl.h makes of the models, and have no triggers: parents are then looked up for
  // all rows of a statement at once.
  std::int64_t bulk_insert(const Model& model, NewRows& rows,
                           const std::function<bool()>& is_own = nullptr);
  void bulk_insert(const Model& model, const std::vector<std::vector<Assignment>>& rows);
  std::int64_t bulk_update(const Model& model, const std::optional<Filter>& where,
                           const std::vector<Assignment>& values, Synchronize synchronize);
  std::int64_t bulk_delete(const Model& model, const std::optional<Filter>& where,
                           Synchronize synchronize);

  // Forgets what is loaded: all of an object, or the named attributes.
  void expire(Record& record, const std::vector<std::string>& attributes = {});
  void expire_all();
  // Reads the row again now. STATE, reason object_deleted, when it is gone.
  void refresh(Record& record, const std::vector<std::string>& attributes = {});
  // Detaches one object with all it reaches by expunge, or everything.
  void expunge(Record& record);
  void expunge_all();
  // Copies `source` onto this session's object of the same key, or onto a new one; returns that.
  Record& merge(Record& source);
  // Detaches everything and frees the store: every reference to a record of it ends here.
  void clear();

  bool autoflush() const { return options_.autoflush && autoflush_paused_ == 0; }
  // While it lives, queries and loads do not flush.
  class NoAutoflush {
   public:
    explicit NoAutoflush(Session& session) : session_(session) { ++session_.autoflush_paused_; }
    ~NoAutoflush() { --session_.autoflush_paused_; }
    NoAutoflush(const NoAutoflush&) = delete;
    NoAutoflush& operator=(const NoAutoflush&) = delete;

   private:
    Session& session_;
  };

  // Events, in the order in which they were added. A listener of before_flush may change objects;
  // what one of after_flush changes is written by the next flush, and a commit makes sure of one.
  enum class Event { before_flush, after_flush, after_commit, after_rollback };
  void on(Event event, std::function<void(Session&)> listener);

  const std::vector<Record*>& pending() const { return pending_; }
  std::vector<Record*> dirty() const;
  std::vector<Record*> deleted() const;
  // The object that the last flush was writing when it ended: after a failure, the one it was
  // about.
  const Record* last_written() const { return current_; }
  const IdentityMap& identity_map() const { return identity_map_; }
  void verify() const;

  // --- For Record and the parts of the session. ---

  // Flushes when autoflush is on; the error says that an autoflush raised it.
  void autoflush_now();
  void note_change(Record& record);
  void load_columns(Record& record);
  // As load_columns, but without a flush, and false when the row has gone.
  bool load_if_there(Record& record);
  void load_relation(Record& record, const Relationship& relationship);
  // One statement for all of `records`; those that have it loaded already are passed over.
  void load_relation(std::span<Record* const> records, const Relationship& relationship);
  // What a delete must know of its parents: also what a request left out of a collection, or
  // forbade to load. Nothing where the database sees to it.
  void load_whole(const std::vector<Record*>& parents, const Relationship& relationship);
  // The object with that key if it is loaded; never asks the database.
  Record* find_loaded(const Model& model, std::span<const Value> key) const;
  // The loaded or new record for a key that a row just gave.
  Record& adopt_row(const Model& model, std::vector<Value> key);
  std::uint32_t begin_load_group();
  void join_load_group(std::uint32_t group, Record& record);
  void drop_pending(Record& record);

 private:
  friend class UnitOfWork;
  friend class Merge;
  // What a transaction or savepoint has done so far, for its rollback.
  struct Level {
    std::vector<Record*> inserted;
    std::vector<Record*> updated;
    std::vector<Record*> deleted;
  };

  // Keeps objects in step with rows while SQLite is asked: when that fails, and SQLite has undone
  // the whole transaction (no memory, no room, no storage), the objects are rolled back as well.
  class InStep {
   public:
    explicit InStep(Session& session);
    ~InStep();
    InStep(const InStep&) = delete;
    InStep& operator=(const InStep&) = delete;

   private:
    Session& session_;
    const int failures_;
    const int rollbacks_;
    const bool was_open_;
  };

  void ensure_transaction();
  Record* read_one(const Model& model, const std::vector<std::size_t>& columns,
                   const std::vector<Value>& values);
  bool flush(bool automatic);
  bool has_changes() const;
  bool write_changes(bool automatic);
  static void forbid(const std::vector<Record*>& records, const std::vector<Include>& includes);
  Rows read(const Sql& sql);
  Rows step_all(const Sql& sql);
  bool load_rows(const std::vector<Record*>& batch);
  std::vector<Record*> siblings(Record& record) const;
  static bool is_complete(const Record& record);
  bool resolve_at_hand(Record& record, const Relationship& relationship);
  const PlanChild& relation_plan(const Relationship& relationship);
  void add_one(Record& record);
  void unmark(Record& record);
  bool is_to_mark(Record& record);
  // What a delete reaches: rows to delete, and objects that were never saved.
  struct Reached {
    std::vector<Record*> stored;
    std::vector<Record*> pending;
    std::unordered_set<const Record*> seen;
  };
  // Marks for deletion; gives the objects that were dropped, because they were never saved.
  std::vector<Record*> mark_with_cascade(const std::vector<Record*>& roots);
  void load_expired(std::vector<Record*> records);
  std::vector<Record*> next_level(const std::vector<Record*>& level, Reached& reached);
  void reach(const std::vector<Record*>& parents, const Relationship& relationship,
             Reached& reached, std::vector<Record*>& next);
  void expire_record(Record& record);
  void restore(const Level& level);
  void undo_insert(Record& record);
  void expire_computed();
  bool is_still_there(Record& record);
  static bool knows_row(const Record& record);
  // The row of a loaded object has gone, by another way than a flush.
  void lose_row(Record& record);
  void lose_rows_gone(const Model& model);
  static void await_keys(Record& record);
  void release_pending();
  void emit(Event event);
  void detach(Record& record);

  Connection& connection_;
  const Registry& registry_;
  SessionOptions options_;
  std::shared_ptr<RecordStore> store_;
  IdentityMap identity_map_;
  std::vector<Record*> pending_;
  std::vector<Record*> dirty_;
  std::vector<Record*> marked_;
  std::vector<Level> levels_;
  std::vector<std::vector<Record*>> load_groups_;
  std::unordered_map<const Relationship*, PlanChild> relation_plans_;
  RowTexts row_texts_;
  std::vector<std::pair<Event, std::function<void(Session&)>>> listeners_;
  const Record* current_ = nullptr;
  int autoflush_paused_ = 0;
  bool undoes_flushes_ = true;
  int rollbacks_ = 0;  // how often everything was undone
  bool flushing_ = false;
};

}  // namespace vitrine
