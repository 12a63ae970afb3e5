// Statements that do not look for the rows that foreign keys refer to. C reads this header too.
#pragma once

struct sqlite3;

#ifdef __cplusplus
namespace vitrine {
extern "C" {
#endif

// Whether statements that are compiled from now on check foreign keys; returns what was so before.
// Those that are compiled stay as they are, where sqlite3_db_config() has all compiled again, and
// ends those that are being read.
int vitrine_check_keys(struct sqlite3* handle, int on);

#ifdef __cplusplus
}  // extern "C"
}  // namespace vitrine
#endif
