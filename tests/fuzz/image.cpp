// The fuzzer's way into src/image: libFuzzer makes up bytes, and stops at those of which something
// does not hold. `npm run torture -- fuzz` runs it.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "image/any_bytes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string wrong =
      vitrine::testing::wrong_about({reinterpret_cast<const char*>(data), size});
  if (wrong.empty()) return 0;
  std::fprintf(stderr, "%s\n", wrong.c_str());
  std::abort();
}
