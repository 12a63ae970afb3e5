// What memcpy() of Emscripten's C library leaves to JavaScript, from 512 bytes on, by the
// instruction that copies memory. Newer versions of the library have it so by themselves.
#include <stddef.h>

void* emscripten_memcpy_big(void* to, const void* from, size_t size);

void* emscripten_memcpy_big(void* to, const void* from, size_t size) {
  return __builtin_memcpy(to, from, size);
}
