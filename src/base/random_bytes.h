// Bytes that are others each time. Nothing secret is to be made of them.
#pragma once

#include <cstddef>

namespace vitrine {

// In wasm they are JavaScript's Math.random, whose seed is the system's: Node takes milliseconds to
// load its crypto, which would be a tenth of a start. Elsewhere they are the system's. False where
// it has none.
bool fill_random(char* at, std::size_t size);

}  // namespace vitrine
