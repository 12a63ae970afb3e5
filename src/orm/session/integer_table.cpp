// See the header. Linear probing, at most half full.
#include "orm/session/integer_table.h"

namespace vitrine {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);
constexpr std::size_t kFewestSlots = 64;
// Up to so many keys are looked through one after the other: a page of rows never needs slots.
constexpr std::size_t kFewKeys = 8;

// Neighbours of one block of 128 stay neighbours; the blocks are scattered.
std::size_t hash(std::int64_t key) {
  const auto bits = static_cast<std::uint64_t>(key);
  return static_cast<std::size_t>(bits + (bits >> 7) * 0x9E3779B97F4A7C15u);
}

}  // namespace

std::size_t IntegerTable::slot_of(std::int64_t key) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash(key) & mask;
  while (slots_[slot] >= 0 && keys_[static_cast<std::size_t>(slots_[slot])] != key) {
    slot = (slot + 1) & mask;
  }
  return slot;
}

// The entry of `key`, or kNone.
std::size_t IntegerTable::entry_of(std::int64_t key) {
  const std::size_t count = keys_.size();
  if (last_ < count && keys_[last_] == key) return last_;
  if (last_ + 1 < count && keys_[last_ + 1] == key) return ++last_;
  if (slots_.empty()) {
    for (std::size_t i = 0; i < count; ++i) {
      if (keys_[i] == key) return last_ = i;
    }
    return kNone;
  }
  const std::int32_t entry = slots_[slot_of(key)];
  return entry < 0 ? kNone : last_ = static_cast<std::size_t>(entry);
}

void IntegerTable::grow() {
  slots_.assign(slots_.empty() ? kFewestSlots : slots_.size() * 2, -1);
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    slots_[slot_of(keys_[i])] = static_cast<std::int32_t>(i);
  }
}

std::int32_t& IntegerTable::row_of(std::int64_t key) {
  const std::size_t known = entry_of(key);
  if (known != kNone) return rows_[known];
  const std::size_t entry = keys_.size();
  if (entry >= kFewKeys && (entry + 1) * 2 > slots_.size()) grow();
  if (!slots_.empty()) slots_[slot_of(key)] = static_cast<std::int32_t>(entry);
  keys_.push_back(key);
  rows_.push_back(-1);
  last_ = entry;
  return rows_[entry];
}

std::int32_t IntegerTable::find(std::int64_t key) {
  const std::size_t entry = entry_of(key);
  return entry == kNone ? -1 : rows_[entry];
}

}  // namespace vitrine
