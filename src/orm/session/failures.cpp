// See the header.
#include "orm/session/failures.h"

namespace vitrine {

void fail_state(const Record& record, std::string reason, const std::string& what) {
  Failure failure;
  failure.code = Code::state;
  failure.reason = std::move(reason);
  failure.model = record.model().name;
  failure.message = record.describe() + " " + what;
  fail(std::move(failure));
}

void fail_value(const Record& record, std::string_view attribute, std::string reason,
                const std::string& what) {
  Failure failure;
  failure.code = Code::validation;
  failure.reason = std::move(reason);
  failure.model = record.model().name;
  failure.fields = {std::string(attribute)};
  failure.message =
      record.model().name + "." + std::string(attribute) + " of " + record.describe() + ": " + what;
  fail(std::move(failure));
}

}  // namespace vitrine
