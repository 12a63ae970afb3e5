// Times: which texts are one, and how each is written.
#include "base/time_text.h"

#include <doctest/doctest.h>

namespace vitrine::base_time_text_test {

TEST_CASE("a time in UTC is written with milliseconds") {
  CHECK(canonical_time("2026-11-22T09:30:00.000Z") == "2026-11-22T09:30:00.000Z");
  CHECK(canonical_time("2026-11-22T09:30Z") == "2026-11-22T09:30:00.000Z");
  CHECK(canonical_time("2026-11-22T09:30:05.12Z") == "2026-11-22T09:30:05.120Z");
  CHECK(canonical_time("2026-11-22T09:30:05.123999Z") == "2026-11-22T09:30:05.123Z");
  CHECK(canonical_time("2026-11-22") == "2026-11-22T00:00:00.000Z");
}

TEST_CASE("a time of another zone becomes one in UTC, over the end of days, months and years") {
  CHECK(canonical_time("2026-11-22T11:30:00+02:00") == "2026-11-22T09:30:00.000Z");
  CHECK(canonical_time("2026-01-01T00:30:00+01:00") == "2025-12-31T23:30:00.000Z");
  CHECK(canonical_time("2025-12-31T20:00:00-05:30") == "2026-01-01T01:30:00.000Z");
  CHECK(canonical_time("2024-03-01T00:00:00+00:01") == "2024-02-29T23:59:00.000Z");
  CHECK(canonical_time("2023-02-28T23:59:00-00:01") == "2023-03-01T00:00:00.000Z");
}

TEST_CASE("what is no time, or none for certain, is refused") {
  for (const char* text : {"",
                           "now",
                           "2026",
                           "2026-13-01",
                           "2026-00-10",
                           "2026-02-29",
                           "2026-04-31",
                           "1900-02-29",
                           "2026-11-22T24:00:00Z",
                           "2026-11-22T09:60Z",
                           "2026-11-22T09:30:60Z",
                           "2026-11-22T09:30:00.Z",
                           "2026-11-22T09:30:00",
                           "2026-11-22 09:30:00Z",
                           "2026-11-22T09:30:00Zx",
                           "2026-11-22T",
                           "0000-01-01",
                           "2026-11-22T09:30+2:00",
                           "2026-11-22T09:30+24:00",
                           "+2026-11-22",
                           "0001-01-01T00:00+00:01",
                           "9999-12-31T23:59-00:01"}) {
    CAPTURE(text);
    CHECK_FALSE(canonical_time(text).has_value());
  }
}

TEST_CASE("milliseconds since 1970 are a time, before it too") {
  CHECK(time_text(0) == "1970-01-01T00:00:00.000Z");
  CHECK(time_text(-1) == "1969-12-31T23:59:59.999Z");
  CHECK(time_text(951'827'696'789) == "2000-02-29T12:34:56.789Z");
  CHECK(time_text(-62'135'596'800'000) == "0001-01-01T00:00:00.000Z");
  CHECK(time_text(253'402'300'799'999) == "9999-12-31T23:59:59.999Z");
}

// The other way to the next day is that of a zone which is a day behind.
TEST_CASE("each day of four hundred years follows the one before it") {
  std::int64_t day_ms = -11'676'096'000'000;  // 1600-01-01
  std::string day = time_text(day_ms).substr(0, 10);
  CHECK(day == "1600-01-01");
  std::size_t wrong = 0;
  while (wrong == 0 && day != "2000-01-02") {
    const auto next = canonical_time(day + "T23:59-00:01");
    day_ms += 86'400'000;
    if (!next || time_text(day_ms) != *next) ++wrong;
    day = next->substr(0, 10);
  }
  CHECK(wrong == 0);
}

}  // namespace vitrine::base_time_text_test
