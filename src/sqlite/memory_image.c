// Handing a file to SQLite's VFS of memory. A part of amalgamation.c: it writes the fields of
// MemStore as sqlite3_deserialize() of SQLite 3.54 does, and of what it leaves out knows that the
// database is new.
#include "sqlite/memory_image.h"

int vitrine_take_image(sqlite3* handle, unsigned char* bytes, int64_t size, unsigned flags) {
  MemFile* file = memdbFromDbSchema(handle, "main");
  if (file == NULL) return SQLITE_ERROR;
  MemStore* store = file->pStore;
  store->aData = bytes;
  store->sz = size;
  store->szAlloc = size;
  store->szMax = size > sqlite3GlobalConfig.mxMemdbSize ? size : sqlite3GlobalConfig.mxMemdbSize;
  store->mFlags = flags;
  return SQLITE_OK;
}

void vitrine_attach_from_files(sqlite3* handle) { handle->pVfs = sqlite3_vfs_find(NULL); }
