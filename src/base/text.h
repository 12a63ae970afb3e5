// Text as UTF-8: its length in code points, whether it is well formed; and names quoted for SQL.
// It never changes what is stored.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace vitrine {

// Number of code points of well-formed UTF-8. NULs count.
std::size_t code_point_count(std::string_view text);

// Number of UTF-16 code units of well-formed UTF-8, which is what JavaScript calls its length.
std::size_t utf16_length(std::string_view text);

// How many bytes the first `units` UTF-16 code units of `text` take; all of it when it has fewer.
std::size_t utf16_prefix(std::string_view text, std::size_t units);

// Byte offset of the first byte that is not well-formed UTF-8 (Unicode 15, table 3-7: overlong
// forms and surrogates are malformed), or nothing when all of it is.
std::optional<std::size_t> first_malformed_byte(std::string_view text);

// `text` with every byte that is not part of well-formed UTF-8 replaced by U+FFFD, so that a
// decoder makes exactly utf16_length() units of it.
std::string repaired_utf8(std::string_view text);

// `text` for a message: cut after 40 code points, with an ellipsis.
std::string shortened(std::string_view text);

// "SQLite" as an SQL identifier, always quoted: a"b -> "a""b".
std::string quoted_identifier(std::string_view name);

}  // namespace vitrine
