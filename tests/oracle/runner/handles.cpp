// See the header.
#include "runner/handles.h"

#include <cstdlib>

#include "base/error.h"

namespace vitrine::oracle {
namespace {

[[noreturn]] void fail_unbound(const std::string& handle) {
  Failure failure;
  failure.code = Code::validation;
  failure.reason = "unbound_handle";
  failure.message = "No object is called '" + handle + "' here; an operation before must bind it";
  fail(std::move(failure));
}

}  // namespace

Record* Handles::find(const std::string& handle) const {
  const std::size_t name_end = handle.find_first_of("[.");
  const auto at = objects_.find(handle.substr(0, name_end));
  if (at == objects_.end()) fail_unbound(handle);
  std::size_t rest = name_end == std::string::npos ? handle.size() : name_end;
  std::size_t position = 0;
  if (rest < handle.size() && handle[rest] == '[') {
    position = std::strtoul(handle.c_str() + rest + 1, nullptr, 10);
    rest = handle.find(']', rest) + 1;
  }
  if (position >= at->second.size()) fail_unbound(handle);
  Record* object = at->second[position];
  while (object && rest < handle.size()) {
    const std::size_t end = std::min(handle.find('.', rest + 1), handle.size());
    const std::string relation = handle.substr(rest + 1, end - rest - 1);
    object = object->related(object->model().relationship(relation));
    rest = end;
  }
  return object;
}

Record& Handles::object(const Json& handle) const {
  const auto name = (handle.is_object() ? handle.at("$ref") : handle).get<std::string>();
  Record* object = find(name);
  if (!object) fail_unbound(name);
  return *object;
}

bool is_reference(const Json& json) {
  return json.is_null() || (json.is_object() && json.contains("$ref"));
}

}  // namespace vitrine::oracle
