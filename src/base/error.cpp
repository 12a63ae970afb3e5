// The names of the codes, and the one throw.
#include "base/error.h"

#include <utility>

namespace vitrine {

// A switch without default: the compiler names a code that is missing here.
std::string_view code_name(Code code) {
  switch (code) {
    case Code::unique:
      return "UNIQUE";
    case Code::foreign_key:
      return "FOREIGN_KEY";
    case Code::not_null:
      return "NOT_NULL";
    case Code::check:
      return "CHECK";
    case Code::not_found:
      return "NOT_FOUND";
    case Code::validation:
      return "VALIDATION";
    case Code::undefined_value:
      return "UNDEFINED_VALUE";
    case Code::async_transaction:
      return "ASYNC_TRANSACTION";
    case Code::range:
      return "RANGE";
    case Code::stale:
      return "STALE";
    case Code::cycle:
      return "CYCLE";
    case Code::state:
      return "STATE";
    case Code::image:
      return "IMAGE";
    case Code::import:
      return "IMPORT";
    case Code::busy:
      return "BUSY";
    case Code::full:
      return "FULL";
    case Code::io:
      return "IO";
    case Code::nomem:
      return "NOMEM";
    case Code::corrupt:
      return "CORRUPT";
    case Code::closed:
      return "CLOSED";
    case Code::aborted:
      return "ABORTED";
    case Code::wasm_load:
      return "WASM_LOAD";
    case Code::sql:
      return "SQL";
    case Code::schema_newer:
      return "SCHEMA_NEWER";
    case Code::storage_unavailable:
      return "STORAGE_UNAVAILABLE";
    case Code::leader_unresponsive:
      return "LEADER_UNRESPONSIVE";
  }
  return "STATE";
}

void fail(Failure failure) { throw Error(std::move(failure)); }

void fail(Code code, std::string message) {
  Failure failure;
  failure.code = code;
  failure.message = std::move(message);
  throw Error(std::move(failure));
}

}  // namespace vitrine
