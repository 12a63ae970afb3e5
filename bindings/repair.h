// Repair of text that is not UTF-8. Only files from elsewhere hold such text; the catalog refuses
// it.
#pragma once

#include <string>
#include <string_view>

namespace vitrine {

// `text` with every byte that is not part of well-formed UTF-8 replaced by U+FFFD, so that a
// decoder makes exactly utf16_length() units of it.
std::string repaired_utf8(std::string_view text);

}  // namespace vitrine
