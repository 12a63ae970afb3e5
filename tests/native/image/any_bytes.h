// What must hold of src/image for any bytes at all. The tests ask it of a corpus, the fuzzer
// (tests/fuzz) of bytes that it makes up.
#pragma once

#include <string>
#include <string_view>

namespace vitrine::testing {

// What is wrong about how these bytes are judged; empty when nothing is.
std::string wrong_about(std::string_view bytes);

}  // namespace vitrine::testing
