// The end of the road for a bug: say where, then stop.
#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace vitrine {

void check_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: a bug in Vitrine: %s does not hold. Please report this line.\n",
               file, line, condition);
  std::abort();
}

}  // namespace vitrine
