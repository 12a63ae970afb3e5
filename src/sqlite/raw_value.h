// Values of SQLite as cells: those of a row and those that a function is given. Internal to the
// room.
#pragma once

#include "sqlite/raw.h"

struct sqlite3_value;

namespace vitrine {

// Text and bytes are SQLite's.
RawCell raw_cell_of(sqlite3_value* value);

}  // namespace vitrine
