// Handing a whole file to a database in memory. C reads this header too.
#pragma once

#include <stdint.h>

struct sqlite3;

#ifdef __cplusplus
namespace vitrine {
extern "C" {
#endif

// The VFS whose files are memory: one for each connection, but for a name that begins with a slash.
#define VITRINE_MEMORY_VFS "memdb"

// Makes `bytes` the file of a connection that was opened through that VFS and has not run anything
// yet; `flags` are those of sqlite3_deserialize(), which would open the file again and read its
// schema once more. What is attached later is looked for where files are. Returns a code of SQLite;
// where that is not SQLITE_OK, nothing was taken.
int vitrine_take_image(struct sqlite3* handle, unsigned char* bytes, int64_t size, unsigned flags);

#ifdef __cplusplus
}  // extern "C"
}  // namespace vitrine
#endif
