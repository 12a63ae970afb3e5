// The names that a scenario gives to objects: "c", "r[0]" for the first of a query's result,
// "p1.category" for what a relation of p1 refers to.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "orm/session/record.h"
#include "runner/json.h"

namespace vitrine::oracle {

class Handles {
 public:
  void bind(const std::string& name, Record* object) { objects_[name] = {object}; }
  void bind(const std::string& name, std::vector<Record*> objects) {
    objects_[name] = std::move(objects);
  }

  // The object behind a handle; nullptr when the handle was bound to nothing. A handle that was
  // never bound is a mistake in the scenario: VALIDATION, reason unbound_handle.
  Record* find(const std::string& handle) const;
  // The object that an operation needs: as find, and unbound_handle for nothing.
  Record& object(const Json& handle) const;

 private:
  std::map<std::string, std::vector<Record*>> objects_;
};

// Whether this is {"$ref": handle} or null, what a relation can be set to.
bool is_reference(const Json& json);

}  // namespace vitrine::oracle
