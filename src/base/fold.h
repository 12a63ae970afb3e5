// Folding: text as search compares it, so that "Été" finds "ete" and "ΣΊΣΥΦΟΣ" finds "σισυφοσ".
// What is stored is never folded.
#pragma once

#include <string>
#include <string_view>

namespace vitrine {

// `text` in lower case and without diacritics, for all scripts that have either. Characters that
// have neither stay as they are, and so does everything from the first byte on that is not UTF-8.
// Folding twice changes nothing more.
std::string fold(std::string_view text);

}  // namespace vitrine
