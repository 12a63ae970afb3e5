// The memory of journals in memory: SQLite notes each page that a transaction changes in pieces of
// 1 kB, some sixty for a small one, and frees them at its end. In wasm getting and freeing them
// takes 3 % of a write, so that they are kept for the next transaction. For amalgamation.c alone,
// which lets SQLite's default allocator call these in place of malloc and free.
#pragma once

#include <stdlib.h>

enum {
  kPieceBytes = 1024,   // MEMJOURNAL_DFLT_FILECHUNKSIZE
  kMaxKeptPieces = 256  // of some fifty pages
};

static void* kept_pieces[kMaxKeptPieces];
static int kept_piece_count = 0;

// SQLite's allocator puts the size of a block in front of it, as so many bytes.
typedef long long PieceSize;

static void* piece_malloc(size_t size) {
  const int is_piece = size == kPieceBytes + sizeof(PieceSize);
  if (is_piece && kept_piece_count > 0) return kept_pieces[--kept_piece_count];
  return malloc(size);
}

static void piece_free(void* block) {
  const int is_piece = *(const PieceSize*)block == kPieceBytes;
  if (is_piece && kept_piece_count < kMaxKeptPieces) {
    kept_pieces[kept_piece_count++] = block;
  } else {
    free(block);
  }
}
