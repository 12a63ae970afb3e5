// The end of the road for a bug: say where, then stop.
#include "base/check.h"

#include <cstdlib>
#include <string>

#ifdef __EMSCRIPTEN__
#include <emscripten/console.h>
#else
#include <cstdio>
#endif

namespace vitrine {
namespace {

void complain(const std::string& message) {
#ifdef __EMSCRIPTEN__
  emscripten_console_error(message.c_str());
#else
  std::fprintf(stderr, "%s\n", message.c_str());
#endif
}

}  // namespace

void check_failed(const char* condition, const char* file, int line) {
  complain(std::string(file) + ':' + std::to_string(line) + ": a bug in Vitrine: " + condition +
           " does not hold. Please report this line.");
  std::abort();
}

}  // namespace vitrine
