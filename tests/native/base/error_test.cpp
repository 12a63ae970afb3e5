// Errors: one throw, and names that programs see.
#include "base/error.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

namespace vitrine::base_error_test {

TEST_CASE("fail() throws an Error that carries all of its failure") {
  Failure failure;
  failure.code = Code::unique;
  failure.message = "taken";
  failure.fields = {"name"};
  try {
    fail(failure);
  } catch (const Error& error) {
    CHECK(error.code() == Code::unique);
    CHECK(std::string(error.what()) == "taken");
    CHECK(error.failure().fields == std::vector<std::string>{"name"});
    return;
  }
  FAIL("fail() returned");
}

TEST_CASE("each code has a name of its own, in capitals") {
  std::set<std::string> names;
  for (int code = 0; code <= static_cast<int>(Code::leader_unresponsive); ++code) {
    const std::string name(code_name(static_cast<Code>(code)));
    CHECK(name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == std::string::npos);
    CHECK_MESSAGE(names.insert(name).second, name);
  }
  CHECK(names.count("FOREIGN_KEY") == 1);
}

}  // namespace vitrine::base_error_test
