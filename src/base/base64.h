// Base64 (RFC 4648, section 4): how bytes travel inside JSON text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace vitrine {

// The bytes, or nothing when `text` is not base64 with its padding.
std::optional<std::string> base64_decode(std::string_view text);

}  // namespace vitrine
