// The failures of this room in one place, so that each is worded once.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "orm/session/record.h"

namespace vitrine {

// STATE with a reason, about `record`: "<Product 'Boot'> " + what.
[[noreturn]] void fail_state(const Record& record, std::string reason, const std::string& what);
// VALIDATION with a reason, about one attribute of `record`.
[[noreturn]] void fail_value(const Record& record, std::string_view attribute, std::string reason,
                             const std::string& what);

}  // namespace vitrine
