// Session: its sets of objects, queries and events. Loading, transactions and cascades have files
// of their own; flushing is UnitOfWork.
#include "orm/session/session.h"

#include <algorithm>

#include "orm/session/check_value.h"
#include "orm/session/failures.h"
#include "orm/session/loader.h"
#include "orm/session/search_index.h"
#include "orm/session/unit_of_work.h"

namespace vitrine {
namespace {

[[noreturn]] void fail_not_found(const Model& model, const char* reason, std::string message) {
  Failure failure;
  failure.code = Code::not_found;
  failure.reason = reason;
  failure.model = model.name;
  failure.message = std::move(message);
  fail(std::move(failure));
}

}  // namespace

Session::Session(Connection& connection, const Registry& registry, SessionOptions options,
                 std::shared_ptr<RecordStore> store)
    : connection_(connection),
      registry_(registry),
      options_(options),
      store_(store ? std::move(store) : std::make_shared<RecordStore>()),
      levels_(1) {
  if (registry.is_resolved()) return;
  fail(Code::state, "The registry is not resolved: call resolve() when all models are declared.");
}

// What was not committed is undone; objects that outlive the session (in a shared store) are
// detached.
Session::~Session() {
  connection_.undo_transaction();
  expunge_all();
}

void Session::flush() { flush(false); }

// False when there was nothing to write, as of write_changes().
bool Session::flush(bool automatic) {
  if (flushing_) return false;
  flushing_ = true;
  bool written = false;
  try {
    emit(Event::before_flush);
    written = write_changes(automatic);
    if (written) emit(Event::after_flush);
  } catch (...) {
    flushing_ = false;
    throw;
  }
  flushing_ = false;
  return written;
}

bool Session::has_changes() const {
  return !pending_.empty() || !dirty_.empty() || !marked_.empty();
}

bool Session::write_changes(bool automatic) {
  if (!has_changes()) return false;
  const bool was_open = connection_.in_transaction();
  UnitOfWork work(*this, automatic);
  try {
    if (!work.collect()) return false;
    work.run();
  } catch (...) {
    work.undo();
    // SQLite may have given up all of the transaction: the disk is full, no memory is left.
    if (was_open && !connection_.in_transaction()) rollback();
    throw;
  }
  return true;
}

void Session::autoflush_now() {
  if (flushing_ || !has_changes()) return;
  try {
    flush(true);
  } catch (Error& error) {
    error.failure().message +=
        " (raised by an autoflush: the query wrote pending changes before it ran)";
    throw;
  }
}

void Session::note_change(Record& record) {
  if (record.listed_dirty || record.state() != ObjectState::persistent) return;
  record.listed_dirty = true;
  dirty_.push_back(&record);
}

std::vector<Record*> Session::dirty() const {
  std::vector<Record*> changed;
  for (Record* record : dirty_) {
    if (record->is_changed() && !record->marked_deleted) changed.push_back(record);
  }
  return changed;
}

std::vector<Record*> Session::deleted() const { return marked_; }

Record* Session::get(const Model& model, const std::vector<Value>& key) {
  const InStep in_step(*this);
  if (key.size() != model.primary_key.size()) {
    Failure failure;
    failure.code = Code::validation;
    failure.reason = "invalid_request";
    failure.model = model.name;
    failure.message = "The key of " + model.name + " has " +
                      std::to_string(model.primary_key.size()) + " parts, got " +
                      std::to_string(key.size()) + ".";
    fail(std::move(failure));
  }
  for (std::size_t i = 0; i < key.size(); ++i) check_key_part(model, model.primary_key[i], key[i]);
  if (Record* known = identity_map_.find(model, key))
    return is_still_there(*known) ? known : nullptr;
  if (autoflush()) autoflush_now();
  return read_one(model, model.primary_key, key);
}

Record* Session::find_unique(const Model& model, std::size_t column, const Value& value) {
  const InStep in_step(*this);
  if (autoflush()) autoflush_now();
  return read_one(model, {column}, {value});
}

Record* Session::read_one(const Model& model, const std::vector<std::size_t>& where_columns,
                          const std::vector<Value>& values) {
  std::vector<std::size_t> columns(model.columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i) columns[i] = i;
  Borrowed statement = connection_.prepare(row_texts_.select(model, where_columns));
  statement->bind_all(values);
  if (!statement->step()) return nullptr;
  std::vector<Value> stored_key;
  for (const std::size_t column : model.primary_key) {
    stored_key.push_back(statement->column_value(static_cast<int>(column)));
  }
  Record& record = adopt_row(model, std::move(stored_key));
  populate(record, *statement, columns, 0, false);
  return &record;
}

// An object that is expired is only known to have been there once.
bool Session::is_still_there(Record& record) {
  if (knows_row(record)) return true;
  try {
    load_columns(record);
  } catch (const Error& error) {
    if (error.failure().reason != "object_deleted") throw;
    lose_row(record);
  }
  return record.state() == ObjectState::persistent;
}

bool Session::knows_row(const Record& record) {
  const auto& columns = record.model().columns;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].is_stored() && !record.slot(i).loaded) return false;
  }
  return true;
}

void Session::lose_row(Record& record) {
  identity_map_.erase(record);
  std::erase(dirty_, &record);
  record.listed_dirty = false;
  unmark(record);
  record.set_life(ObjectState::deleted, this);
  levels_.back().deleted.push_back(&record);
}

std::vector<Record*> Session::all(const Select& select, bool populate_existing) {
  const InStep in_step(*this);
  if (autoflush()) autoflush_now();
  const Plan plan = compile(registry_, select);
  prepare_search(connection_, select);
  RecordSink sink(*this, populate_existing);
  execute(connection_, plan, sink);
  std::vector<Record*> records = sink.take_root();
  forbid(records, select.includes);
  return records;
}

// Marks the relations that a request forbids to load, at every depth.
void Session::forbid(const std::vector<Record*>& records, const std::vector<Include>& includes) {
  if (records.empty()) return;
  for (const Include& include : includes) {
    const Relationship& relationship = records.front()->model().relationship(include.relation);
    std::vector<Record*> related;
    for (Record* record : records) {
      Record::RelationSlot& slot = record->slot(relationship);
      if (include.strategy == LoadStrategy::forbidden) slot.forbidden = !slot.loaded;
      related.insert(related.end(), slot.members.begin(), slot.members.end());
      if (slot.target) related.push_back(slot.target);
    }
    forbid(related, include.select.includes);
  }
}

Record& Session::require(const Model& model, const std::vector<Value>& key) {
  if (Record* record = get(model, key)) return *record;
  std::string shown;
  for (const Value& part : key) shown += (shown.empty() ? "" : ", ") + part.describe();
  fail_not_found(model, "not_found", "There is no " + model.name + " with the key " + shown + ".");
}

Record& Session::one(const Select& select) {
  if (Record* record = one_or_none(select)) return *record;
  fail_not_found(*select.model, "not_found", "No " + select.model->name + " fits the request.");
}

Record* Session::one_or_none(const Select& select) {
  Select limited = select;
  if (!limited.limit) limited.limit = 2;
  const std::vector<Record*> records = all(limited);
  if (records.size() > 1) {
    fail_not_found(*select.model, "multiple_found",
                   "More than one " + select.model->name +
                       " fits the request; narrow it, or ask for the first.");
  }
  return records.empty() ? nullptr : records.front();
}

std::int64_t Session::count(const Select& select) {
  const InStep in_step(*this);
  if (autoflush()) autoflush_now();
  const Sql sql = compile_count(registry_, select);
  prepare_search(connection_, select);
  const Rows rows = step_all(sql);
  return *rows.at(0).at(0).integer();
}

bool Session::exists(const Select& select) {
  const InStep in_step(*this);
  if (autoflush()) autoflush_now();
  const Sql sql = compile_exists(registry_, select);
  prepare_search(connection_, select);
  const Rows rows = step_all(sql);
  return *rows.at(0).at(0).integer() != 0;
}

Session::Rows Session::columns(const Select& select, const std::vector<Path>& paths) {
  const InStep in_step(*this);
  if (autoflush()) autoflush_now();
  const Sql sql = compile_columns(registry_, select, paths);
  prepare_search(connection_, select);
  return step_all(sql);
}

Session::Rows Session::aggregate(const Aggregate& request) {
  return read(compile_aggregate(registry_, request));
}

Session::Rows Session::read(const Sql& sql) {
  const InStep in_step(*this);
  if (autoflush()) autoflush_now();
  return step_all(sql);
}

Session::Rows Session::step_all(const Sql& sql) {
  Borrowed statement = connection_.prepare(sql.text);
  statement->bind_all(sql.parameters);
  Rows rows;
  while (statement->step()) {
    std::vector<Value>& row = rows.emplace_back();
    for (int i = 0; i < statement->column_count(); ++i) row.push_back(statement->column_value(i));
  }
  return rows;
}

Session::Rows Session::sql(std::string_view text, const std::vector<Value>& parameters) {
  const InStep in_step(*this);
  const bool reads = connection_.prepare(text)->read_only();
  if (reads) return step_all({std::string(text), parameters});
  ensure_transaction();
  connection_.run(text, parameters);
  return {};
}

Borrowed Session::prepare(std::string_view text) {
  Borrowed statement = connection_.prepare(text);
  if (!statement->read_only()) ensure_transaction();
  return statement;
}

void Session::run(Statement& statement) {
  const InStep in_step(*this);
  while (statement.step()) {
  }
}

void Session::on(Event event, std::function<void(Session&)> listener) {
  listeners_.emplace_back(event, std::move(listener));
}

void Session::emit(Event event) {
  for (const auto& [wanted, listener] : listeners_) {
    if (wanted == event) listener(*this);
  }
}

}  // namespace vitrine
