// memcmp() in wasm, where the C library's goes byte by byte unless both sides lie at multiples of
// four. SQLite's indices compare texts, which lie anywhere. Compiled for wasm only.
#include <stddef.h>
#include <stdint.h>

// Eight bytes at any address.
typedef uint64_t __attribute__((aligned(1), may_alias)) Word;

int memcmp(const void* left, const void* right, size_t size) {
  const unsigned char* a = left;
  const unsigned char* b = right;
  for (; size >= sizeof(Word); size -= sizeof(Word)) {
    if (*(const Word*)a != *(const Word*)b) break;
    a += sizeof(Word);
    b += sizeof(Word);
  }
  for (; size > 0; --size, ++a, ++b) {
    if (*a != *b) return *a - *b;
  }
  return 0;
}
