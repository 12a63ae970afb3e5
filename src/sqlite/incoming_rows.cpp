// See the header. A table-valued function; SQLite calls it for each row and for each cell, so
// nothing here allocates but the cursor, and nothing throws.
#include "sqlite/incoming_rows.h"

#include <sqlite3.h>

#include <new>
#include <string>

#include "sqlite/statement.h"
#include "sqlite/translate.h"

namespace vitrine {
namespace {

// Declaring all the columns there may be takes a millisecond and 100 kB; tables have a few.
constexpr std::size_t kFewColumns = 64;
constexpr const char* kPointerType = "vitrine rows";

struct Table : sqlite3_vtab {
  int columns = 0;  // the argument is a hidden column after them
};

struct Cursor : sqlite3_vtab_cursor {
  const IncomingRows* source = nullptr;
  std::size_t row = 0;
};

Cursor& cursor_of(sqlite3_vtab_cursor* base) { return *static_cast<Cursor*>(base); }

int connect(sqlite3* handle, void* columns, int, const char* const*, sqlite3_vtab** made,
            char**) noexcept {
  try {
    const int count = *static_cast<const int*>(columns);
    std::string sql = "CREATE TABLE x(";
    for (int i = 0; i < count; ++i) sql += "c" + std::to_string(i) + ",";
    sql += "source HIDDEN)";
    const int result = sqlite3_declare_vtab(handle, sql.c_str());
    if (result != SQLITE_OK) return result;
    auto* table = new Table();
    table->columns = count;
    *made = table;
    return SQLITE_OK;
  } catch (const std::bad_alloc&) {
    return SQLITE_NOMEM;
  }
}

int disconnect(sqlite3_vtab* table) noexcept {
  delete static_cast<Table*>(table);
  return SQLITE_OK;
}

// There is one way to read it: all rows, given the argument.
int best_index(sqlite3_vtab* table, sqlite3_index_info* info) noexcept {
  for (int i = 0; i < info->nConstraint; ++i) {
    if (info->aConstraint[i].iColumn != static_cast<Table*>(table)->columns) continue;
    if (!info->aConstraint[i].usable) return SQLITE_CONSTRAINT;
    info->aConstraintUsage[i].argvIndex = 1;
    info->aConstraintUsage[i].omit = 1;
  }
  return SQLITE_OK;
}

int open(sqlite3_vtab*, sqlite3_vtab_cursor** made) noexcept {
  *made = new (std::nothrow) Cursor();
  return *made != nullptr ? SQLITE_OK : SQLITE_NOMEM;
}

int close(sqlite3_vtab_cursor* cursor) noexcept {
  delete static_cast<Cursor*>(cursor);
  return SQLITE_OK;
}

int filter(sqlite3_vtab_cursor* base, int, const char*, int count,
           sqlite3_value** values) noexcept {
  Cursor& cursor = cursor_of(base);
  cursor.row = 0;
  cursor.source =
      count == 0 ? nullptr
                 : static_cast<const IncomingRows*>(sqlite3_value_pointer(values[0], kPointerType));
  return SQLITE_OK;
}

int next(sqlite3_vtab_cursor* base) noexcept {
  ++cursor_of(base).row;
  return SQLITE_OK;
}

int at_end(sqlite3_vtab_cursor* base) noexcept {
  const Cursor& cursor = cursor_of(base);
  return cursor.source == nullptr || cursor.row >= cursor.source->rows ? 1 : 0;
}

int read_column(sqlite3_vtab_cursor* base, sqlite3_context* context, int column) noexcept {
  const Cursor& cursor = cursor_of(base);
  const auto place = static_cast<std::size_t>(column);
  if (place >= cursor.source->columns) return SQLITE_OK;
  const ValueView& cell = cursor.source->cells[cursor.row * cursor.source->columns + place];
  if (const auto* text = cell.text()) {
    // SQLITE_UTF8_ZT: a NUL follows, so that a CHECK need not copy the text to have one.
    sqlite3_result_text64(context, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8_ZT);
  } else if (const auto* integer = cell.integer()) {
    sqlite3_result_int64(context, *integer);
  } else if (const auto* real = cell.real()) {
    sqlite3_result_double(context, *real);
  } else if (const auto* bytes = cell.bytes()) {
    // SQLite takes a null pointer for NULL; no bytes are not NULL.
    const char* data = bytes->data() != nullptr ? bytes->data() : "";
    sqlite3_result_blob64(context, data, bytes->size(), SQLITE_STATIC);
  }
  return SQLITE_OK;
}

int read_rowid(sqlite3_vtab_cursor* base, sqlite3_int64* rowid) noexcept {
  *rowid = static_cast<sqlite3_int64>(cursor_of(base).row);
  return SQLITE_OK;
}

constexpr sqlite3_module make_module() {
  sqlite3_module module{};
  module.xConnect = connect;
  module.xBestIndex = best_index;
  module.xDisconnect = disconnect;
  module.xOpen = open;
  module.xClose = close;
  module.xFilter = filter;
  module.xNext = next;
  module.xEof = at_end;
  module.xColumn = read_column;
  module.xRowid = read_rowid;
  return module;
}

constexpr sqlite3_module kModule = make_module();
int few_columns = static_cast<int>(kFewColumns);
int all_columns = static_cast<int>(kMaxIncomingColumns);

void add(sqlite3* handle, std::size_t columns, int* declared) {
  const int result =
      sqlite3_create_module(handle, incoming_function(columns).data(), &kModule, declared);
  if (result != SQLITE_OK) fail_sqlite(handle, result, "adding incoming()");
}

}  // namespace

std::string_view incoming_function(std::size_t columns) {
  return columns <= kFewColumns ? "vitrine_rows" : "vitrine_wide_rows";
}

void add_incoming_rows(sqlite3* handle) {
  add(handle, kFewColumns, &few_columns);
  add(handle, kMaxIncomingColumns, &all_columns);
}

void bind_rows(Statement& statement, int parameter, const IncomingRows& rows) {
  // The function only reads, but SQLite's interface asks for a pointer to what could change.
  void* data = const_cast<IncomingRows*>(&rows);
  sqlite3_stmt* handle = statement.handle();
  const int result = sqlite3_bind_pointer(handle, parameter, data, kPointerType, nullptr);
  if (result != SQLITE_OK) fail_sqlite(sqlite3_db_handle(handle), result, statement.sql());
}

}  // namespace vitrine
