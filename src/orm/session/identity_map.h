// IdentityMap: the records this session has loaded or saved, each held once under its key.
#pragma once

#include <cstddef>
#include <span>
#include <unordered_map>
#include <vector>

#include "orm/session/record.h"

namespace vitrine {

class IdentityMap {
 public:
  // The record for `key`, or nullptr when it has not been loaded: absence is an answer.
  Record* find(const Model& model, std::span<const Value> key) const;
  // Puts the record under its own key; gives the one that was there before, or nullptr.
  Record* insert(Record& record);
  void erase(const Record& record);
  void clear() { models_.clear(); }
  std::size_t size() const;

  template <class Visitor>
  void for_each(Visitor visit) const {
    for (const auto& [model, shelf] : models_) {
      for (const auto& [id, record] : shelf.integers) visit(*record);
      for (const auto& [key, record] : shelf.others) visit(*record);
    }
  }

 private:
  struct KeyHash {
    std::size_t operator()(const std::vector<Value>& key) const;
  };
  struct Shelf {
    std::unordered_map<std::int64_t, Record*> integers;
    std::unordered_map<std::vector<Value>, Record*, KeyHash> others;
  };
  std::unordered_map<const Model*, Shelf> models_;
};

}  // namespace vitrine
