// Rows of any statement on their way to the sql.js interface: a batch of them, or the one that a
// statement stands at. Their text comes in one piece, which JavaScript decodes at once.
#pragma once

#include <cstddef>
#include <vector>

#include "bindings/packet.h"
#include "sqlite/raw.h"

namespace vitrine {

// Cells row by row. A text's size and `start` are in UTF-16 units, and its content lies in
// `content.text`; bytes lie in `content.blobs`, from byte `start` on.
struct RawRows {
  std::vector<RawCell> cells;
  Packet content;
  std::uint32_t text_units = 0;
  std::vector<Cell> row;  // being added

  void clear();
};

// Steps until `most` rows or a bounded number of bytes are there; what is left comes with the next
// call. Answers with the last step's code. `rows` may be used by a step itself, when a function of
// JavaScript asks the database something: it is whole again afterwards.
int read_rows(sqlite3_stmt* statement, std::size_t most, RawRows& rows);

// The row it stands at, in the same form; no cells when there is none.
void read_raw_row(sqlite3_stmt* statement, RawRows& rows);

}  // namespace vitrine
