// The values that a function of SQL is given, as cells. Internal to the room.
#pragma once

#include "sqlite/raw.h"

struct sqlite3_value;

namespace vitrine {

// Text and bytes are SQLite's. Null when there is no memory for them.
RawCell raw_cell_of(sqlite3_value* value);

}  // namespace vitrine
