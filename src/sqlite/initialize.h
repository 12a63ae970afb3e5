// Starting SQLite, which every use of it needs once. Internal to the room.
#pragma once

namespace vitrine {

// SQLite is built without automatic initialization, which would be checked for on every call.
// Fails with NOMEM.
void initialize_once();

}  // namespace vitrine
