// JoiningFile: see handle_vfs.h.
#include <algorithm>
#include <cstring>

#include "sqlite/handle_vfs.h"

namespace vitrine {

std::int64_t JoiningFile::read(void* target, std::size_t size_bytes, std::int64_t at) noexcept {
  const std::int64_t stop = at + static_cast<std::int64_t>(size_bytes);
  const std::int64_t from = std::max(at, waiting_at_);
  const std::int64_t to = std::min(stop, end());
  char* bytes = static_cast<char*>(target);
  std::int64_t count = 0;
  if (from > at || to < stop || waiting_.empty()) count = handle_->read(target, size_bytes, at);
  if (count < 0 || from >= to) return count;
  // What waits may lie beyond the end of the file: nothing but zeros is between.
  if (at + count < from) std::memset(bytes + count, 0, static_cast<std::size_t>(from - at - count));
  std::memcpy(bytes + (from - at), waiting_.data() + (from - waiting_at_),
              static_cast<std::size_t>(to - from));
  return std::max(count, to - at);
}

std::int64_t JoiningFile::write(const void* source, std::size_t size_bytes, std::int64_t at) {
  const bool touches = at >= waiting_at_ && at <= end();
  const std::size_t place = touches ? static_cast<std::size_t>(at - waiting_at_) : 0;
  if (waiting_.empty() || !touches || place + size_bytes > kMaxWaitingBytes) {
    if (const std::int64_t failure = write_waiting()) return failure;
    waiting_.assign(static_cast<const char*>(source), size_bytes);
    waiting_at_ = at;
    return static_cast<std::int64_t>(size_bytes);
  }
  if (place + size_bytes > waiting_.size()) waiting_.resize(place + size_bytes);
  std::memcpy(waiting_.data() + place, source, size_bytes);
  return static_cast<std::int64_t>(size_bytes);
}

std::int64_t JoiningFile::truncate(std::int64_t size_bytes) noexcept {
  const std::int64_t kept = std::clamp<std::int64_t>(size_bytes - waiting_at_, 0, end());
  if (static_cast<std::size_t>(kept) < waiting_.size()) {
    waiting_.resize(static_cast<std::size_t>(kept));
  }
  return handle_->truncate(size_bytes);
}

std::int64_t JoiningFile::sync() noexcept {
  std::int64_t failure = write_waiting();
  if (failure == 0) failure = handle_->flush();
  if (failure == 0) synced_end_ = waiting_at_;
  return failure;
}

// A commit's last frame goes on beyond the sector that is flushed: "padToSectorBoundary" in
// SQLite's wal.c.
void JoiningFile::forget() noexcept {
  constexpr std::int64_t kMaxFrameBytes = 24 + 65'536;
  if (synced_end_ < 0) return;
  const std::int64_t kept = std::max<std::int64_t>(synced_end_ + kMaxFrameBytes - waiting_at_, 0);
  if (kept < end() - waiting_at_) waiting_.resize(static_cast<std::size_t>(kept));
}

std::int64_t JoiningFile::write_waiting() noexcept {
  if (waiting_.empty()) return 0;
  const std::int64_t count = handle_->write(waiting_.data(), waiting_.size(), waiting_at_);
  if (count == Handle::kFailed) return count;
  if (count != static_cast<std::int64_t>(waiting_.size())) return Handle::kFull;
  waiting_at_ = end();
  waiting_.clear();
  return 0;
}

std::int64_t JoiningFile::size() noexcept {
  const std::int64_t written = handle_->size();
  return written < 0 || waiting_.empty() ? written : std::max(written, end());
}

}  // namespace vitrine
