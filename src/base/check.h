// CHECK: a condition that only a bug of ours can break. It ends the program: there is no answer to
// a bug at run time. Mistakes of callers and of data are never checked here; they fail().
#pragma once

namespace vitrine {
[[noreturn]] void check_failed(const char* condition, const char* file, int line);
}

#define VITRINE_CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::vitrine::check_failed(#condition, __FILE__, __LINE__))
