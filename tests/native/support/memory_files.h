// MemoryFiles: the three files of a catalog in memory, with handles that count what is asked of
// them. The files outlive the handles, so that a test can open them again.
#pragma once

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>

#include "sqlite/handle_vfs.h"

namespace vitrine::testing {

struct HandleCalls {
  int reads = 0;
  int writes = 0;
  int truncates = 0;
  int flushes = 0;
};

class MemoryHandle : public Handle {
 public:
  MemoryHandle(std::string& bytes, HandleCalls& calls) : bytes_(bytes), calls_(calls) {}

  std::int64_t read(void* target, std::size_t size_bytes, std::int64_t at) noexcept override {
    ++calls_.reads;
    const auto from = std::min(static_cast<std::size_t>(at), bytes_.size());
    const auto count = std::min(size_bytes, bytes_.size() - from);
    std::memcpy(target, bytes_.data() + from, count);
    return static_cast<std::int64_t>(count);
  }
  std::int64_t write(const void* source, std::size_t size_bytes,
                     std::int64_t at) noexcept override {
    ++calls_.writes;
    const auto from = static_cast<std::size_t>(at);
    if (bytes_.size() < from + size_bytes) bytes_.resize(from + size_bytes);
    std::memcpy(bytes_.data() + from, source, size_bytes);
    return static_cast<std::int64_t>(size_bytes);
  }
  std::int64_t truncate(std::int64_t size_bytes) noexcept override {
    ++calls_.truncates;
    bytes_.resize(static_cast<std::size_t>(size_bytes));
    return 0;
  }
  std::int64_t flush() noexcept override {
    ++calls_.flushes;
    return 0;
  }
  std::int64_t size() noexcept override { return static_cast<std::int64_t>(bytes_.size()); }

 private:
  std::string& bytes_;
  HandleCalls& calls_;
};

struct MemoryFiles {
  std::string main;
  std::string wal;
  std::string journal;
  HandleCalls calls;  // of all three

  HandleFiles open() {
    return {std::make_unique<MemoryHandle>(main, calls), std::make_unique<MemoryHandle>(wal, calls),
            std::make_unique<MemoryHandle>(journal, calls)};
  }
};

}  // namespace vitrine::testing
