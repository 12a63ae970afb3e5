// FailingMalloc: SQLite's memory runs out on command, for as long as the object lives.
// SQLite's own allocations only: ours end the program when the machine has no memory left.
#pragma once

namespace vitrine::testing {

class FailingMalloc {
 public:
  enum class Lasts { once, from_then_on };

  // The `nth` allocation from now on (the first is 1) gives null, or that one and all after it. 0
  // fails none and only counts. One object at a time.
  explicit FailingMalloc(int nth, Lasts lasts = Lasts::once);
  FailingMalloc(const FailingMalloc&) = delete;
  FailingMalloc& operator=(const FailingMalloc&) = delete;
  ~FailingMalloc();

  // Allocations asked for since construction, and whether one of them has failed.
  int calls() const;
  bool tripped() const;
};

}  // namespace vitrine::testing
