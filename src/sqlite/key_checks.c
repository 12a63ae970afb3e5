// Whether foreign keys and CHECK conditions are checked is compiled into a statement, by flags of
// the connection. A part of amalgamation.c.
#include "sqlite/key_checks.h"

int vitrine_compile_with(sqlite3* handle, enum vitrine_check what, int on) {
  const u64 flag = what == vitrine_check_keys ? SQLITE_ForeignKeys : SQLITE_IgnoreChecks;
  const int was_on = (handle->flags & flag) != 0;
  if (on)
    handle->flags |= flag;
  else
    handle->flags &= ~flag;
  return was_on;
}
