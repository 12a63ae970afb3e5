// SHA-256 (FIPS 180-4), for long texts in results.
#pragma once

#include <string>
#include <string_view>

namespace vitrine::oracle {

// 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace vitrine::oracle
