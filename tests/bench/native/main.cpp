// vitrine_bench LANE MODE PRODUCTS FILE EMPTY [WORKLOAD...]: one native lane, "native" or "c", in a
// process of its own. Prints { workload: { checksum, times_ms } } as JSON.
#include <fstream>
#include <iterator>

#include "lanes.h"

namespace {

std::string bytes_of(const char* path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error(std::string("cannot read ") + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

int run(int count, char** arguments) {
  if (count < 6) throw std::runtime_error("usage: vitrine_bench LANE MODE PRODUCTS FILE EMPTY ...");
  const std::string lane = arguments[1];
  bench::Request request{arguments[2],
                         std::stoll(arguments[3]),
                         bytes_of(arguments[4]),
                         bytes_of(arguments[5]),
                         {arguments + 6, arguments + count}};
  bench::Report report;
  if (lane == "native") {
    bench::run_model(request, report);
  } else if (lane == "c") {
    bench::run_floor(request, report);
  } else {
    throw std::runtime_error("no native lane is called " + lane);
  }
  report.print();
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  try {
    return run(count, arguments);
  } catch (const std::exception& error) {
    std::cerr << "Error: " << error.what() << "\n";
    return 1;
  }
}
