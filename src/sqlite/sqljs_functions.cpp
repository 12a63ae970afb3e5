// Deterministic and innocuous, so that an index, a view or a trigger may use them.
#include "sqlite/sqljs_functions.h"

#include <sqlite3.h>

#include "sqlite/raw.h"
#include "sqlite/translate.h"

namespace vitrine {

int add_each(sqlite3* handle, const SqlFunction* functions, int count) {
  constexpr int kFlags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
  int result = SQLITE_OK;
  for (int i = 0; i < count && result == SQLITE_OK; ++i) {
    const SqlFunction& each = functions[i];
    const bool is_aggregate = each.finish != nullptr;
    result =
        sqlite3_create_function_v2(handle, each.name, each.arguments, kFlags,
                                   const_cast<void*>(each.data), is_aggregate ? nullptr : each.call,
                                   is_aggregate ? each.call : nullptr, each.finish, nullptr);
  }
  return result;
}

void add_sqljs_functions(sqlite3* handle) {
  int result = add_math_functions(handle);
  if (result == SQLITE_OK) result = add_text_functions(handle);
  if (result == SQLITE_OK) result = add_statistics(handle);
  if (result != SQLITE_OK) fail_sqlite(handle, result, "adding the functions of sql.js");
}

}  // namespace vitrine
