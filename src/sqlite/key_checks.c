// Whether foreign keys are checked is compiled into a statement, by a flag of the connection. A
// part of amalgamation.c.
#include "sqlite/key_checks.h"

int vitrine_check_keys(sqlite3* handle, int on) {
  const int was_on = (handle->flags & SQLITE_ForeignKeys) != 0;
  if (on)
    handle->flags |= SQLITE_ForeignKeys;
  else
    handle->flags &= ~(u64)SQLITE_ForeignKeys;
  return was_on;
}
