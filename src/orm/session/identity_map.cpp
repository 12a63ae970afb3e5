// IdentityMap: see the header. Keys of one integer, the usual kind, have a shelf of their own.
#include "orm/session/identity_map.h"

namespace vitrine {

std::size_t IdentityMap::KeyHash::operator()(const std::vector<Value>& key) const {
  return hash_of(key);
}

Record* IdentityMap::find(const Model& model, std::span<const Value> key) const {
  const auto shelf = models_.find(&model);
  if (shelf == models_.end()) return nullptr;
  if (key.size() == 1 && key[0].integer()) {
    const auto at = shelf->second.integers.find(*key[0].integer());
    return at == shelf->second.integers.end() ? nullptr : at->second;
  }
  const auto at = shelf->second.others.find(std::vector<Value>(key.begin(), key.end()));
  return at == shelf->second.others.end() ? nullptr : at->second;
}

Record* IdentityMap::insert(Record& record) {
  Shelf& shelf = models_[&record.model()];
  std::vector<Value> key = record.key();
  const bool by_integer = key.size() == 1 && key[0].integer();
  Record*& place = by_integer ? shelf.integers[*key[0].integer()] : shelf.others[std::move(key)];
  Record* before = place == &record ? nullptr : place;
  place = &record;
  return before;
}

void IdentityMap::erase(const Record& record) {
  const std::vector<Value> key = record.key();
  if (find(record.model(), key) != &record) return;
  Shelf& shelf = models_[&record.model()];
  if (key.size() == 1 && key[0].integer()) {
    shelf.integers.erase(*key[0].integer());
  } else {
    shelf.others.erase(key);
  }
}

std::size_t IdentityMap::size() const {
  std::size_t count = 0;
  for (const auto& [model, shelf] : models_) count += shelf.integers.size() + shelf.others.size();
  return count;
}

}  // namespace vitrine
