// Reading the current row of a statement without a call for each cell. C reads this header too.
#pragma once

#include <stddef.h>
#include <stdint.h>

struct sqlite3_stmt;
struct sqlite3_value;

#ifdef __cplusplus
namespace vitrine {

enum class StorageClass : int { integer = 1, real = 2, text = 3, blob = 4, null = 5 };

extern "C" {
#else
// As SQLite numbers them: SQLITE_INTEGER and so on.
typedef int StorageClass;
typedef struct Cell Cell;
#endif

// One column of the current row; text and bytes are `size` bytes at `data`, valid as long as it is.
// What does not belong to its kind is whatever was there before.
struct Cell {
  StorageClass kind;
  size_t size;
  union {
    int64_t integer;
    double real;
    const char* data;
  };
};

// Reads a value as it is stored. 0 when there is no memory for its text or bytes.
int vitrine_read_value(struct sqlite3_value* value, struct Cell* cell);
// Reads the columns of the current row, and returns how many there are: none where there is no row.
// Where they are more than `room` it reads none; when there is no memory, it returns -1.
int vitrine_read_row(struct sqlite3_stmt* statement, struct Cell* cells, int room);

enum NextRow {
  NEXT_ROW_READ,       // read into the cells; the statement's own columns are not that row's
  NEXT_ROW_LEFT,       // a step of the statement goes on to it, or to the end or the failure
  NEXT_ROW_NOT_PLAIN,  // the same, and so it will be in this run: no table is read from end to end
};
// Goes on to the next row without the statement's instructions, and reads its `count` columns. The
// first row, and those of another width, are left.
enum NextRow vitrine_next_row(struct sqlite3_stmt* statement, struct Cell* cells, int count);

#ifdef __cplusplus
}  // extern "C"
}  // namespace vitrine
#endif
