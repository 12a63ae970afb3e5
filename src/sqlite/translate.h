// SQLite's refusals as Errors: the one place that knows its result codes and its messages.
#pragma once

#include <string_view>

#include "base/error.h"

struct sqlite3;

namespace vitrine {

// The Failure for an extended result code and the message SQLite gave with it. `doing` is what was
// under way, for the message: the SQL, or a few words. model, fields and detail hold the table, the
// columns and the constraint that SQLite named; a caller that knows models replaces them.
Failure translate(int result, std::string_view message, std::string_view doing);

// Throws the Error for `result`, with the message `handle` holds for it (none when it is null).
[[noreturn]] void fail_sqlite(sqlite3* handle, int result, std::string_view doing);

}  // namespace vitrine
