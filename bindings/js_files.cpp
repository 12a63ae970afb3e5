// Each call of a handle, made where exceptions of JavaScript can be caught: none may pass through
// SQLite. The last one is kept for the error's `cause`.
#include "bindings/js_files.h"

#include <emscripten.h>

// One function for all, since each costs an import. Numbers are doubles: offsets go beyond 32 bits.
// clang-format off
EM_JS(double, vitrine_handle, (int place, int call, void* bytes, int size_bytes, double at), {
  const handle = Module['handles'][place];
  try {
    switch (call) {
      case 0: return handle.read(HEAPU8.subarray(bytes, bytes + size_bytes), {at});
      case 1: return handle.write(HEAPU8.subarray(bytes, bytes + size_bytes), {at});
      case 2: return handle.truncate(at), 0;
      case 3: return handle.flush(), 0;
      default: return handle.getSize();
    }
  } catch (error) {
    Module['cause'] = error;
    return error && error.name == 'QuotaExceededError' ? -2 : -1;
  }
});
// clang-format on

namespace vitrine {

namespace {

enum Call { kRead, kWrite, kTruncate, kFlush, kSize };

class JsHandle : public Handle {
 public:
  explicit JsHandle(std::uint32_t place) : place_(static_cast<int>(place)) {}

  std::int64_t read(void* target, std::size_t size_bytes, std::int64_t at) noexcept override {
    return call(kRead, target, size_bytes, at);
  }
  std::int64_t write(const void* source, std::size_t size_bytes,
                     std::int64_t at) noexcept override {
    return call(kWrite, const_cast<void*>(source), size_bytes, at);
  }
  std::int64_t truncate(std::int64_t size_bytes) noexcept override {
    return call(kTruncate, nullptr, 0, size_bytes);
  }
  std::int64_t flush() noexcept override { return call(kFlush, nullptr, 0, 0); }
  std::int64_t size() noexcept override { return call(kSize, nullptr, 0, 0); }

 private:
  std::int64_t call(Call which, void* bytes, std::size_t size_bytes, std::int64_t at) noexcept {
    return static_cast<std::int64_t>(vitrine_handle(
        place_, which, bytes, static_cast<int>(size_bytes), static_cast<double>(at)));
  }

  int place_;
};

}  // namespace

HandleFiles js_files(std::uint32_t first) {
  return {std::make_unique<JsHandle>(first), std::make_unique<JsHandle>(first + 1),
          std::make_unique<JsHandle>(first + 2)};
}

}  // namespace vitrine
