// FaultFiles: a catalog's files in memory whose n-th call fails. They outlive the handles, so that
// a test can see what a failure left behind.
#pragma once

#include <memory>
#include <utility>

#include "support/memory_files.h"

namespace vitrine::testing {

enum class HandleCall { read, write, truncate, flush };

// How a call fails: with an error, for want of room, or having written a part only.
enum class Fault { failed, full, cut_short };

struct FaultPlan {
  HandleCall call = HandleCall::write;
  Fault fault = Fault::failed;
  int nth = 0;                   // the first is 1; 0: nothing fails
  bool stays = false;            // so does every call of that kind after it
  std::int64_t room_bytes = -1;  // no file can be longer; -1: they can
  int calls = 0;
  bool tripped = false;

  bool fails(HandleCall which) {
    if (which != call || nth == 0) return false;
    ++calls;
    const bool now = stays ? calls >= nth : calls == nth;
    tripped = tripped || now;
    return now;
  }
  std::int64_t answer() const { return fault == Fault::full ? Handle::kFull : Handle::kFailed; }
};

class FaultHandle : public Handle {
 public:
  FaultHandle(std::unique_ptr<Handle> inner, FaultPlan& plan)
      : inner_(std::move(inner)), plan_(plan) {}

  std::int64_t read(void* target, std::size_t size_bytes, std::int64_t at) noexcept override {
    return plan_.fails(HandleCall::read) ? plan_.answer() : inner_->read(target, size_bytes, at);
  }
  // A write that fails has done half of its work.
  std::int64_t write(const void* source, std::size_t size_bytes,
                     std::int64_t at) noexcept override {
    const std::int64_t end = at + static_cast<std::int64_t>(size_bytes);
    if (plan_.room_bytes >= 0 && end > plan_.room_bytes) return Handle::kFull;
    if (!plan_.fails(HandleCall::write)) return inner_->write(source, size_bytes, at);
    const std::int64_t half = inner_->write(source, size_bytes / 2, at);
    return plan_.fault == Fault::cut_short ? half : plan_.answer();
  }
  std::int64_t truncate(std::int64_t size_bytes) noexcept override {
    return plan_.fails(HandleCall::truncate) ? plan_.answer() : inner_->truncate(size_bytes);
  }
  std::int64_t flush() noexcept override {
    return plan_.fails(HandleCall::flush) ? plan_.answer() : inner_->flush();
  }
  std::int64_t size() noexcept override { return inner_->size(); }

 private:
  std::unique_ptr<Handle> inner_;
  FaultPlan& plan_;
};

struct FaultFiles {
  MemoryFiles files;
  FaultPlan plan;

  HandleFiles open() {
    HandleFiles handles = files.open();
    for (auto* handle : {&handles.main, &handles.wal, &handles.journal}) {
      *handle = std::make_unique<FaultHandle>(std::move(*handle), plan);
    }
    return handles;
  }
};

}  // namespace vitrine::testing
