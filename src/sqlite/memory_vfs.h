// The VFS of a place without files: databases in memory only. Internal to the room.
#pragma once

struct sqlite3_vfs;

namespace vitrine {

// It gives SQLite randomness and the time, and refuses every file with CANTOPEN. Static; it is
// never freed, and SQLite links it into its list when it is registered.
sqlite3_vfs* memory_vfs();

}  // namespace vitrine
