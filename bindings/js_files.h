// Handles that JavaScript keeps: an object with the methods of a FileSystemSyncAccessHandle, named
// by its place in the module's list. Only in the module: native builds have no JavaScript.
#pragma once

#include <cstdint>

#include "sqlite/handle_vfs.h"

namespace vitrine {

// The main file in this place, the log and the journal in the two that follow. Whoever put them
// there closes them, after the catalog.
HandleFiles js_files(std::uint32_t first);

}  // namespace vitrine
