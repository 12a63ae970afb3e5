// RecordStore: where records live. Sessions that hand objects to each other share one.
#pragma once

#include <deque>

#include "orm/session/record.h"

namespace vitrine {

class RecordStore {
 public:
  // A new transient object. It stays until clear() or the end of the store.
  Record& make(const Model& model) { return records_.emplace_back(model); }
  // Every reference to a record of this store ends here.
  void clear() { records_.clear(); }

 private:
  std::deque<Record> records_;
};

}  // namespace vitrine
