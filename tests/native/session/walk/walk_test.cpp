// Random walks. A walk that fails says its seed; VITRINE_SEED replays it, VITRINE_STEPS sets its
// length (10,000 and more by hand, less in every run).
#include <doctest/doctest.h>

#include <cstdlib>
#include <string>

#include "session/walk/walker.h"
#include "support/seed.h"

using namespace vitrine;

namespace {

int steps() {
  const char* given = std::getenv("VITRINE_STEPS");
  return given ? std::atoi(given) : 600;
}

void walk(std::uint32_t seed, SessionOptions options) {
  INFO("VITRINE_SEED=" << seed << ", autoflush " << options.autoflush << ", expire_on_commit "
                       << options.expire_on_commit);
  test::Walker walker(seed, options);
  for (int i = 0; i < steps(); ++i) {
    INFO("step " << i);
    REQUIRE_MESSAGE(walker.step(), walker.trouble());
  }
}

}  // namespace

TEST_CASE("a session and a plain model of it stay the same over any walk") {
  const std::uint32_t seed = testing::seed_or(20261122);
  for (const bool autoflush : {true, false}) {
    for (const bool expire_on_commit : {true, false}) {
      walk(seed, {.autoflush = autoflush, .expire_on_commit = expire_on_commit});
    }
  }
}
