// Handle: one open file as the VFS sees it, whatever keeps it: a sync access handle of the browser,
// a file descriptor, or the tests' recording file. It knows nothing of SQLite.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vitrine {

// Every call answers with a count that is not negative, or with one of the two failures. Nothing is
// thrown: SQLite, which calls this from C, could not pass it on.
class Handle {
 public:
  static constexpr std::int64_t kFailed = -1;
  static constexpr std::int64_t kFull = -2;  // no room: on the disk, or in the site's quota

  Handle() = default;
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  virtual ~Handle() = default;

  // How many bytes were read from offset `at`; fewer than asked for only at the end of the file.
  virtual std::int64_t read(void* target, std::size_t size_bytes, std::int64_t at) noexcept = 0;
  // How many bytes were written at offset `at`; fewer (or a count that makes no sense) mean that
  // there is no more room. A file grows as needed.
  virtual std::int64_t write(const void* source, std::size_t size_bytes,
                             std::int64_t at) noexcept = 0;
  // 0 when the file now has this size.
  virtual std::int64_t truncate(std::int64_t size_bytes) noexcept = 0;
  // 0 when all that was written survives the loss of power from here on.
  virtual std::int64_t flush() noexcept = 0;
  virtual std::int64_t size() noexcept = 0;
};

}  // namespace vitrine
