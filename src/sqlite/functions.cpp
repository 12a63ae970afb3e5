// See the header.
#include "sqlite/functions.h"

#include <sqlite3.h>

#include <new>
#include <string>

#include "base/fold.h"
#include "sqlite/translate.h"

namespace vitrine {
namespace {

// Nothing may be thrown through SQLite.
void fold_function(sqlite3_context* context, int, sqlite3_value** arguments) noexcept {
  if (sqlite3_value_type(arguments[0]) == SQLITE_NULL) return;
  const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(arguments[0]));
  if (text == nullptr) return sqlite3_result_error_nomem(context);
  try {
    const auto size = static_cast<std::size_t>(sqlite3_value_bytes(arguments[0]));
    const std::string folded = fold({text, size});
    sqlite3_result_text64(context, folded.data(), folded.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  } catch (const std::bad_alloc&) {
    sqlite3_result_error_nomem(context);
  }
}

}  // namespace

void add_functions(sqlite3* handle) {
  constexpr int kFlags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
  const int result = sqlite3_create_function_v2(handle, "vitrine_fold", 1, kFlags, nullptr,
                                                fold_function, nullptr, nullptr, nullptr);
  if (result != SQLITE_OK) fail_sqlite(handle, result, "adding vitrine_fold()");
}

}  // namespace vitrine
