// The current row of a statement as a list of cells. Internal to the room.
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

}  // namespace vitrine
