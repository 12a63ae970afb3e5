// A layer over SQLite's allocator. It must be there before SQLite starts, so it is put in place
// before main(); while no FailingMalloc lives it passes everything on.
#include "support/fault_malloc.h"

#include <sqlite3.h>

#include "base/check.h"

namespace vitrine::testing {

namespace {

struct State {
  sqlite3_mem_methods below{};
  bool armed = false;
  int nth = 0;
  FailingMalloc::Lasts lasts = FailingMalloc::Lasts::once;
  int calls = 0;
  bool tripped = false;
};

State& state() {
  static State instance;
  return instance;
}

bool fails_now() {
  State& now = state();
  if (!now.armed) return false;
  ++now.calls;
  if (now.nth == 0) return false;
  const bool once = now.lasts == FailingMalloc::Lasts::once;
  const bool fails = once ? now.calls == now.nth : now.calls >= now.nth;
  now.tripped = now.tripped || fails;
  return fails;
}

void* failing_malloc(int size) { return fails_now() ? nullptr : state().below.xMalloc(size); }

void* failing_realloc(void* block, int size) {
  return fails_now() ? nullptr : state().below.xRealloc(block, size);
}

bool install() {
  sqlite3_config(SQLITE_CONFIG_GETMALLOC, &state().below);
  sqlite3_mem_methods methods = state().below;
  methods.xMalloc = failing_malloc;
  methods.xRealloc = failing_realloc;
  VITRINE_CHECK(sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) == SQLITE_OK);
  // Without lookaside memory every allocation comes by here, and AddressSanitizer sees it too.
  VITRINE_CHECK(sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0) == SQLITE_OK);
  return true;
}

const bool kInstalled = install();

}  // namespace

FailingMalloc::FailingMalloc(int nth, Lasts lasts) {
  State& now = state();
  VITRINE_CHECK(kInstalled && !now.armed);
  now.armed = true;
  now.nth = nth;
  now.lasts = lasts;
  now.calls = 0;
  now.tripped = false;
}

FailingMalloc::~FailingMalloc() { state().armed = false; }

int FailingMalloc::calls() const { return state().calls; }

bool FailingMalloc::tripped() const { return state().tripped; }

}  // namespace vitrine::testing
