// SQL functions and the update hook that are answered elsewhere. What lies under
// sqlite3_user_data() goes when SQLite forgets the function.
#include <sqlite3.h>

#include <cstring>
#include <new>

#include "sqlite/raw_value.h"

namespace vitrine {
namespace {

// Far above what a JavaScript function names; the cells lie on the stack.
constexpr int kMaxArguments = 127;

struct Target {
  std::uint32_t function;
  RawCaller caller;
};

void answer(sqlite3_context* context, const RawCell& cell) {
  auto* bytes = const_cast<char*>(cell.bytes);
  switch (cell.kind) {
    case RawKind::integer:
      return sqlite3_result_int64(context, static_cast<sqlite3_int64>(cell.real));
    case RawKind::real:
      return sqlite3_result_double(context, cell.real);
    case RawKind::text:
      return sqlite3_result_text64(context, bytes, cell.size, sqlite3_free, SQLITE_UTF8);
    case RawKind::blob:
      return sqlite3_result_blob64(context, bytes, cell.size, sqlite3_free);
    case RawKind::error:
      sqlite3_result_error(context, bytes, static_cast<int>(cell.size));
      return sqlite3_free(bytes);
    default:
      return;
  }
}

void call(sqlite3_context* context, RawCall what, const void* run, int count,
          sqlite3_value** arguments) {
  RawCell cells[kMaxArguments + 1];
  for (int i = 0; i < count; ++i) cells[i] = raw_cell_of(arguments[i]);
  const auto* target = static_cast<const Target*>(sqlite3_user_data(context));
  if (count == 0) cells[0].kind = RawKind::nothing;
  target->caller(what, target->function, run, count, cells);
  answer(context, cells[0]);
}

void call_function(sqlite3_context* context, int count, sqlite3_value** arguments) {
  call(context, RawCall::function, nullptr, count, arguments);
}

void call_step(sqlite3_context* context, int count, sqlite3_value** arguments) {
  call(context, RawCall::step, sqlite3_aggregate_context(context, 1), count, arguments);
}

void call_finish(sqlite3_context* context) {
  call(context, RawCall::finish, sqlite3_aggregate_context(context, 1), 0, nullptr);
}

void forget(void* data) {
  auto* target = static_cast<Target*>(data);
  target->caller(RawCall::forget, target->function, nullptr, 0, nullptr);
  sqlite3_free(target);
}

RawCell text_cell(const char* text) {
  RawCell cell;
  cell.kind = RawKind::text;
  cell.size = static_cast<std::uint32_t>(std::strlen(text));
  cell.bytes = text;
  return cell;
}

RawCell real_cell(double number) {
  RawCell cell;
  cell.kind = RawKind::real;
  cell.size = 0;
  cell.real = number;
  return cell;
}

void call_hook(void* data, int operation, const char* database, const char* table,
               sqlite3_int64 rowid) {
  const auto* target = static_cast<const Target*>(data);
  RawCell cells[] = {real_cell(operation), text_cell(database), text_cell(table),
                     real_cell(static_cast<double>(rowid))};
  target->caller(RawCall::change, target->function, nullptr, 4, cells);
}

Target* new_target(std::uint32_t function, RawCaller caller) {
  void* memory = sqlite3_malloc(sizeof(Target));
  return memory != nullptr ? new (memory) Target{function, caller} : nullptr;
}

}  // namespace

int add_raw_function(sqlite3* handle, const char* name, int arguments, bool aggregate,
                     std::uint32_t function, RawCaller caller) {
  if (arguments > kMaxArguments) return SQLITE_MISUSE;
  Target* target = new_target(function, caller);
  if (target == nullptr) return SQLITE_NOMEM;
  return sqlite3_create_function_v2(
      handle, name, arguments, SQLITE_UTF8, target, aggregate ? nullptr : call_function,
      aggregate ? call_step : nullptr, aggregate ? call_finish : nullptr, forget);
}

void hook_raw(sqlite3* handle, std::uint32_t function, RawCaller caller) {
  Target* target = function != 0 ? new_target(function, caller) : nullptr;
  void* before = sqlite3_update_hook(handle, target != nullptr ? call_hook : nullptr, target);
  if (before != nullptr) forget(before);
}

}  // namespace vitrine
