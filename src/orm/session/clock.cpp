// See the header.
#include "orm/session/clock.h"

#include <chrono>
#include <cstdio>
#include <ctime>
#include <utility>

namespace vitrine {
namespace {

bool in_range(std::string_view digits, int least, int most) {
  int number = 0;
  for (const char digit : digits) {
    if (digit < '0' || digit > '9') return false;
    number = number * 10 + (digit - '0');
  }
  return least <= number && number <= most;
}

}  // namespace

std::string utc_now() {
  const auto now = std::chrono::system_clock::now();
  const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
  const auto since_epoch = now.time_since_epoch();
  const auto milliseconds =
      std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count() % 1000;
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  char text[80];
  std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", utc.tm_year + 1900,
                utc.tm_mon + 1, utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec,
                static_cast<int>(milliseconds));
  return text;
}

bool is_utc_time(std::string_view text) {
  if (text.size() != 24 || text[19] != '.' || text[23] != 'Z') return false;
  for (const auto& [at, mark] :
       {std::pair<std::size_t, char>{4, '-'}, {7, '-'}, {10, 'T'}, {13, ':'}, {16, ':'}}) {
    if (text[at] != mark) return false;
  }
  return in_range(text.substr(0, 4), 0, 9999) && in_range(text.substr(5, 2), 1, 12) &&
         in_range(text.substr(8, 2), 1, 31) && in_range(text.substr(11, 2), 0, 23) &&
         in_range(text.substr(14, 2), 0, 59) && in_range(text.substr(17, 2), 0, 60) &&
         in_range(text.substr(20, 3), 0, 999);
}

}  // namespace vitrine
