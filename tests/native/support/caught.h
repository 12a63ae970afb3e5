// caught(): what a call failed with, as a value a test can look into.
#pragma once

#include <doctest/doctest.h>

#include "base/error.h"

namespace vitrine::testing {

// The Failure that `call` ends with; the test fails when it ends well.
template <class Call>
Failure caught(Call&& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.failure();
  }
  FAIL("it did not fail");
  return {};
}

}  // namespace vitrine::testing
