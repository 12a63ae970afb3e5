// The VFS's functions: each asks whether it is to fail, then does its work on a string.
#include "support/fault_vfs.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <new>

namespace vitrine::testing {

namespace {

constexpr int kSectorBytes = 4096;

// SQLite allocates szOsFile bytes and hands them to xOpen, which constructs this there.
struct File {
  sqlite3_file base;
  FaultVfs* vfs;
  FaultVfs::Content content;
  std::string delete_on_close;
};

File& file_of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
FaultVfs& vfs_of(sqlite3_vfs* vfs) { return *static_cast<FaultVfs*>(vfs->pAppData); }

int file_close(sqlite3_file* base) {
  File& file = file_of(base);
  if (!file.delete_on_close.empty()) file.vfs->remove(file.delete_on_close);
  file.~File();
  return SQLITE_OK;
}

int file_read(sqlite3_file* base, void* target, int size, sqlite3_int64 offset) {
  const File& file = file_of(base);
  if (const int fault = file.vfs->on_call(StorageCall::read)) return fault;
  const auto at = std::min(static_cast<std::size_t>(offset), file.content->size());
  const auto count = std::min(static_cast<std::size_t>(size), file.content->size() - at);
  std::memcpy(target, file.content->data() + at, count);
  if (count == static_cast<std::size_t>(size)) return SQLITE_OK;
  std::memset(static_cast<char*>(target) + count, 0, static_cast<std::size_t>(size) - count);
  return SQLITE_IOERR_SHORT_READ;
}

int file_write(sqlite3_file* base, const void* source, int size, sqlite3_int64 offset) {
  const File& file = file_of(base);
  if (const int fault = file.vfs->on_call(StorageCall::write)) return fault;
  const auto at = static_cast<std::size_t>(offset);
  const auto count = static_cast<std::size_t>(size);
  if (file.content->size() < at + count) file.content->resize(at + count);
  std::memcpy(file.content->data() + at, source, count);
  return SQLITE_OK;
}

int file_truncate(sqlite3_file* base, sqlite3_int64 size) {
  const File& file = file_of(base);
  if (const int fault = file.vfs->on_call(StorageCall::truncate)) return fault;
  file.content->resize(static_cast<std::size_t>(size));
  return SQLITE_OK;
}

int file_sync(sqlite3_file* base, int) { return file_of(base).vfs->on_call(StorageCall::sync); }

int file_size(sqlite3_file* base, sqlite3_int64* size) {
  *size = static_cast<sqlite3_int64>(file_of(base).content->size());
  return SQLITE_OK;
}

int file_lock(sqlite3_file*, int) { return SQLITE_OK; }

int file_check_reserved(sqlite3_file*, int* result) {
  *result = 0;
  return SQLITE_OK;
}

int file_control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
int file_sector_size(sqlite3_file*) { return kSectorBytes; }
int file_characteristics(sqlite3_file*) { return 0; }

const sqlite3_io_methods kFileMethods = [] {
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
}();

int vfs_open(sqlite3_vfs* vfs, const char* path, sqlite3_file* base, int flags, int* out_flags) {
  base->pMethods = nullptr;
  FaultVfs& owner = vfs_of(vfs);
  if (const int fault = owner.on_call(StorageCall::open)) return fault;
  // A file without a name is a temporary one of nobody else.
  const std::string name = path != nullptr ? path : "";
  if ((flags & SQLITE_OPEN_CREATE) == 0 && !owner.exists(name)) return SQLITE_CANTOPEN;
  auto content = name.empty() ? std::make_shared<std::string>() : owner.open(name);
  const bool is_temporary = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
  new (base) File{{&kFileMethods}, &owner, std::move(content), is_temporary ? name : ""};
  if (out_flags != nullptr) *out_flags = flags;
  return SQLITE_OK;
}

int vfs_delete(sqlite3_vfs* vfs, const char* path, int) {
  FaultVfs& owner = vfs_of(vfs);
  if (const int fault = owner.on_call(StorageCall::remove)) return fault;
  if (!owner.exists(path)) return SQLITE_IOERR_DELETE_NOENT;
  owner.remove(path);
  return SQLITE_OK;
}

int vfs_access(sqlite3_vfs* vfs, const char* path, int, int* result) {
  *result = vfs_of(vfs).exists(path) ? 1 : 0;
  return SQLITE_OK;
}

int vfs_full_path(sqlite3_vfs*, const char* path, int capacity, char* result) {
  sqlite3_snprintf(capacity, result, "%s", path);
  return SQLITE_OK;
}

}  // namespace

FaultVfs::FaultVfs() : vfs_(std::make_unique<sqlite3_vfs>()) {
  sqlite3_initialize();
  static int number = 0;
  name_ = "fault-" + std::to_string(++number);
  // Time, randomness and sleep are those of the default VFS.
  *vfs_ = *sqlite3_vfs_find(nullptr);
  vfs_->pNext = nullptr;
  vfs_->szOsFile = sizeof(File);
  vfs_->zName = name_.c_str();
  vfs_->pAppData = this;
  vfs_->xOpen = vfs_open;
  vfs_->xDelete = vfs_delete;
  vfs_->xAccess = vfs_access;
  vfs_->xFullPathname = vfs_full_path;
  sqlite3_vfs_register(vfs_.get(), 0);
}

FaultVfs::~FaultVfs() { sqlite3_vfs_unregister(vfs_.get()); }

void FaultVfs::arm(StorageCall kind, int nth, int result, bool stays) {
  kind_ = kind;
  nth_ = nth;
  result_ = result;
  stays_ = stays;
  calls_ = 0;
  tripped_ = false;
}

void FaultVfs::fail_at(StorageCall kind, int nth, int result) { arm(kind, nth, result, false); }

void FaultVfs::fail_from(StorageCall kind, int nth, int result) { arm(kind, nth, result, true); }

void FaultVfs::heal() { nth_ = 0; }

int FaultVfs::on_call(StorageCall kind) {
  if (kind_ != StorageCall::any && kind_ != kind) return SQLITE_OK;
  ++calls_;
  const bool fails = nth_ > 0 && (stays_ ? calls_ >= nth_ : calls_ == nth_);
  if (!fails) return SQLITE_OK;
  tripped_ = true;
  return result_;
}

FaultVfs::Content FaultVfs::open(const std::string& path) {
  Content& content = files_[path];
  if (content == nullptr) content = std::make_shared<std::string>();
  return content;
}

std::string FaultVfs::content(const std::string& path) const {
  const auto found = files_.find(path);
  return found != files_.end() ? *found->second : "";
}

}  // namespace vitrine::testing
