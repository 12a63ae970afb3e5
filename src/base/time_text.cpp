// See the header.
#include "base/time_text.h"

#include <cstdint>

namespace vitrine {
namespace {

constexpr std::int64_t kDay_ms = 86'400'000;

struct Time {
  std::int64_t year = 0;
  std::int64_t month = 0;
  std::int64_t day = 0;
  std::int64_t milliseconds = 0;  // since midnight
};

// Reads the text from its start; every read either takes what it names or fails for good.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool at_end() const { return at_ == text_.size(); }
  bool skip(char c) {
    if (at_end() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  // Exactly `count` digits.
  std::optional<std::int64_t> digits(std::size_t count) {
    std::int64_t number = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (at_end() || text_[at_] < '0' || text_[at_] > '9') return std::nullopt;
      number = number * 10 + (text_[at_++] - '0');
    }
    return number;
  }
  // The digits of a fraction of a second, at least one, as milliseconds.
  std::optional<std::int64_t> fraction() {
    std::int64_t milliseconds = 0;
    std::int64_t weight = 100;
    const std::size_t start = at_;
    while (!at_end() && text_[at_] >= '0' && text_[at_] <= '9') {
      milliseconds += weight * (text_[at_++] - '0');
      weight /= 10;
    }
    if (at_ == start) return std::nullopt;
    return milliseconds;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

bool is_leap(std::int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

std::int64_t days_in(std::int64_t year, std::int64_t month) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : kDays[month - 1];
}

bool read_date(Reader& reader, Time& time) {
  const auto year = reader.digits(4);
  if (!year || !reader.skip('-')) return false;
  const auto month = reader.digits(2);
  if (!month || !reader.skip('-')) return false;
  const auto day = reader.digits(2);
  if (!day || *year < 1 || *month < 1 || *month > 12) return false;
  if (*day < 1 || *day > days_in(*year, *month)) return false;
  time = {*year, *month, *day, 0};
  return true;
}

bool read_clock(Reader& reader, Time& time) {
  const auto hour = reader.digits(2);
  if (!hour || *hour > 23 || !reader.skip(':')) return false;
  const auto minute = reader.digits(2);
  if (!minute || *minute > 59) return false;
  time.milliseconds = (*hour * 60 + *minute) * 60'000;
  if (!reader.skip(':')) return true;
  const auto second = reader.digits(2);
  if (!second || *second > 59) return false;
  time.milliseconds += *second * 1'000;
  if (!reader.skip('.')) return true;
  const auto fraction = reader.fraction();
  if (!fraction) return false;
  time.milliseconds += *fraction;
  return true;
}

// Minutes that the zone is ahead of UTC.
std::optional<std::int64_t> read_zone(Reader& reader) {
  if (reader.skip('Z')) return 0;
  const bool ahead = reader.skip('+');
  if (!ahead && !reader.skip('-')) return std::nullopt;
  const auto hours = reader.digits(2);
  if (!hours || *hours > 23 || !reader.skip(':')) return std::nullopt;
  const auto minutes = reader.digits(2);
  if (!minutes || *minutes > 59) return std::nullopt;
  return (ahead ? 1 : -1) * (*hours * 60 + *minutes);
}

// A zone is less than a day away from UTC, so the date moves by at most one.
void move_to_utc(Time& time, std::int64_t minutes_ahead) {
  time.milliseconds -= minutes_ahead * 60'000;
  if (time.milliseconds < 0) {
    time.milliseconds += kDay_ms;
    if (--time.day == 0) {
      if (--time.month == 0) {
        time.month = 12;
        --time.year;
      }
      time.day = days_in(time.year, time.month);
    }
  } else if (time.milliseconds >= kDay_ms) {
    time.milliseconds -= kDay_ms;
    if (++time.day > days_in(time.year, time.month)) {
      time.day = 1;
      if (++time.month == 13) {
        time.month = 1;
        ++time.year;
      }
    }
  }
}

// The date so many days after the start of 1970.
Time date_of(std::int64_t days) {
  const auto days_of = [](std::int64_t year) { return is_leap(year) ? 366 : 365; };
  Time time{1970, 1, 1, 0};
  while (days < 0) days += days_of(--time.year);
  while (days >= days_of(time.year)) days -= days_of(time.year++);
  while (days >= days_in(time.year, time.month)) days -= days_in(time.year, time.month++);
  time.day += days;
  return time;
}

void append_digits(std::string& text, std::int64_t number, std::int64_t weight) {
  for (; weight > 0; weight /= 10) text += static_cast<char>('0' + number / weight % 10);
}

std::string written(const Time& time) {
  const std::int64_t seconds = time.milliseconds / 1'000;
  std::string text;
  append_digits(text, time.year, 1'000);
  append_digits(text += '-', time.month, 10);
  append_digits(text += '-', time.day, 10);
  append_digits(text += 'T', seconds / 3'600, 10);
  append_digits(text += ':', seconds / 60 % 60, 10);
  append_digits(text += ':', seconds % 60, 10);
  append_digits(text += '.', time.milliseconds % 1'000, 100);
  return text + 'Z';
}

}  // namespace

std::optional<std::string> canonical_time(std::string_view text) {
  Reader reader(text);
  Time time;
  if (!read_date(reader, time)) return std::nullopt;
  if (reader.at_end()) return written(time);
  if (!reader.skip('T') || !read_clock(reader, time)) return std::nullopt;
  const auto zone = read_zone(reader);
  if (!zone || !reader.at_end()) return std::nullopt;
  move_to_utc(time, *zone);
  if (time.year < 1 || time.year > 9999) return std::nullopt;
  return written(time);
}

std::string time_text(std::int64_t since_1970_ms) {
  const std::int64_t in_day_ms = (since_1970_ms % kDay_ms + kDay_ms) % kDay_ms;
  Time time = date_of((since_1970_ms - in_day_ms) / kDay_ms);
  time.milliseconds = in_day_ms;
  return written(time);
}

}  // namespace vitrine
