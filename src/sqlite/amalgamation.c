// SQLite, and what of ours has to see into it.
#ifdef __EMSCRIPTEN__
#include "sqlite/journal_pieces.h"
#define malloc(size) piece_malloc(size)
#define free(block) piece_free(block)
#endif
#include "sqlite3.c"
#if defined(__EMSCRIPTEN__) && defined(SQLITE_MALLOCSIZE)
#error "Blocks of SQLite have no size in front, which journal_pieces.h reads."
#endif

#include "sqlite/key_checks.c"
#include "sqlite/memory_image.c"
#include "sqlite/next_row.c"
#include "sqlite/row_cells.c"
