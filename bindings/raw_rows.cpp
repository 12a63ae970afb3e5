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

void add_text(RawCell& cell, RawRows& rows) {
  const std::string_view bytes(cell.bytes, cell.size);
  cell.start = rows.text_units;
  cell.size = static_cast<std::uint32_t>(rows.content.append_text(bytes));
  rows.text_units += cell.size;
}

void add_blob(RawCell& cell, RawRows& rows) {
  const std::string_view bytes(cell.bytes, cell.size);
  cell.start = static_cast<std::uint32_t>(rows.content.blobs.size());
  rows.content.append_blob(bytes);
}

void add_row(RawRows& rows) {
  for (const Cell& read : rows.row) {
    RawCell cell = raw_cell(read);
    if (cell.kind == RawKind::text) add_text(cell, rows);
    if (cell.kind == RawKind::blob) add_blob(cell, rows);
    rows.cells.push_back(cell);
  }
}

}  // namespace

void RawRows::clear() {
  cells.clear();
  content.clear();
  text_units = 0;
}

int read_rows(sqlite3_stmt* statement, std::size_t most, RawRows& rows) {
  RawRows mine = std::move(rows);
  mine.clear();
  int result = kRawRow;
  bool is_plain = true;
  for (; most > 0 && !is_full(mine); --most) {
    result = step_raw_row(statement, mine.row, is_plain);
    if (result != kRawRow) break;
    add_row(mine);
  }
  rows = std::move(mine);
  return result;
}

void read_raw_row(sqlite3_stmt* statement, RawRows& rows) {
  rows.clear();
  raw_row(statement, rows.row);
  add_row(rows);
}

}  // namespace vitrine
