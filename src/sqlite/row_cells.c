// What reads a row out of SQLite's registers: from outside, a cell takes eight calls, which are a
// fifth of the time of reading many rows. Values of another kind than tables hold go through
// SQLite's own functions. A part of amalgamation.c.
//
// It relies on what the fields of Mem and Vdbe mean in SQLite 3.54 (MEM_Term: a NUL follows), which
// a test of each kind of value holds to (tests/native/sqlite/statement_test.cpp).
#include "sqlite/row_cells.h"

static int read_converted(sqlite3_value* value, Cell* cell) {
  cell->kind = sqlite3_value_type(value);
  switch (cell->kind) {
    case SQLITE_INTEGER:
      cell->integer = sqlite3_value_int64(value);
      return 1;
    case SQLITE_FLOAT:
      cell->real = sqlite3_value_double(value);
      return 1;
    case SQLITE_TEXT:
      cell->data = (const char*)sqlite3_value_text(value);
      cell->size = (size_t)sqlite3_value_bytes(value);
      return cell->data != NULL;
    case SQLITE_BLOB:
      cell->data = sqlite3_value_blob(value);
      cell->size = (size_t)sqlite3_value_bytes(value);
      return cell->data != NULL || cell->size == 0;
    default:
      return 1;
  }
}

// A text that has no NUL behind it yet is moved by whoever asks for one, so it gets it here.
int vitrine_read_value(sqlite3_value* value, Cell* cell) {
  switch (value->flags & (MEM_AffMask | MEM_Zero | MEM_Term)) {
    case MEM_Int:
      cell->kind = SQLITE_INTEGER;
      cell->integer = value->u.i;
      return 1;
    case MEM_Str | MEM_Term:
      if (value->enc != SQLITE_UTF8) break;
      cell->kind = SQLITE_TEXT;
      cell->data = value->z;
      cell->size = (size_t)value->n;
      return 1;
    case MEM_Real:
      cell->kind = SQLITE_FLOAT;
      cell->real = value->u.r;
      return 1;
    case MEM_Null:
      cell->kind = SQLITE_NULL;
      return 1;
  }
  return read_converted(value, cell);
}

int vitrine_read_row(sqlite3_stmt* statement, Cell* cells, int room) {
  Vdbe* vdbe = (Vdbe*)statement;
  if (vdbe == NULL || vdbe->pResultRow == NULL) return 0;
  sqlite3_value* value = vdbe->pResultRow;
  const int count = vdbe->nResColumn;
  if (count > room) return count;
  for (const sqlite3_value* end = value + count; value < end; ++value, ++cells) {
    if (!vitrine_read_value(value, cells)) return -1;
  }
  return count;
}
