// One replacement per malformed byte: simple, and the number of characters stays predictable.
#include "bindings/repair.h"

#include "base/text.h"

namespace vitrine {

std::string repaired_utf8(std::string_view text) {
  std::string repaired;
  while (const auto malformed = first_malformed_byte(text)) {
    repaired.append(text.substr(0, *malformed));
    repaired.append("\xEF\xBF\xBD");
    text.remove_prefix(*malformed + 1);
  }
  repaired.append(text);
  return repaired;
}

}  // namespace vitrine
