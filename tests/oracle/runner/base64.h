// Base64 (RFC 4648, section 4) for the bytes in scenarios.
#pragma once

#include <string>
#include <string_view>

namespace vitrine::oracle {

std::string to_base64(std::string_view bytes);
// Characters outside of the alphabet, padding among them, are passed over.
std::string from_base64(std::string_view text);

}  // namespace vitrine::oracle
