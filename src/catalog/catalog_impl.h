// What a Catalog holds, and Unit: how each of its writes begins and ends. Private to the room.
#pragma once

#include <optional>

#include "catalog/catalog.h"
#include "catalog/history.h"
#include "catalog/page_marks.h"
#include "orm/session/nested_write.h"

namespace vitrine {

// A number or text as JSON; NULL and bytes, which JSON has no form for, as null.
Json json_of(const Value& value);
// The key of an object as `get` takes it.
Json key_of(const Record& record);

// A refusal of SQLite names the table; people know the model.
void name_model(const Registry& registry, Failure& failure);

// What the request's `where` asks for.
std::optional<Filter> read_where(const Registry& registry, const Model& model, const Json& request);
// What has this key.
Filter key_filter(const Model& model, const Key& key);
// Says which key it is that nothing has; a key that is none is refused instead.
[[noreturn]] void fail_missing(const Model& model, const Json& key);

// A kept list of which pages are read, in the order of its key.
struct LeafedList {
  std::size_t offset;  // its place among the values
  std::size_t key_column;
  KeptPlan further;  // the rows behind a key, which is the value after those of the list
  PageMarks marks;
};

// A find or a get whose values are given when it runs.
struct KeptRead {
  Select select;
  Json key;  // with its marks; of a get
  bool is_get = false;
  std::size_t count = 0;  // of values
  KeptPlan plan;
  std::optional<LeafedList> leafed;
};

// How a row with a key of whole numbers is read after it was written.
struct KeptReadBack {
  const Model* model;
  Json request;
  Select select;
  KeptPlan plan;
};

struct Catalog::Impl {
  // On a connection whose tables are those of the schema, which outlives it.
  Impl(const CatalogSchema& known, Connection opened);
  // On one whose tables are to be made or checked first.
  static std::unique_ptr<Impl> of_file(const CatalogSchema& known, Connection opened);

  // Whether SQLite has undone the transaction that begin() opened: it does so by itself when it
  // has no memory, no room or no storage.
  bool lost_transaction() const { return depth > 0 && !connection.in_transaction(); }
  // Fails then, so that the rest of the transaction is not kept without its beginning. STATE.
  void check_transaction() const;
  // SQL that ran after that was kept by itself: a step like others, unless storage fails again.
  void keep_later_work() noexcept;
  // Ends the session's transaction, with what it changed as a step of the history.
  void commit();
  // Whether the models' tables are those that this version makes, and have no triggers.
  bool are_own_tables();
  // Whether deleting rows of the model, and counting them, can be left to the database, which loads
  // none of them: whether the tables themselves cascade as the relationships say.
  bool erases(const Model& model);
  // Leaves it to the database, and counts what it deleted.
  std::vector<Removal> erase(const Model& model, const std::optional<Filter>& where);
  // The plan kept for rows of `model` read so; nullptr when it cannot be kept.
  KeptReadBack* read_back_of(const Model& model, const Json& request);

  const CatalogSchema& schema;
  const Registry& registry;
  Connection connection;
  Session session;
  History history;
  std::optional<Value> schema_version;  // for which has_own_tables holds
  bool has_own_tables = false;
  int depth = 0;     // of begin() without its end
  int attached = 0;  // pictures, since contents were last swept
  // The outermost begin() found a transaction that was begun in SQL, and is a savepoint in it.
  bool joined = false;
  std::vector<std::unique_ptr<KeptRead>> kept;
  std::vector<KeptReadBack> kept_read_backs;  // the oldest first
};

// One unit of work: all of it, or nothing. Unless commit() was reached, what was done is undone.
class Catalog::Unit {
 public:
  explicit Unit(Impl& impl);
  Unit(const Unit&) = delete;
  Unit& operator=(const Unit&) = delete;
  ~Unit();

  // When that fails, the work is undone after all.
  void commit();
  // Commits it; a dry run does all of it, to know whether it can be done, and has it undone.
  void end(DryRun dry_run);
  Session& session() { return impl_.session; }

 private:
  void undo() noexcept;

  Impl& impl_;
  bool nested_;
  bool ended_ = false;
};

}  // namespace vitrine
