// The loss of power, modelled: files that note every operation on them, and what can be on the disk
// when the power goes after any of these. What was not flushed may be there, or not, or in part:
// sectors of 512 bytes are written whole or not at all, and in any order.
#pragma once

#include <array>
#include <random>
#include <string>
#include <vector>

#include "support/memory_files.h"

namespace vitrine::testing {

struct FileOperation {
  enum Kind { write, truncate, flush };
  int file = 0;  // 0 main, 1 wal, 2 journal
  Kind kind = write;
  std::size_t at = 0;  // or the size, of truncate
  std::string bytes;
};

// Files in memory that write down what is asked of them.
struct RecordedFiles {
  MemoryFiles files;
  std::vector<FileOperation> log;

  HandleFiles open();
};

// What happens to that which was not flushed.
enum class Loss { keeps_all, loses_all, loses_first, keeps_first, keeps_some, tears };

// The disk, operation by operation.
class Disk {
 public:
  static constexpr std::size_t kSectorBytes = 512;

  explicit Disk(const MemoryFiles& start);
  void apply(const FileOperation& operation);
  // What is there when the power goes now; `random` decides where the loss leaves a choice.
  MemoryFiles after(Loss loss, std::mt19937& random) const;
  // Whether anything waits for a flush: all losses are alike without.
  bool is_settled() const;

 private:
  struct File {
    std::string durable;
    std::vector<FileOperation> waiting;
  };
  std::array<File, 3> files_;
};

}  // namespace vitrine::testing
