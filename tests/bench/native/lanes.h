// The two native lanes. Each measures what the request asks for and it has, and adds it to the
// report; what goes wrong is thrown.
#pragma once

#include "measure.h"

struct sqlite3;

namespace bench {

// Plain SQLite through its C interface, by hand: the floor.
void run_floor(const Request& request, Report& report);

// Vitrine's own model layer: declared classes and a session.
void run_model(const Request& request, Report& report);

}  // namespace bench
