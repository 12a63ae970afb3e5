// Over sqlite3session: one session that attaches tables when they are first written to, a walk over
// its bytes, and their application.
#include "sqlite/changes.h"

#include <sqlite3.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "base/check.h"
#include "base/error.h"
#include "sqlite/savepoint.h"
#include "sqlite/translate.h"

namespace vitrine {
namespace {

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

int filter(void* recorder, const char* table) {
  try {
    return static_cast<ChangeRecorder*>(recorder)->wants(table) ? 1 : 0;
  } catch (const std::exception&) {
    return 0;  // no memory for a table's name: see wants()
  }
}

void on_rollback(void* recorder) { static_cast<ChangeRecorder*>(recorder)->on_rollback(); }

int on_statement(unsigned, void* recorder, void*, void*) {
  static_cast<ChangeRecorder*>(recorder)->on_statement();
  return 0;
}

void check(int result, const char* doing) {
  if (result != SQLITE_OK) fail_sqlite(nullptr, result, doing);
}

Value copied(sqlite3_value* value) {
  const auto size = static_cast<std::size_t>(sqlite3_value_bytes(value));
  switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
      return static_cast<std::int64_t>(sqlite3_value_int64(value));
    case SQLITE_FLOAT:
      return sqlite3_value_double(value);
    case SQLITE_TEXT:
      return std::string(reinterpret_cast<const char*>(sqlite3_value_text(value)), size);
    case SQLITE_BLOB:
      return Bytes{std::string(static_cast<const char*>(sqlite3_value_blob(value)), size)};
    default:
      return Value();
  }
}

}  // namespace

ChangeRecorder::ChangeRecorder(Connection& connection, std::vector<std::string> tables,
                               std::int64_t max_bytes)
    : connection_(connection), tables_(std::move(tables)), max_bytes_(max_bytes) {
  if (!start()) fail_sqlite(nullptr, SQLITE_NOMEM, "recording changes");
  sqlite3_rollback_hook(connection_.handle(), vitrine::on_rollback, this);
  sqlite3_trace_v2(connection_.handle(), SQLITE_TRACE_STMT, vitrine::on_statement, this);
}

ChangeRecorder::~ChangeRecorder() {
  stop();
  sqlite3_rollback_hook(connection_.handle(), nullptr, nullptr);
  sqlite3_trace_v2(connection_.handle(), 0, nullptr, nullptr);
}

// False, and stopped, when there is no memory.
bool ChangeRecorder::start() noexcept {
  int result = sqlite3session_create(connection_.handle(), "main", &session_);
  int measured = 1;
  if (result == SQLITE_OK && !full_) {
    result = sqlite3session_object_config(session_, SQLITE_SESSION_OBJCONFIG_SIZE, &measured);
  }
  if (result == SQLITE_OK) result = sqlite3session_attach(session_, nullptr);
  if (result != SQLITE_OK) {
    stop();
    return false;
  }
  sqlite3session_table_filter(session_, filter, this);
  return true;
}

void ChangeRecorder::stop() noexcept {
  if (session_ != nullptr) sqlite3session_delete(session_);
  session_ = nullptr;
}

void ChangeRecorder::reset() noexcept {
  stop();
  written_.clear();
  full_ = false;
  full_ = !start();
}

bool ChangeRecorder::is_empty() const {
  if (session_ == nullptr) return false;
  return full_ ? written_.empty() : sqlite3session_isempty(session_) != 0;
}

const std::vector<std::string>& ChangeRecorder::written_tables() const {
  return session_ == nullptr ? tables_ : written_;
}

// Asked when a table is first written to; a full recorder declines, so that it is asked again with
// each row.
bool ChangeRecorder::wants(const char* table) {
  if (!contains(tables_, table)) return false;
  if (!contains(written_, table)) written_.emplace_back(table);
  return !full_;
}

// A recorder that is not full compares rows with what they were: it needs not be told.
void ChangeRecorder::on_rollback() {
  if (full_) written_.clear();
}

// Rows give their memory back when there are too many.
void ChangeRecorder::on_statement() noexcept {
  if (full_ || sqlite3session_changeset_size(session_) <= max_bytes_) return;
  full_ = true;
  stop();
  start();
}

std::string ChangeRecorder::changeset() {
  VITRINE_CHECK(!full_);
  int size = 0;
  void* bytes = nullptr;
  const int result = sqlite3session_changeset(session_, &size, &bytes);
  const std::unique_ptr<void, void (*)(void*)> owned(bytes, sqlite3_free);
  check(result, "recording changes");
  return std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

ChangeReader::ChangeReader(std::string_view changeset) {
  // SQLite only reads, but its interface asks for a pointer to what could change.
  void* bytes = const_cast<char*>(changeset.data());
  check(sqlite3changeset_start(&iterator_, static_cast<int>(changeset.size()), bytes),
        "reading changes");
}

ChangeReader::~ChangeReader() { sqlite3changeset_finalize(iterator_); }

bool ChangeReader::next() {
  const int result = sqlite3changeset_next(iterator_);
  if (result == SQLITE_DONE) return false;
  if (result != SQLITE_ROW) fail_sqlite(nullptr, result, "reading changes");
  const char* table = nullptr;
  int operation = 0;
  unsigned char* key_columns = nullptr;
  sqlite3changeset_op(iterator_, &table, &column_count_, &operation, nullptr);
  sqlite3changeset_pk(iterator_, &key_columns, nullptr);
  key_columns_ = key_columns;
  table_ = table;
  kind_ = operation == SQLITE_INSERT   ? ChangeKind::inserted
          : operation == SQLITE_DELETE ? ChangeKind::deleted
                                       : ChangeKind::updated;
  return true;
}

std::optional<Value> ChangeReader::old_value(int column) const {
  sqlite3_value* value = nullptr;
  if (kind_ != ChangeKind::inserted) sqlite3changeset_old(iterator_, column, &value);
  return value == nullptr ? std::nullopt : std::optional(copied(value));
}

std::optional<Value> ChangeReader::new_value(int column) const {
  sqlite3_value* value = nullptr;
  if (kind_ != ChangeKind::deleted) sqlite3changeset_new(iterator_, column, &value);
  return value == nullptr ? std::nullopt : std::optional(copied(value));
}

namespace {

// What the callbacks of one application share.
struct Application {
  const std::vector<std::string>& tables;
  std::optional<ChangeConflict> conflict;

  // Keeps the first.
  void note(Misfit misfit, const char* table) {
    if (!conflict) conflict = ChangeConflict{misfit, table == nullptr ? "" : table};
  }
};

Misfit misfit_of(int conflict) {
  switch (conflict) {
    case SQLITE_CHANGESET_DATA:
      return Misfit::changed;
    case SQLITE_CHANGESET_NOTFOUND:
      return Misfit::missing;
    case SQLITE_CHANGESET_FOREIGN_KEY:
      return Misfit::foreign_key;
    default:
      return Misfit::taken;
  }
}

int refuse(void* context, int conflict, sqlite3_changeset_iter* change) {
  const char* table = nullptr;
  int columns = 0;
  int operation = 0;
  // A changeset that is refused for its foreign keys stands at no row.
  if (conflict != SQLITE_CHANGESET_FOREIGN_KEY) {
    sqlite3changeset_op(change, &table, &columns, &operation, nullptr);
  }
  static_cast<Application*>(context)->note(misfit_of(conflict), table);
  return SQLITE_CHANGESET_ABORT;
}

// What SQLite skips is not applied, so its caller has to undo the rest.
int is_allowed(void* context, const char* table) {
  auto& application = *static_cast<Application*>(context);
  if (contains(application.tables, table)) return 1;
  application.note(Misfit::no_table, table);
  return 0;
}

// The file's own triggers are off while it lives; temporary ones run.
class TriggersOff {
 public:
  explicit TriggersOff(sqlite3* handle) : handle_(handle) {
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_TRIGGER, -1, &were_on_);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  }
  ~TriggersOff() { sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_TRIGGER, were_on_, nullptr); }
  TriggersOff(const TriggersOff&) = delete;
  TriggersOff& operator=(const TriggersOff&) = delete;

 private:
  sqlite3* handle_;
  int were_on_ = 1;
};

}  // namespace

std::optional<ChangeConflict> apply_changes(Connection& connection, std::string_view changeset,
                                            ChangeDirection direction,
                                            const std::vector<std::string>& tables) {
  Application application{tables, {}};
  Savepoint whole(connection, "vitrine_apply");
  const TriggersOff triggers_off(connection.handle());
  const int reverse = direction == ChangeDirection::reverse ? SQLITE_CHANGESETAPPLY_INVERT : 0;
  const int result = sqlite3changeset_apply_v2(
      connection.handle(), static_cast<int>(changeset.size()), const_cast<char*>(changeset.data()),
      is_allowed, refuse, &application, nullptr, nullptr,
      reverse | SQLITE_CHANGESETAPPLY_NOSAVEPOINT | SQLITE_CHANGESETAPPLY_FKNOACTION);
  if (application.conflict) return application.conflict;
  if (result != SQLITE_OK) fail_sqlite(connection.handle(), result, "applying changes");
  whole.release();
  return std::nullopt;
}

}  // namespace vitrine
