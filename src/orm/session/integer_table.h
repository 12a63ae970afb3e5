// IntegerTable: from integer keys to row numbers, for keys that mostly come in order: those of one
// table, and those that refer to it. A key is looked for beside the one found last, and else
// hashed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace vitrine {

class IntegerTable {
 public:
  // The row of `key`, which becomes a key with row -1 when it was none. Good until the next call.
  std::int32_t& row_of(std::int64_t key);
  // The row of `key`, or -1 when it is none. What is found is remembered, as a hint.
  std::int32_t find(std::int64_t key);
  // Every key once, in the order in which they came.
  const std::vector<std::int64_t>& keys() const { return keys_; }

 private:
  // The slot that names the key, or the empty one where it belongs.
  std::size_t slot_of(std::int64_t key) const;
  std::size_t entry_of(std::int64_t key);
  void grow();

  std::vector<std::int64_t> keys_;
  std::vector<std::int32_t> rows_;   // of the keys
  std::vector<std::int32_t> slots_;  // positions in keys_, or -1; a power of two of them
  std::size_t last_ = 0;             // the entry found last
};

}  // namespace vitrine
