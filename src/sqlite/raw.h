// SQLite as sql.js shows it: databases of their own and statements of any connection, by result
// codes, with cells and parameters in one form that JavaScript reads and writes in place. Nothing
// throws here but open_raw(). Who opens a database closes it; who prepares a statement finalizes
// it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sqlite/row_cells.h"

struct sqlite3;
struct sqlite3_stmt;

namespace vitrine {

// SQLite's result codes that a caller tells apart.
constexpr int kRawOk = 0;
constexpr int kRawBusy = 5;
constexpr int kRawRow = 100;
constexpr int kRawDone = 101;

// What a cell, a parameter, an argument or a result is. The numbers are SQLite's storage classes.
// An integer that a double cannot hold exactly is a big one, and only read.
enum class RawKind : std::uint32_t { nothing, integer, real, text, blob, null, error, big };

// Sixteen bytes, whose layout docs/packets.md describes for JavaScript.
struct RawCell {
  RawKind kind;
  std::uint32_t size;  // of text and bytes
  union {
    double real;  // of integers too, unless they are big
    std::int64_t integer;
    const char* bytes;    // of text (UTF-8) and blobs
    std::uint32_t start;  // where they lie among those of a batch
  };
};
static_assert(sizeof(RawCell) == 16);

// A database of its own in memory, with SQLite's defaults: a new one, or with `image` what a file
// of `size` bytes holds, any bytes at all. The image came from raw_room() and is SQLite's from here
// on. A header that says WAL is read as a rollback-journal one. Fails with NOMEM.
sqlite3* open_raw(const char* name, char* image, std::size_t size);
// Adds the functions of sql.js. Fails with NOMEM.
void add_sqljs_functions(sqlite3* handle);
// Every statement has been finalized.
void close_raw(sqlite3* handle);

// Memory of SQLite: null when there is none.
char* raw_room(std::size_t size);
void free_raw(void* room);

// The message of the last failure; without a database, that of having no memory.
const char* raw_message(sqlite3* handle);
std::int64_t raw_changes(sqlite3* handle);

// The first statement of `text`, which ends at a NUL; `rest` is what follows it, or the text itself
// when it does not compile. `statement` is null when only comments and blanks were left.
int prepare_raw(sqlite3* handle, const char* text, sqlite3_stmt*& statement, const char*& rest);
// Runs every statement of `text` and drops the rows.
int run_raw(sqlite3* handle, const char* text);
int step_raw(sqlite3_stmt* statement);
// The same, and reads the row that it comes to into `room`. Where it is called again for the rows
// that follow, a table that is read from end to end is read without SQLite's interpreter, so that
// raw_row() does not know those rows. `is_plain` is true to begin with.
int step_raw_row(sqlite3_stmt* statement, std::vector<Cell>& room, bool& is_plain);
int reset_raw(sqlite3_stmt* statement);  // its bindings go too
// Begins the run anew, with the same bindings, and goes on to the row of that number (from 1).
void replay_raw(sqlite3_stmt* statement, std::uint32_t row);
int finalize_raw(sqlite3_stmt* statement);

// Sets a parameter, which copies what it is given. One that is not there: SQLite's code, but for
// null, which is then left aside, as in sql.js.
int bind_raw(sqlite3_stmt* statement, int parameter, const RawCell& value);
// Its name with the sign before it, or null; numbered from 1.
const char* raw_parameter(sqlite3_stmt* statement, int parameter);
int raw_parameter_count(sqlite3_stmt* statement);

int raw_column_count(sqlite3_stmt* statement);
const char* raw_column_name(sqlite3_stmt* statement, int column);
// The row it stands at, read into `room`: nothing before the first step. Text and bytes are good
// until the next one.
std::span<const Cell> raw_row(sqlite3_stmt* statement, std::vector<Cell>& room);
RawCell raw_cell(const Cell& cell);
// How often SQLite compiled it anew, which may have changed its columns.
int raw_compilations(sqlite3_stmt* statement);
// Whether running it leaves all databases as they are.
bool is_raw_read(sqlite3_stmt* statement);
// Null when there is none.
const char* raw_sql(sqlite3_stmt* statement, bool normalized);

// The main database as a file, or kRawBusy inside a write transaction. `bytes` is good until the
// next write; when `owned`, it goes with free_raw().
struct RawFile {
  char* bytes;
  std::size_t size;
  bool owned;
};
int export_raw(sqlite3* handle, RawFile& file);

// What JavaScript is called for.
enum class RawCall { function, step, finish, forget, change };
// Answers in cells[0]: its text or bytes are then raw_room() that becomes SQLite's. `context` is
// the same for each row of one run of an aggregate. Never throws.
using RawCaller = void (*)(RawCall call, std::uint32_t function, const void* context, int count,
                           RawCell* cells);
// Adds a function, or an aggregate, that calls `caller`, at the end with `forget`.
int add_raw_function(sqlite3* handle, const char* name, int arguments, bool aggregate,
                     std::uint32_t function, RawCaller caller);
// Calls `caller` with [operation, database, table, rowid] of each changed row; function 0 ends it.
void hook_raw(sqlite3* handle, std::uint32_t function, RawCaller caller);

}  // namespace vitrine
