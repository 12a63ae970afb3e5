// Values of SQLite as cells: those of a row and those that a function is given. Internal to the
// room.
#pragma once

#include "sqlite/raw.h"

struct sqlite3_value;

namespace vitrine {

// Text and bytes are SQLite's. Whole numbers come as numbers, or exactly as 64 bits.
RawCell raw_cell_of(sqlite3_value* value, bool exact);

}  // namespace vitrine
