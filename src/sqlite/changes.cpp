// Over sqlite3changeset: a walk over its bytes, and their application.
#include "sqlite/changes.h"

#include <sqlite3.h>

#include <algorithm>

#include "base/error.h"
#include "sqlite/savepoint.h"
#include "sqlite/translate.h"

namespace vitrine {
namespace {

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
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
