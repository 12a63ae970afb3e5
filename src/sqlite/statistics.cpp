// Spread of numbers by Welford's method, which needs no second look; order statistics over a sorted
// copy. NULLs are left out. Memory is SQLite's, which ends an aggregate also when a query fails.
#include <sqlite3.h>

#include <cmath>
#include <cstring>
#include <iterator>

#include "sqlite/sqljs_functions.h"

namespace vitrine {
namespace {

struct Spread {
  double mean;
  double squares;  // the sum of squared distances from the mean
  sqlite3_int64 count;
};

void add_to_spread(sqlite3_context* context, int, sqlite3_value** arguments) {
  if (sqlite3_value_numeric_type(arguments[0]) == SQLITE_NULL) return;
  auto* spread = static_cast<Spread*>(sqlite3_aggregate_context(context, sizeof(Spread)));
  if (spread == nullptr) return sqlite3_result_error_nomem(context);
  const double number = sqlite3_value_double(arguments[0]);
  const double distance = number - spread->mean;
  spread->mean += distance / static_cast<double>(++spread->count);
  spread->squares += distance * (number - spread->mean);
}

double variance_of(sqlite3_context* context) {
  const auto* spread = static_cast<const Spread*>(sqlite3_aggregate_context(context, 0));
  if (spread == nullptr || spread->count < 2) return 0;
  return spread->squares / static_cast<double>(spread->count - 1);
}

void variance(sqlite3_context* context) { sqlite3_result_double(context, variance_of(context)); }

void stdev(sqlite3_context* context) {
  sqlite3_result_double(context, std::sqrt(variance_of(context)));
}

// The numbers so far, as keys in the order of the numbers. The first one decides whether they are
// taken as whole numbers.
struct Sample {
  sqlite3_int64* keys;
  sqlite3_int64 count;
  sqlite3_int64 room;
  bool whole;
};

// Maps the bits of a double to whole numbers of the same order, and back.
sqlite3_int64 ordered(sqlite3_int64 bits) { return bits < 0 ? bits ^ 0x7FFFFFFFFFFFFFFF : bits; }

sqlite3_int64 key_of(const Sample& sample, sqlite3_value* value) {
  if (sample.whole) return sqlite3_value_int64(value);
  const double number = sqlite3_value_double(value) + 0.0;  // -0.0 is 0.0
  sqlite3_int64 bits = 0;
  std::memcpy(&bits, &number, sizeof bits);
  return ordered(bits);
}

double real_of(sqlite3_int64 key) {
  const sqlite3_int64 bits = ordered(key);
  double number = 0;
  std::memcpy(&number, &bits, sizeof number);
  return number;
}

void add_to_sample(sqlite3_context* context, int, sqlite3_value** arguments) {
  const int type = sqlite3_value_numeric_type(arguments[0]);
  if (type == SQLITE_NULL) return;
  auto* sample = static_cast<Sample*>(sqlite3_aggregate_context(context, sizeof(Sample)));
  if (sample == nullptr) return sqlite3_result_error_nomem(context);
  if (sample->count == sample->room) {
    const sqlite3_int64 room = sample->room == 0 ? 16 : sample->room * 2;
    void* keys = sqlite3_realloc64(sample->keys, static_cast<sqlite3_uint64>(room) * 8);
    if (keys == nullptr) return sqlite3_result_error_nomem(context);
    sample->keys = static_cast<sqlite3_int64*>(keys);
    sample->room = room;
  }
  if (sample->count == 0) sample->whole = type == SQLITE_INTEGER;
  sample->keys[sample->count++] = key_of(*sample, arguments[0]);
}

// Shell's method, with gaps of which each is about 4/9 of the one before.
void sort(Sample& sample) {
  sqlite3_int64 gap = 1;
  while (gap < sample.count / 3) gap = gap * 9 / 4 + 1;
  for (; gap > 0; gap = gap == 1 ? 0 : gap * 4 / 9 + (gap < 3)) {
    for (sqlite3_int64 i = gap; i < sample.count; ++i) {
      const sqlite3_int64 key = sample.keys[i];
      sqlite3_int64 at = i;
      for (; at >= gap && sample.keys[at - gap] > key; at -= gap)
        sample.keys[at] = sample.keys[at - gap];
      sample.keys[at] = key;
    }
  }
}

// One past the last key that equals the one at `first`.
sqlite3_int64 run_end(const Sample& sample, sqlite3_int64 first) {
  sqlite3_int64 end = first + 1;
  while (end < sample.count && sample.keys[end] == sample.keys[first]) ++end;
  return end;
}

Sample* sorted(sqlite3_context* context) {
  auto* sample = static_cast<Sample*>(sqlite3_aggregate_context(context, 0));
  if (sample != nullptr) sort(*sample);
  return sample;
}

void answer(sqlite3_context* context, const Sample& sample, sqlite3_int64 key) {
  sample.whole ? sqlite3_result_int64(context, key) : sqlite3_result_double(context, real_of(key));
}

// The most frequent number; NULL when there are several.
void mode(sqlite3_context* context) {
  const Sample* sample = sorted(context);
  if (sample == nullptr) return;
  sqlite3_int64 longest = 0;
  sqlite3_int64 winners = 0;
  sqlite3_int64 winner = 0;
  for (sqlite3_int64 at = 0, end = 0; at < sample->count; at = end) {
    end = run_end(*sample, at);
    winners = end - at > longest ? 1 : winners + (end - at == longest);
    if (end - at <= longest) continue;
    longest = end - at;
    winner = sample->keys[at];
  }
  if (winners == 1) answer(context, *sample, winner);
  sqlite3_free(sample->keys);
}

// The number below which the share of the data lies; where it falls between numbers, their mean.
void quantile(sqlite3_context* context) {
  const Sample* sample = sorted(context);
  if (sample == nullptr) return;
  const double share = *static_cast<const double*>(sqlite3_user_data(context));
  const auto count = static_cast<double>(sample->count);
  int found = 0;
  double sum = 0;
  sqlite3_int64 key = 0;
  for (sqlite3_int64 at = 0, end = 0; at < sample->count; at = end) {
    end = run_end(*sample, at);
    if (static_cast<double>(end) < count * share) continue;
    if (count - static_cast<double>(at) < count - count * share) break;
    key = sample->keys[at];
    sum += sample->whole ? static_cast<double>(key) : real_of(key);
    ++found;
  }
  found == 1 ? answer(context, *sample, key) : sqlite3_result_double(context, sum / found);
  sqlite3_free(sample->keys);
}

constexpr double kQuarter = 0.25, kHalf = 0.5, kThreeQuarters = 0.75;

constexpr SqlFunction kStatistics[] = {
    {"stdev", 1, add_to_spread, nullptr, stdev},
    {"variance", 1, add_to_spread, nullptr, variance},
    {"mode", 1, add_to_sample, nullptr, mode},
    {"median", 1, add_to_sample, &kHalf, quantile},
    {"lower_quartile", 1, add_to_sample, &kQuarter, quantile},
    {"upper_quartile", 1, add_to_sample, &kThreeQuarters, quantile},
};

}  // namespace

int add_statistics(sqlite3* handle) {
  return add_each(handle, kStatistics, static_cast<int>(std::size(kStatistics)));
}

}  // namespace vitrine
