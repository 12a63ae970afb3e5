// Timing in C++: as measure.mjs does it, so that the lanes can be compared.
#pragma once

#include <sys/resource.h>

#include <chrono>
#include <cstdint>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include "checksum.h"

namespace bench {

inline constexpr std::size_t kWarmUps = 4;
inline constexpr double kWarmUp_ms = 1'000;
inline constexpr std::size_t kRuns = 5;
inline constexpr double kRuns_ms = 2'000;

inline double now_ms() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double, std::milli>(now).count();
}

struct Timing {
  std::uint64_t checksum = 0;
  std::vector<double> times_ms;
};

// What is asked for, from the command line.
struct Request {
  std::string mode;
  std::int64_t products = 0;
  std::string image;  // the bytes of the filled file
  std::string empty;  // and of the empty one
  std::vector<std::string> names;

  bool asks_for(const std::string& name) const {
    for (const std::string& asked : names) {
      if (asked == name) return true;
    }
    return false;
  }
};

// The answer, printed as one JSON object.
class Report {
 public:
  void add(const std::string& name, const Timing& timing) {
    open(name, timing.checksum);
    text_ += "\"times_ms\":[";
    for (std::size_t i = 0; i < timing.times_ms.size(); ++i) {
      text_ += (i == 0 ? "" : ",") + std::to_string(timing.times_ms[i]);
    }
    text_ += "]}";
  }
  // The most memory that the process has had so far; `rows` is the checksum.
  void add_memory(std::size_t rows) {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    open("peak memory", rows);
    text_ += "\"values\":[" + std::to_string(static_cast<double>(usage.ru_maxrss) / 1024) + "]}";
  }
  void print() const { std::cout << (text_.empty() ? "{" : text_) << "}\n"; }

 private:
  void open(const std::string& name, std::uint64_t checksum) {
    text_ += (text_.empty() ? "{\"" : ",\"") + name + "\":{\"checksum\":";
    text_ += std::to_string(checksum) + ',';
  }

  std::string text_;
};

// Runs prepare(), untimed; work(), timed together with a walk of its result; and the first time
// hashes what check(sink) walks, untimed. `visit(sink, result)` walks a result.
template <class Prepare, class Work, class Visit, class Check>
Timing repeat(const Prepare& prepare, const Work& work, const Visit& visit, const Check& check) {
  Timing timing;
  std::uint64_t walked = 0;
  const auto once = [&](bool is_first) {
    prepare();
    const double start_ms = now_ms();
    const auto result = work();
    Sum sum;
    visit(sum, result);
    const double time_ms = now_ms() - start_ms;
    if (is_first) {
      Hash hash;
      check(hash, result);
      timing.checksum = hash.value();
      walked = sum.value();
    } else if (walked != sum.value()) {
      throw std::runtime_error("two runs gave different rows");
    }
    return time_ms;
  };
  double spent_ms = once(true);
  for (std::size_t run = 1; run < kWarmUps && spent_ms < kWarmUp_ms; ++run) spent_ms += once(false);
  for (spent_ms = 0; timing.times_ms.size() < kRuns && spent_ms < kRuns_ms;) {
    timing.times_ms.push_back(once(false));
    spent_ms += timing.times_ms.back();
  }
  return timing;
}

}  // namespace bench
