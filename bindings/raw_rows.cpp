// Called once per row and once per cell, so it allocates nothing but buffer growth.
#include "bindings/raw_rows.h"

#include <string_view>
#include <utility>

namespace vitrine {
namespace {

// As much as is decoded at once: a string that is kept holds the text of its batch in memory, and
// what is large goes a slow way in JavaScript's memory.
constexpr std::size_t kMaxCells = 1 << 12;
constexpr std::size_t kMaxBytes = 1 << 15;

bool is_full(const RawRows& rows) {
  return rows.cells.size() >= kMaxCells ||
         rows.content.text.size() + rows.content.blobs.size() >= kMaxBytes;
}

void add_row(sqlite3_stmt* statement, bool exact, RawRows& rows) {
  const int width = raw_row_width(statement);
  for (int i = 0; i < width; ++i) {
    RawCell cell = raw_cell(statement, i, exact);
    const std::string_view bytes(cell.bytes, cell.size);
    if (cell.kind == RawKind::text)
      cell.size = static_cast<std::uint32_t>(rows.content.append_text(bytes));
    if (cell.kind == RawKind::blob) rows.content.append_blob(bytes);
    rows.cells.push_back(cell);
  }
}

}  // namespace

int read_rows(sqlite3_stmt* statement, bool exact, RawRows& rows) {
  RawRows mine = std::move(rows);
  mine.cells.clear();
  mine.content.clear();
  int result = kRawRow;
  while (!is_full(mine) && (result = step_raw(statement)) == kRawRow)
    add_row(statement, exact, mine);
  rows = std::move(mine);
  return result;
}

void read_row(sqlite3_stmt* statement, bool exact, RawRows& rows) {
  rows.cells.clear();
  rows.content.clear();
  add_row(statement, exact, rows);
}

}  // namespace vitrine
