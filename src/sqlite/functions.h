// The SQL functions that every connection of ours has, beside SQLite's own. Internal to the room.
#pragma once

struct sqlite3;

namespace vitrine {

// vitrine_fold(text): fold() of base/fold.h; NULL for NULL, and numbers as the text SQLite writes.
// Deterministic and innocuous, so an index or a trigger may use it. Fails with NOMEM.
void add_functions(sqlite3* handle);

}  // namespace vitrine
