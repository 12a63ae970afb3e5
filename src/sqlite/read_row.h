// Rows of a statement as lists of cells. Internal to the room.
#pragma once

#include <vector>

#include "sqlite/row_cells.h"

namespace vitrine {

// Reads the row that it stands at, none where there is none. False when there is no memory.
inline bool read_row(sqlite3_stmt* statement, std::vector<Cell>& row) {
  const auto read = [&] {
    return vitrine_read_row(statement, row.data(), static_cast<int>(row.size()));
  };
  // Rows of one statement have the same width, mostly.
  int count = read();
  if (count >= 0 && static_cast<std::size_t>(count) != row.size()) {
    row.resize(static_cast<std::size_t>(count));
    count = read();
  }
  return count >= 0;
}

// Goes on to the next row and reads it, without the statement's instructions. False where a step is
// needed; `is_plain`, true to begin a run with, then says whether this is worth another try in it.
inline bool read_next_row(sqlite3_stmt* statement, std::vector<Cell>& row, bool& is_plain) {
  if (!is_plain) return false;
  const NextRow next = vitrine_next_row(statement, row.data(), static_cast<int>(row.size()));
  is_plain = next != NEXT_ROW_NOT_PLAIN;
  return next == NEXT_ROW_READ;
}

}  // namespace vitrine
