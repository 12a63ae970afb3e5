// The names by which the package's sql.js interface calls the module: plain numbers in and out, so
// that a call costs nanoseconds. What is more than a number lies in memory, at the address that
// rawExchange() names. docs/packets.md has the layout; nothing is decided here.
#include <emscripten/emscripten.h>
#include <emscripten/stack.h>

#include <cstdint>
#include <exception>
#include <new>

#include "bindings/open_catalogs.h"
#include "bindings/raw_rows.h"

using namespace vitrine;

// clang-format off
EM_JS(int, vitrine_raw_call, (int call, int target, int context, int count, int cells), {
  try {
    Module["rawCall"](call, target, context, count, cells);
    return 0;
  } catch (error) {
    return 1;
  }
});
// clang-format on

namespace {

// What a call answers beside its number.
struct Exchange {
  std::uint32_t first = 0;
  std::uint32_t second = 0;
  std::uint32_t third = 0;
  std::uint32_t fourth = 0;
  std::uint32_t fifth = 0;
  std::uint32_t sixth = 0;
};

Exchange exchange;
RawRows shared_rows;

template <class Pointer>
std::uint32_t address(Pointer pointer) {
  return static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(pointer));
}

std::uint32_t word(std::size_t number) { return static_cast<std::uint32_t>(number); }

// What JavaScript could not even refuse is a failure without words.
void call_javascript(RawCall call, std::uint32_t target, const void* context, int count,
                     RawCell* cells) {
  const int failed =
      vitrine_raw_call(static_cast<int>(call), static_cast<int>(target),
                       static_cast<int>(address(context)), count, static_cast<int>(address(cells)));
  if (failed != 0 && call != RawCall::forget) *cells = {RawKind::error, 0, {.bytes = nullptr}};
}

int described(sqlite3_stmt* statement, const RawRows& rows, int result) {
  const Packet& content = rows.content;
  exchange = {address(rows.cells.data()),    word(rows.cells.size()),
              address(content.text.data()),  word(content.text.size()),
              address(content.blobs.data()), word(raw_compilations(statement))};
  return result;
}

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE std::uint32_t rawExchange() { return address(&exchange); }
EMSCRIPTEN_KEEPALIVE std::uint32_t rawStack() { return word(emscripten_stack_get_current()); }
EMSCRIPTEN_KEEPALIVE char* rawRoom(std::uint32_t size) { return raw_room(size); }
EMSCRIPTEN_KEEPALIVE void rawFree(void* room) { free_raw(room); }

// Null when there is no memory for it.
EMSCRIPTEN_KEEPALIVE sqlite3* rawOpen(const char* name, char* image, std::uint32_t size,
                                      bool functions) {
  try {
    sqlite3* handle = open_raw(name, image, size);
    if (functions) add_sqljs_functions(handle);
    return handle;
  } catch (const std::exception&) {
    return nullptr;
  }
}

// The connection of an open catalog, to which it stays; null when it is closed.
EMSCRIPTEN_KEEPALIVE sqlite3* rawOfCatalog(std::uint32_t catalog) {
  try {
    sqlite3* handle = open_catalogs().at(catalog).catalog.connection().handle();
    add_sqljs_functions(handle);
    return handle;
  } catch (const std::exception&) {
    return nullptr;
  }
}

EMSCRIPTEN_KEEPALIVE void rawClose(sqlite3* handle) { close_raw(handle); }
EMSCRIPTEN_KEEPALIVE const char* rawMessage(sqlite3* handle) { return raw_message(handle); }
EMSCRIPTEN_KEEPALIVE double rawChanges(sqlite3* handle) {
  return static_cast<double>(raw_changes(handle));
}
EMSCRIPTEN_KEEPALIVE int rawRun(sqlite3* handle, const char* text) { return run_raw(handle, text); }

// Answers [statement, rest of the text, whether it only reads].
EMSCRIPTEN_KEEPALIVE int rawPrepare(sqlite3* handle, const char* text) {
  sqlite3_stmt* statement = nullptr;
  const char* rest = nullptr;
  const int result = prepare_raw(handle, text, statement, rest);
  exchange.first = address(statement);
  exchange.second = address(rest);
  exchange.third = statement != nullptr && is_raw_read(statement) ? 1 : 0;
  return result;
}

// Ends the run and unsets all parameters first. The kind of each value holds its parameter's number
// above the lowest three bits.
EMSCRIPTEN_KEEPALIVE int rawBind(sqlite3_stmt* statement, const RawCell* values, int count) {
  int result = kRawOk;
  reset_raw(statement);
  for (int i = 0; i < count && result == kRawOk; ++i) {
    RawCell value = values[i];
    const auto packed = static_cast<std::uint32_t>(value.kind);
    value.kind = static_cast<RawKind>(packed & 7);
    result = bind_raw(statement, static_cast<int>(packed >> 3), value);
  }
  return result;
}

EMSCRIPTEN_KEEPALIVE int rawStep(sqlite3_stmt* statement) { return step_raw(statement); }
// One step, and the end of the run unless it failed.
EMSCRIPTEN_KEEPALIVE int rawStepOnce(sqlite3_stmt* statement) {
  const int result = step_raw(statement);
  if (result == kRawRow || result == kRawDone) reset_raw(statement);
  return result;
}
EMSCRIPTEN_KEEPALIVE int rawReset(sqlite3_stmt* statement) { return reset_raw(statement); }
EMSCRIPTEN_KEEPALIVE void rawReplay(sqlite3_stmt* statement, std::uint32_t row) {
  replay_raw(statement, row);
}
EMSCRIPTEN_KEEPALIVE int rawFinalize(sqlite3_stmt* statement) { return finalize_raw(statement); }

// A place for rows that stay while others are read; null when there is no memory for it.
EMSCRIPTEN_KEEPALIVE RawRows* rawBatch() { return new (std::nothrow) RawRows; }
EMSCRIPTEN_KEEPALIVE void rawFreeBatch(RawRows* batch) { delete batch; }

// At most `most` rows, into `batch` or else the place that all share. Answers [cells, their number,
// text, its bytes, blobs, compilations of the statement].
EMSCRIPTEN_KEEPALIVE int rawRows(sqlite3_stmt* statement, RawRows* batch, std::uint32_t most) {
  RawRows& rows = batch != nullptr ? *batch : shared_rows;
  const int result = read_rows(statement, most, rows);
  return described(statement, rows, result);
}

// As rawRows(), of the row it stands at; the number of its cells.
EMSCRIPTEN_KEEPALIVE int rawRow(sqlite3_stmt* statement) {
  read_raw_row(statement, shared_rows);
  return described(statement, shared_rows, static_cast<int>(shared_rows.cells.size()));
}

EMSCRIPTEN_KEEPALIVE int rawColumns(sqlite3_stmt* statement) { return raw_column_count(statement); }
EMSCRIPTEN_KEEPALIVE const char* rawColumn(sqlite3_stmt* statement, int column) {
  return raw_column_name(statement, column);
}
EMSCRIPTEN_KEEPALIVE int rawParameters(sqlite3_stmt* statement) {
  return raw_parameter_count(statement);
}
EMSCRIPTEN_KEEPALIVE const char* rawParameter(sqlite3_stmt* statement, int parameter) {
  return raw_parameter(statement, parameter);
}
EMSCRIPTEN_KEEPALIVE const char* rawSql(sqlite3_stmt* statement, bool normalized) {
  return raw_sql(statement, normalized);
}

// Answers [bytes, their number, whether they are to be freed].
EMSCRIPTEN_KEEPALIVE int rawExport(sqlite3* handle) {
  RawFile file{nullptr, 0, false};
  const int result = export_raw(handle, file);
  exchange.first = address(file.bytes);
  exchange.second = word(file.size);
  exchange.third = file.owned ? 1 : 0;
  return result;
}

EMSCRIPTEN_KEEPALIVE int rawFunction(sqlite3* handle, const char* name, int arguments,
                                     bool aggregate, std::uint32_t target) {
  return add_raw_function(handle, name, arguments, aggregate, target, call_javascript);
}

EMSCRIPTEN_KEEPALIVE void rawHook(sqlite3* handle, std::uint32_t target) {
  hook_raw(handle, target, call_javascript);
}

}  // extern "C"
