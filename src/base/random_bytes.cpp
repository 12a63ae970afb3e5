// See the header.
#include "base/random_bytes.h"

#ifdef __EMSCRIPTEN__
#include <emscripten/emscripten.h>
#else
#include <unistd.h>
#endif

namespace vitrine {

bool fill_random(char* at, std::size_t size) {
#ifdef __EMSCRIPTEN__
  for (std::size_t i = 0; i < size; ++i) {
    at[i] = static_cast<char>(static_cast<int>(emscripten_random() * 256));
  }
  return true;
#else
  return getentropy(at, size) == 0;
#endif
}

}  // namespace vitrine
