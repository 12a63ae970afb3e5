// IntegerTable beside a std::map, over keys in order, at random, and far apart.
#include "orm/session/integer_table.h"

#include <doctest/doctest.h>

#include <map>
#include <random>

#include "support/seed.h"

namespace vitrine::session_integer_table_test {

namespace {

// Adds `key` to both with the next row, and looks it and its neighbour up.
struct Both {
  IntegerTable table;
  std::map<std::int64_t, std::int32_t> model;

  void add(std::int64_t key) {
    const auto row = static_cast<std::int32_t>(model.size());
    const bool fresh = model.emplace(key, row).second;
    std::int32_t& known = table.row_of(key);
    REQUIRE((known == -1) == fresh);
    if (fresh) known = row;
  }
  void check(std::int64_t key) {
    const auto found = model.find(key);
    REQUIRE(table.find(key) == (found == model.end() ? -1 : found->second));
  }
};

}  // namespace

TEST_CASE("a table of integers finds keys that came in order, and no others") {
  Both both;
  for (std::int64_t key = 1; key <= 1'000; ++key) both.add(key);
  for (std::int64_t key = -3; key <= 1'003; ++key) both.check(key);
  CHECK(both.table.keys().size() == 1'000);
  CHECK(both.table.keys()[999] == 1'000);
}

TEST_CASE("a table of integers agrees with a map on keys at random, however far apart") {
  const std::uint32_t seed = testing::seed_or(20261128);
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  for (const int shift : {0, 7, 16, 32, 50}) {
    Both both;
    for (int i = 0; i < 400; ++i) {
      const auto key = static_cast<std::int64_t>((random() % 300) << shift) - 100;
      both.add(key);
      both.check(key);
      both.check(key + 1);
      both.check(static_cast<std::int64_t>(random() % 300) << shift);
    }
    CHECK(both.table.keys().size() == both.model.size());
  }
}

}  // namespace vitrine::session_integer_table_test
