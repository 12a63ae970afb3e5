// Plain calls of SQLite: what sql.js promises beyond them is the package's part.
#include "sqlite/raw.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>

#include "sqlite/database_image.h"
#include "sqlite/memory_image.h"
#include "sqlite/raw_value.h"
#include "sqlite/read_row.h"
#include "sqlite/translate.h"

namespace vitrine {
namespace {

constexpr std::int64_t kMaxExact = (std::int64_t{1} << 53) - 1;

// Bytes that are no database stay as they are.
void leave_wal(char* image, std::size_t size) {
  if (says_wal({image, size})) set_rollback_journal(image);
}

void set_integer(RawCell& cell, std::int64_t integer) {
  if (integer >= -kMaxExact && integer <= kMaxExact) {
    cell.real = static_cast<double>(integer);
  } else {
    cell.kind = RawKind::big;
    cell.integer = integer;
  }
}

}  // namespace

sqlite3* open_raw(const char* name, char* image, std::size_t size) {
  sqlite3_initialize();
  sqlite3* handle = nullptr;
  // SQLite's VFS of memory: a file of its own is then also what ATTACH finds under any name.
  int result = sqlite3_open_v2(name, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                               VITRINE_MEMORY_VFS);
  if (result == SQLITE_OK && image != nullptr) {
    leave_wal(image, size);
    const auto bytes = static_cast<sqlite3_int64>(size);
    result =
        sqlite3_deserialize(handle, "main", reinterpret_cast<unsigned char*>(image), bytes, bytes,
                            SQLITE_DESERIALIZE_RESIZEABLE | SQLITE_DESERIALIZE_FREEONCLOSE);
  } else if (image != nullptr) {
    sqlite3_free(image);
  }
  if (result == SQLITE_OK) return handle;
  sqlite3_close(handle);
  fail_sqlite(nullptr, result, "opening a database");
}

void close_raw(sqlite3* handle) { sqlite3_close_v2(handle); }

// Its memory is there once SQLite is initialized, which it need not be yet.
char* raw_room(std::size_t size) {
  sqlite3_initialize();
  return static_cast<char*>(sqlite3_malloc64(size));
}

void free_raw(void* room) { sqlite3_free(room); }

const char* raw_message(sqlite3* handle) { return sqlite3_errmsg(handle); }
std::int64_t raw_changes(sqlite3* handle) { return sqlite3_changes64(handle); }

int prepare_raw(sqlite3* handle, const char* text, sqlite3_stmt*& statement, const char*& rest) {
  statement = nullptr;
  rest = text;
  return sqlite3_prepare_v2(handle, text, -1, &statement, &rest);
}

int run_raw(sqlite3* handle, const char* text) {
  return sqlite3_exec(handle, text, nullptr, nullptr, nullptr);
}

int step_raw(sqlite3_stmt* statement) { return sqlite3_step(statement); }

int step_raw_row(sqlite3_stmt* statement, std::vector<Cell>& room, bool& is_plain) {
  if (read_next_row(statement, room, is_plain)) return SQLITE_ROW;
  const int result = sqlite3_step(statement);
  if (result == SQLITE_ROW) raw_row(statement, room);
  return result;
}

int reset_raw(sqlite3_stmt* statement) {
  sqlite3_clear_bindings(statement);
  return sqlite3_reset(statement);
}

void replay_raw(sqlite3_stmt* statement, std::uint32_t row) {
  sqlite3_reset(statement);
  while (row > 0 && sqlite3_step(statement) == SQLITE_ROW) --row;
}

int finalize_raw(sqlite3_stmt* statement) { return sqlite3_finalize(statement); }

int bind_raw(sqlite3_stmt* statement, int parameter, const RawCell& value) {
  switch (value.kind) {
    case RawKind::integer:
      return sqlite3_bind_int64(statement, parameter, static_cast<sqlite3_int64>(value.real));
    case RawKind::real:
      return sqlite3_bind_double(statement, parameter, value.real);
    case RawKind::text:
      return sqlite3_bind_text64(statement, parameter, value.bytes, value.size, SQLITE_TRANSIENT,
                                 SQLITE_UTF8);
    case RawKind::blob:
      return sqlite3_bind_blob64(statement, parameter, value.bytes, value.size, SQLITE_TRANSIENT);
    default:
      sqlite3_bind_null(statement, parameter);
      return SQLITE_OK;
  }
}

const char* raw_parameter(sqlite3_stmt* statement, int parameter) {
  return sqlite3_bind_parameter_name(statement, parameter);
}

int raw_parameter_count(sqlite3_stmt* statement) { return sqlite3_bind_parameter_count(statement); }

int raw_column_count(sqlite3_stmt* statement) { return sqlite3_column_count(statement); }

const char* raw_column_name(sqlite3_stmt* statement, int column) {
  return sqlite3_column_name(statement, column);
}

RawCell raw_cell(const Cell& cell) {
  RawCell raw;
  raw.kind = static_cast<RawKind>(cell.kind);
  raw.size = 0;
  raw.integer = 0;
  switch (cell.kind) {
    case StorageClass::text:
    case StorageClass::blob:
      raw.bytes = cell.data;
      raw.size = static_cast<std::uint32_t>(cell.size);
      break;
    case StorageClass::integer:
      set_integer(raw, cell.integer);
      break;
    case StorageClass::real:
      raw.real = cell.real;
      break;
    case StorageClass::null:
      break;
  }
  return raw;
}

RawCell raw_cell_of(sqlite3_value* value) {
  Cell cell;
  if (vitrine_read_value(value, &cell) == 0) cell.kind = StorageClass::null;
  return raw_cell(cell);
}

std::span<const Cell> raw_row(sqlite3_stmt* statement, std::vector<Cell>& room) {
  // The next step tells why they are missing.
  if (!read_row(statement, room)) std::fill(room.begin(), room.end(), Cell{StorageClass::null});
  return room;
}

bool is_raw_read(sqlite3_stmt* statement) { return sqlite3_stmt_readonly(statement) != 0; }

int raw_compilations(sqlite3_stmt* statement) {
  if (statement == nullptr) return 0;
  return sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_REPREPARE, 0);
}

const char* raw_sql(sqlite3_stmt* statement, bool normalized) {
  if (statement == nullptr) return nullptr;
  return normalized ? sqlite3_normalized_sql(statement) : sqlite3_sql(statement);
}

int export_raw(sqlite3* handle, RawFile& file) {
  if (sqlite3_txn_state(handle, "main") == SQLITE_TXN_WRITE) return SQLITE_BUSY;
  sqlite3_int64 size = 0;
  unsigned char* bytes = sqlite3_serialize(handle, "main", &size, SQLITE_SERIALIZE_NOCOPY);
  if (size == 0) {
    // A database that nothing was ever written to has no page yet.
    const int result = run_raw(handle, "PRAGMA main.user_version = 0");
    if (result != SQLITE_OK) return result;
    bytes = sqlite3_serialize(handle, "main", &size, SQLITE_SERIALIZE_NOCOPY);
  }
  file.owned = bytes == nullptr;
  if (file.owned) bytes = sqlite3_serialize(handle, "main", &size, 0);
  if (bytes == nullptr) return SQLITE_NOMEM;
  file.bytes = reinterpret_cast<char*>(bytes);
  file.size = static_cast<std::size_t>(size);
  leave_wal(file.bytes, file.size);
  return SQLITE_OK;
}

}  // namespace vitrine
