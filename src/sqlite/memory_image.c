// Handing a file to SQLite's VFS of memory, as sqlite3_deserialize() of SQLite 3.54 does at its
// end. What that does before is for a database that has been in use. A part of amalgamation.c.
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
  handle->pVfs = sqlite3_vfs_find(NULL);
  return SQLITE_OK;
}
