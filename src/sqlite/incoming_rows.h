// IncomingRows: rows that lie in memory, which one statement reads as if they were a table:
//   INSERT INTO "uom" ("name", "symbol") SELECT c0, c1 FROM vitrine_rows(?1)
// So one run of a statement writes many rows, and nothing is bound cell by cell. It checks nothing.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/value_view.h"

struct sqlite3;

namespace vitrine {

class Statement;

// As many columns as a table of SQLite may have, but for the one that takes the argument.
inline constexpr std::size_t kMaxIncomingColumns = 1999;

struct IncomingRows {
  const ValueView* cells = nullptr;  // row after row
  std::size_t columns = 0;           // of each row, the same for all
  std::size_t rows = 0;
};

// The function that reads rows of that many columns; named in FROM, with the rows as argument. Its
// columns are c0, c1 and so on.
std::string_view incoming_function(std::size_t columns);
// Binds the argument of such a function. The rows, their cells and what these borrow live until the
// statement is reset.
void bind_rows(Statement& statement, int parameter, const IncomingRows& rows);
// Makes these functions known. Fails with NOMEM.
void add_incoming_rows(sqlite3* handle);

}  // namespace vitrine
