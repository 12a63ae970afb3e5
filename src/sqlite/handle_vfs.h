// HandleVfs: SQLite's files over three handles that somebody else opened. A name stands for a
// handle, a file "exists" when it is not empty, and deleting one makes it empty. It never opens,
// moves or removes a file, and takes no locks: whoever opened the handles keeps others away.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>

#include "sqlite/handle.h"

struct sqlite3_vfs;

namespace vitrine {

// The files of one catalog. All three are there; their owner may be the VFS alone.
struct HandleFiles {
  std::unique_ptr<Handle> main;
  std::unique_ptr<Handle> wal;
  std::unique_ptr<Handle> journal;
};

// A handle, and the writes that wait for it. Writes that touch each other are joined until SQLite
// asks for a sync: those of a commit become one, and so do the neighbours of a checkpoint.
//
// Invariants:
//   (1) Reads, and size(), see what was written, whether it waits or not.
//   (2) When writing fails, what waits is kept and tried again, so that the file is as SQLite knows
//       it as soon as there is room again; but for what forget() gives up.
//   (3) At most kMaxWaitingBytes wait.
// Calls answer as a Handle's do.
class JoiningFile {
 public:
  // More gains nothing: a call on a sync access handle costs as much as writing some 100 kB.
  static constexpr std::size_t kMaxWaitingBytes = 512 * 1024;

  explicit JoiningFile(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}

  std::int64_t read(void* target, std::size_t size_bytes, std::int64_t at) noexcept;
  std::int64_t write(const void* source, std::size_t size_bytes, std::int64_t at);
  std::int64_t truncate(std::int64_t size_bytes) noexcept;
  // Writes what waits, and flushes the handle.
  std::int64_t sync() noexcept;
  // Writes what waits.
  std::int64_t write_waiting() noexcept;
  // Gives up what waits beyond the last sync, but for as much as SQLite writes after the sync of a
  // commit that it means to keep.
  void forget() noexcept;
  std::int64_t size() noexcept;

  bool is_open = false;  // by SQLite, which may open each only once: there are no locks

 private:
  std::int64_t end() const { return waiting_at_ + static_cast<std::int64_t>(waiting_.size()); }

  std::unique_ptr<Handle> handle_;
  std::string waiting_;
  std::int64_t waiting_at_ = 0;
  std::int64_t synced_end_ = -1;  // of what was written when sync() was called; -1: never
};

class HandleVfs {
 public:
  // The name of the database; "-wal" and "-journal" follow it for the other two.
  static constexpr const char* kPath = "catalog.sqlite";

  // Registers it under name(); the destructor takes it out again. Connections on it must be closed
  // by then.
  explicit HandleVfs(HandleFiles files);
  HandleVfs(const HandleVfs&) = delete;
  HandleVfs& operator=(const HandleVfs&) = delete;
  ~HandleVfs();

  const std::string& name() const { return name_; }
  // The file of that path, or nullptr.
  JoiningFile* file(const char* path);
  // Between transactions: gives up what waits for the log since one was undone, for want of room
  // perhaps, so that the next does not need that room too.
  void forget_log() noexcept { files_[1].forget(); }

 private:
  std::array<JoiningFile, 3> files_;
  std::string name_;
  std::unique_ptr<sqlite3_vfs> vfs_;
};

}  // namespace vitrine
