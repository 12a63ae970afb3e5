// The SQL functions that sql.js adds to SQLite's own: mathematics, text and statistics. Some of
// them replace one of SQLite's: log() is the natural logarithm, ceil() gives a whole number.
// Internal to the room.
#pragma once

struct sqlite3;
struct sqlite3_context;
struct sqlite3_value;

namespace vitrine {

// One SQL function, and what it is told through sqlite3_user_data().
struct SqlFunction {
  const char* name;
  int arguments;
  void (*call)(sqlite3_context*, int, sqlite3_value**);  // of each row, for an aggregate
  const void* data;
  void (*finish)(sqlite3_context*);  // null: it is no aggregate
};

// Adds each of `functions`; a result code of SQLite.
int add_each(sqlite3* handle, const SqlFunction* functions, int count);

int add_math_functions(sqlite3* handle);
int add_text_functions(sqlite3* handle);
int add_statistics(sqlite3* handle);

}  // namespace vitrine
