// See the header.
#include "orm/session/clock.h"

#include <ctime>

#include "base/time_text.h"

namespace vitrine {

std::string utc_now() {
  std::timespec now{};
  std::timespec_get(&now, TIME_UTC);
  return time_text(std::int64_t{now.tv_sec} * 1'000 + now.tv_nsec / 1'000'000);
}

bool is_utc_time(std::string_view text) { return canonical_time(text) == text; }

}  // namespace vitrine
