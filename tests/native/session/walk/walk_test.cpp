// Random walks. A walk that fails says its seed; VITRINE_SEED replays it, VITRINE_STEPS sets its
// length, VITRINE_WALKS how many seeds follow each other (`npm run torture -- walks`; every run has
// one short walk of each kind).
#include <doctest/doctest.h>

#include <cstdlib>
#include <string>

#include "session/walk/walker.h"
#include "support/seed.h"

namespace vitrine::session_walk_walk_test {

namespace {

int setting(const char* name, int usual) {
  const char* given = std::getenv(name);
  return given ? std::atoi(given) : usual;
}

void walk(std::uint32_t seed, SessionOptions options) {
  INFO("VITRINE_SEED=" << seed << ", autoflush " << options.autoflush << ", expire_on_commit "
                       << options.expire_on_commit);
  test::Walker walker(seed, options);
  const int steps = setting("VITRINE_STEPS", 600);
  for (int i = 0; i < steps; ++i) {
    INFO("step " << i);
    REQUIRE_MESSAGE(walker.step(), walker.trouble());
  }
}

}  // namespace

TEST_CASE("a session and a plain model of it stay the same over any walk") {
  const std::uint32_t first = testing::seed_or(20261122);
  const std::uint32_t end = first + static_cast<std::uint32_t>(setting("VITRINE_WALKS", 1));
  for (std::uint32_t seed = first; seed < end; ++seed) {
    for (const bool autoflush : {true, false}) {
      for (const bool expire_on_commit : {true, false}) {
        walk(seed, {.autoflush = autoflush, .expire_on_commit = expire_on_commit});
      }
    }
  }
}

}  // namespace vitrine::session_walk_walk_test
