// FaultVfs: files in memory behind SQLite's VFS interface, and storage that fails on command.
// It outlives connections, so that a test can open a file again and see what a failure left behind.
// One connection at a time: locks are granted without looking.
#pragma once

#include <map>
#include <memory>
#include <string>

struct sqlite3_vfs;

namespace vitrine::testing {

// What storage can be asked to do. any: each of them counts.
enum class StorageCall { any, open, read, write, sync, truncate, remove };

class FaultVfs {
 public:
  // Registers it under name(), not as the default; the destructor takes it out again. Connections
  // on it must be closed by then.
  FaultVfs();
  FaultVfs(const FaultVfs&) = delete;
  FaultVfs& operator=(const FaultVfs&) = delete;
  ~FaultVfs();

  const std::string& name() const { return name_; }

  // From now on the `nth` call of that kind (the first is 1) fails with `result`, one of SQLite's
  // codes: SQLITE_IOERR, SQLITE_FULL, ... Counting starts anew.
  void fail_at(StorageCall kind, int nth, int result);
  // As fail_at, and every call of that kind after it fails too: a disk that stays full.
  void fail_from(StorageCall kind, int nth, int result);
  void heal();
  // Calls of the kind that was named last, since then; and whether one of them has failed.
  int calls() const { return calls_; }
  bool tripped() const { return tripped_; }

  // The bytes of a file, empty when there is none.
  std::string content(const std::string& path) const;
  bool exists(const std::string& path) const { return files_.count(path) != 0; }

  // --- for the VFS's functions, which are C ---
  using Content = std::shared_ptr<std::string>;
  // 0, or the result to fail with.
  int on_call(StorageCall kind);
  Content open(const std::string& path);
  void remove(const std::string& path) { files_.erase(path); }

 private:
  void arm(StorageCall kind, int nth, int result, bool stays);

  std::string name_;
  std::unique_ptr<sqlite3_vfs> vfs_;
  std::map<std::string, Content> files_;
  StorageCall kind_ = StorageCall::any;
  int nth_ = 0;  // 0: nothing fails
  int result_ = 0;
  bool stays_ = false;
  int calls_ = 0;
  bool tripped_ = false;
};

}  // namespace vitrine::testing
