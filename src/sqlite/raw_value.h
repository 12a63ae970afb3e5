// Values of SQLite as cells: those of a row and those that a function is given. Internal to the
// room.
#pragma once

#include <vector>

#include "sqlite/raw.h"

struct sqlite3_value;

namespace vitrine {

// Text and bytes are SQLite's. Null when there is no memory for them.
RawCell raw_cell_of(sqlite3_value* value);
// Reads the row that it stands at, none where there is none. False when there is no memory.
bool read_row(sqlite3_stmt* statement, std::vector<Cell>& row);

}  // namespace vitrine
