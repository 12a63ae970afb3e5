// Times as the catalog stores them: ISO 8601 in UTC with milliseconds, "2026-11-22T09:30:00.000Z",
// so that their order as text is their order in time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vitrine {

// `text` in that form, or nothing when it is no time. Understood are a date ("2026-11-22", midnight
// in UTC) and a date with a time and its zone ("2026-11-22T11:30+02:00", with or without seconds
// and their fraction, of which three digits are kept). A time without a zone is no time: it would
// mean another one on another machine. Years 0001 to 9999.
std::optional<std::string> canonical_time(std::string_view text);

// The time so many milliseconds after the start of 1970, in that form.
std::string time_text(std::int64_t since_1970_ms);

}  // namespace vitrine
