// The VFS's functions in C, each a call on a JoiningFile ("OS Interface", sqlite.org/vfs.html).
#include "sqlite/handle_vfs.h"

#include <sqlite3.h>

#include <cstring>
#include <new>
#include <string_view>
#include <utility>

#include "base/check.h"

namespace vitrine {

namespace {

// What flash and disks of today write at once.
constexpr int kSectorBytes = 4096;

// SQLite allocates szOsFile bytes and hands them to xOpen, which fills them in.
struct OpenFile {
  sqlite3_file base;
  JoiningFile* file;
};

JoiningFile& file_of(sqlite3_file* base) { return *reinterpret_cast<OpenFile*>(base)->file; }
HandleVfs& owner_of(sqlite3_vfs* vfs) { return *static_cast<HandleVfs*>(vfs->pAppData); }

int result_of(std::int64_t answer, int failed) {
  if (answer >= 0) return SQLITE_OK;
  return answer == Handle::kFull ? SQLITE_FULL : failed;
}

int file_close(sqlite3_file* base) {
  JoiningFile& file = file_of(base);
  file.is_open = false;
  return result_of(file.write_waiting(), SQLITE_IOERR_CLOSE);
}

int file_read(sqlite3_file* base, void* target, int size, sqlite3_int64 at) {
  const std::int64_t count = file_of(base).read(target, static_cast<std::size_t>(size), at);
  if (count == size) return SQLITE_OK;
  if (count < 0 || count > size) return SQLITE_IOERR_READ;
  std::memset(static_cast<char*>(target) + count, 0, static_cast<std::size_t>(size - count));
  return SQLITE_IOERR_SHORT_READ;
}

int file_write(sqlite3_file* base, const void* source, int size, sqlite3_int64 at) {
  try {
    return result_of(file_of(base).write(source, static_cast<std::size_t>(size), at),
                     SQLITE_IOERR_WRITE);
  } catch (const std::bad_alloc&) {
    return SQLITE_IOERR_NOMEM;
  }
}

int file_truncate(sqlite3_file* base, sqlite3_int64 size) {
  return result_of(file_of(base).truncate(size), SQLITE_IOERR_TRUNCATE);
}

int file_sync(sqlite3_file* base, int) {
  return result_of(file_of(base).sync(), SQLITE_IOERR_FSYNC);
}

int file_size(sqlite3_file* base, sqlite3_int64* size) {
  *size = file_of(base).size();
  return result_of(*size, SQLITE_IOERR_FSTAT);
}

int file_lock(sqlite3_file*, int) { return SQLITE_OK; }

// With any other answer SQLite believes that a journal left behind is still in use, and never rolls
// it back.
int file_check_reserved(sqlite3_file*, int* result) {
  *result = 0;
  return SQLITE_OK;
}

int file_control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
int file_sector_size(sqlite3_file*) { return kSectorBytes; }
// Nothing is promised, least of all that a torn write leaves its neighbours alone.
int file_characteristics(sqlite3_file*) { return 0; }

constexpr sqlite3_io_methods make_file_methods() {
  sqlite3_io_methods methods{};
  methods.iVersion = 1;
  methods.xClose = file_close;
  methods.xRead = file_read;
  methods.xWrite = file_write;
  methods.xTruncate = file_truncate;
  methods.xSync = file_sync;
  methods.xFileSize = file_size;
  methods.xLock = file_lock;
  methods.xUnlock = file_lock;
  methods.xCheckReservedLock = file_check_reserved;
  methods.xFileControl = file_control;
  methods.xSectorSize = file_sector_size;
  methods.xDeviceCharacteristics = file_characteristics;
  return methods;
}

constexpr sqlite3_io_methods kFileMethods = make_file_methods();

int vfs_open(sqlite3_vfs* vfs, const char* path, sqlite3_file* base, int flags, int* out_flags) {
  base->pMethods = nullptr;
  JoiningFile* file = path == nullptr ? nullptr : owner_of(vfs).file(path);
  if (file == nullptr || file->is_open) return SQLITE_CANTOPEN;
  file->is_open = true;
  new (base) OpenFile{{&kFileMethods}, file};
  if (out_flags != nullptr) *out_flags = flags;
  return SQLITE_OK;
}

int vfs_delete(sqlite3_vfs* vfs, const char* path, int) {
  JoiningFile* file = owner_of(vfs).file(path);
  if (file == nullptr) return SQLITE_IOERR_DELETE_NOENT;
  std::int64_t answer = file->truncate(0);
  // A journal that comes back after the power went would undo what was committed.
  if (answer >= 0) answer = file->sync();
  return result_of(answer, SQLITE_IOERR_DELETE);
}

int vfs_access(sqlite3_vfs* vfs, const char* path, int, int* result) {
  JoiningFile* file = owner_of(vfs).file(path);
  const std::int64_t size = file == nullptr ? 0 : file->size();
  *result = size > 0 ? 1 : 0;
  return result_of(size, SQLITE_IOERR_ACCESS);
}

int vfs_full_path(sqlite3_vfs*, const char* path, int capacity, char* result) {
  const std::size_t size = std::strlen(path) + 1;
  if (size > static_cast<std::size_t>(capacity)) return SQLITE_CANTOPEN;
  std::memcpy(result, path, size);
  return SQLITE_OK;
}

}  // namespace

HandleVfs::HandleVfs(HandleFiles files)
    : files_{JoiningFile(std::move(files.main)), JoiningFile(std::move(files.wal)),
             JoiningFile(std::move(files.journal))},
      vfs_(std::make_unique<sqlite3_vfs>()) {
  static int number = 0;
  name_ = "vitrine-" + std::to_string(++number);
  // Time, randomness and sleep are those of the default VFS.
  *vfs_ = *sqlite3_vfs_find(nullptr);
  vfs_->pNext = nullptr;
  vfs_->szOsFile = sizeof(OpenFile);
  vfs_->zName = name_.c_str();
  vfs_->pAppData = this;
  vfs_->xOpen = vfs_open;
  vfs_->xDelete = vfs_delete;
  vfs_->xAccess = vfs_access;
  vfs_->xFullPathname = vfs_full_path;
  const int result = sqlite3_vfs_register(vfs_.get(), 0);
  VITRINE_CHECK(result == SQLITE_OK);
}

HandleVfs::~HandleVfs() { sqlite3_vfs_unregister(vfs_.get()); }

JoiningFile* HandleVfs::file(const char* path) {
  static constexpr std::string_view kEndings[] = {"", "-wal", "-journal"};
  const std::string_view name(path);
  const std::string_view base(kPath);
  if (name.substr(0, base.size()) != base) return nullptr;
  for (std::size_t i = 0; i < files_.size(); ++i) {
    if (name.substr(base.size()) == kEndings[i]) return &files_[i];
  }
  return nullptr;
}

}  // namespace vitrine
