// Times as the catalog stores them: ISO 8601, UTC, milliseconds ("2026-11-22T09:30:00.000Z"), so
// that their order as text is their order in time.
#pragma once

#include <string>
#include <string_view>

namespace vitrine {

std::string utc_now();
// Whether `text` has exactly that form, with a month, day and time that exist.
bool is_utc_time(std::string_view text);

}  // namespace vitrine
