// Going on to the next row of a table that is read from end to end: SQLite's interpreter runs an
// instruction for each cell into a register, from which it is then read; here the row is read where
// it lies. A part of amalgamation.c.
//
// It does what OP_Next, OP_Column, OP_Rowid and OP_RealAffinity do in SQLite 3.54, for rows that
// lie on one page and have all of their columns. With every other row, the end and every failure
// the statement is left as OP_Next leaves it, or at OP_Next, and SQLite goes on from there
// (tests/native/sqlite/next_row_test.cpp).
#include "sqlite/row_cells.h"

// A row in its page, its header read into the cursor's own room for that.
typedef struct RowInPage {
  const u8* data;
  const u32* types;
  const u32* offsets;
  u32 columns;
} RowInPage;

static int find_row(VdbeCursor* cursor, RowInPage* row) {
  BtCursor* tree = cursor->uc.pCursor;
  u32 size;
  getCellInfo(tree);
  const u8* data = fetchPayload(tree, &size);
  const u32 payload = tree->info.nPayload;
  const u32 header = data[0];
  if (size < payload || header == 0 || header >= 0x80 || header > payload) return 0;
  u32* const types = cursor->aType;
  u32* const offsets = cursor->aOffset;
  u32 columns = 0;
  u32 offset = header;
  u32 at = 1;
  for (; at < header && columns < (u32)cursor->nField; ++columns) {
    u32 type = data[at];
    at += type < 0x80 ? 1 : sqlite3GetVarint32(data + at, &type);
    types[columns] = type;
    offsets[columns] = offset;
    const u32 cell_size = sqlite3VdbeSerialTypeLen(type);
    if (at > header || cell_size > payload - offset) return 0;
    offset += cell_size;
  }
  if (at == header && offset != payload) return 0;
  *row = (RowInPage){.data = data, .types = types, .offsets = offsets, .columns = columns};
  return 1;
}

static int read_cell(const u8* data, u32 type, Cell* cell) {
  if (type >= 12) {
    cell->kind = type & 1 ? SQLITE_TEXT : SQLITE_BLOB;
    cell->data = (const char*)data;
    cell->size = (type - 12) / 2;
    return 1;
  }
  Mem number;
  sqlite3VdbeSerialGet(data, type, &number);
  if (number.flags == MEM_Int) {
    cell->kind = SQLITE_INTEGER;
    cell->integer = number.u.i;
  } else if (number.flags == MEM_Real) {
    cell->kind = SQLITE_FLOAT;
    cell->real = number.u.r;
  } else {
    cell->kind = SQLITE_NULL;
  }
  return number.flags == MEM_Null || cell->kind != SQLITE_NULL;
}

// Runs the instructions from `op` to the row of `count` registers from `first` on, as far as they
// only read `cursor`, which has the number `p1`.
static enum NextRow read_cells(const VdbeOp* op, VdbeCursor* cursor, int p1, int first, Cell* cells,
                               int count) {
  RowInPage row;
  if (!find_row(cursor, &row)) return NEXT_ROW_LEFT;
  int done = 0;
  for (;; ++op) {
    if (op->opcode == OP_Column && op->p1 == p1 && op->p3 == first + done && done < count) {
      const u32 column = (u32)op->p2;
      if (column >= row.columns) return NEXT_ROW_LEFT;
      const u8* data = row.data + row.offsets[column];
      if (!read_cell(data, row.types[column], &cells[done++])) return NEXT_ROW_LEFT;
    } else if (op->opcode == OP_Rowid && op->p1 == p1 && op->p2 == first + done && done < count) {
      cells[done].kind = SQLITE_INTEGER;
      cells[done++].integer = cursor->uc.pCursor->info.nKey;
    } else if (op->opcode == OP_RealAffinity && op->p1 == first + done - 1 && done > 0) {
      Cell* cell = &cells[done - 1];
      if (cell->kind == SQLITE_INTEGER) {
        cell->kind = SQLITE_FLOAT;
        cell->real = (double)cell->integer;
      }
    } else {
      const int is_row = op->opcode == OP_ResultRow && op->p1 == first && done == count;
      return is_row ? NEXT_ROW_READ : NEXT_ROW_NOT_PLAIN;
    }
  }
}

static int is_reading_table(const Vdbe* vdbe, const VdbeCursor* cursor) {
  const sqlite3* db = vdbe->db;
  return cursor != NULL && cursor->eCurType == CURTYPE_BTREE && cursor->isTable &&
         !cursor->nullRow && !cursor->deferredMoveto && db->enc == SQLITE_UTF8 && db->mTrace == 0 &&
         db->xProgress == NULL && !AtomicLoad(&db->u1.isInterrupted);
}

enum NextRow vitrine_next_row(sqlite3_stmt* statement, Cell* cells, int count) {
  Vdbe* vdbe = (Vdbe*)statement;
  if (vdbe == NULL || vdbe->pResultRow == NULL || vdbe->nResColumn != count) return NEXT_ROW_LEFT;
  const VdbeOp* next = &vdbe->aOp[vdbe->pc];
  if (next->opcode != OP_Next && next->opcode != OP_Prev) return NEXT_ROW_NOT_PLAIN;
  VdbeCursor* cursor = vdbe->apCsr[next->p1];
  if (!is_reading_table(vdbe, cursor)) return NEXT_ROW_NOT_PLAIN;

  BtCursor* tree = cursor->uc.pCursor;
  const int result = next->opcode == OP_Next ? sqlite3BtreeNext(tree, next->p3)
                                             : sqlite3BtreePrevious(tree, next->p3);
  cursor->cacheStatus = CACHE_STALE;
  if (result == SQLITE_DONE) return NEXT_ROW_LEFT;
  if (result != SQLITE_OK) {
    // Tried again it fails again, and not with the row behind.
    btreeReleaseAllCursorPages(tree);
    tree->eState = CURSOR_FAULT;
    tree->skipNext = result;
    return NEXT_ROW_LEFT;
  }
  const int first = (int)(vdbe->pResultRow - vdbe->aMem);
  const VdbeOp* start = &vdbe->aOp[next->p2];
  const enum NextRow read = read_cells(start, cursor, next->p1, first, cells, count);
  if (read == NEXT_ROW_READ) {
    vdbe->aCounter[next->p5]++;
  } else {
    vdbe->pc = next->p2;
  }
  return read;
}
