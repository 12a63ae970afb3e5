// How long the log beside a file may grow: by SQLite's own rule the commit of every thousandth page
// waits until all of them are in the main file. Internal to the room.
#pragma once

namespace vitrine {

struct ConnectionState;

// From now on the commit that makes the log kMaxLogPages long shortens it, and Connection::tidy()
// knows how long it is. Of a connection whose journal is a log.
void bound_log(ConnectionState& state);

}  // namespace vitrine
