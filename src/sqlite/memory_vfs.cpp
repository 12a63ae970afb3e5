// SQLite is built with SQLITE_OS_OTHER for the browser, so that the operating system is ours to
// supply ("OS Interface", sqlite.org/vfs.html). Temporary files, journals of memory databases and
// what sorting spills all stay in memory by SQLITE_TEMP_STORE=3 and never come here.
#include "sqlite/memory_vfs.h"

#include <sqlite3.h>

#include <cstring>
#include <ctime>

#include "base/random_bytes.h"

namespace vitrine {

namespace {

constexpr int kMaxPathBytes = 512;
// Julian day 2440587.5, in milliseconds, is 1970-01-01T00:00Z.
constexpr sqlite3_int64 kUnixEpochJulianMs = 210866760000000;
constexpr double kDayMs = 86400000.0;

int refuse_open(sqlite3_vfs*, const char*, sqlite3_file* file, int, int*) {
  // Null methods tell SQLite that there is nothing to close.
  file->pMethods = nullptr;
  return SQLITE_CANTOPEN;
}

int delete_nothing(sqlite3_vfs*, const char*, int) { return SQLITE_IOERR_DELETE_NOENT; }

int access_nothing(sqlite3_vfs*, const char*, int, int* result) {
  *result = 0;
  return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* path, int capacity, char* result) {
  const std::size_t size = std::strlen(path) + 1;
  if (size > static_cast<std::size_t>(capacity)) return SQLITE_CANTOPEN;
  std::memcpy(result, path, size);
  return SQLITE_OK;
}

// Returns how many bytes it filled; SQLite seeds its generator with them, once.
int randomness(sqlite3_vfs*, int size, char* result) {
  return fill_random(result, static_cast<std::size_t>(size)) ? size : 0;
}

// Nobody else uses a memory database: there is nothing to wait for.
int sleep_not(sqlite3_vfs*, int) { return 0; }

int current_time_ms(sqlite3_vfs*, sqlite3_int64* result) {
  std::timespec now{};
  std::timespec_get(&now, TIME_UTC);
  *result = kUnixEpochJulianMs + sqlite3_int64{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
  return SQLITE_OK;
}

int current_time_days(sqlite3_vfs* vfs, double* result) {
  sqlite3_int64 now_ms = 0;
  current_time_ms(vfs, &now_ms);
  *result = static_cast<double>(now_ms) / kDayMs;
  return SQLITE_OK;
}

int no_last_error(sqlite3_vfs*, int, char*) { return SQLITE_OK; }

sqlite3_vfs make_memory_vfs() {
  sqlite3_vfs vfs{};
  vfs.iVersion = 2;
  vfs.szOsFile = sizeof(sqlite3_file);
  vfs.mxPathname = kMaxPathBytes;
  vfs.zName = "vitrine-memory";
  vfs.xOpen = refuse_open;
  vfs.xDelete = delete_nothing;
  vfs.xAccess = access_nothing;
  vfs.xFullPathname = full_path;
  vfs.xRandomness = randomness;
  vfs.xSleep = sleep_not;
  vfs.xCurrentTime = current_time_days;
  vfs.xGetLastError = no_last_error;
  vfs.xCurrentTimeInt64 = current_time_ms;
  return vfs;
}

}  // namespace

sqlite3_vfs* memory_vfs() {
  static sqlite3_vfs vfs = make_memory_vfs();
  return &vfs;
}

}  // namespace vitrine

#if defined(SQLITE_OS_OTHER) && SQLITE_OS_OTHER
// SQLite's amalgamation calls these two from sqlite3_initialize() and sqlite3_shutdown().
extern "C" int sqlite3_os_init() { return sqlite3_vfs_register(vitrine::memory_vfs(), 1); }
extern "C" int sqlite3_os_end() { return SQLITE_OK; }
#endif
