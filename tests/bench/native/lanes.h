// The two native lanes. Each measures what the request asks for and it has, and adds it to the
// report; what goes wrong is thrown.
#pragma once

#include "measure.h"

namespace bench {

// Plain SQLite through its C interface, by hand: the floor.
void run_floor(const Request& request, Report& report);

// Its writing half, which run_floor calls.
void run_floor_writes(const Request& request, Report& report);

// Vitrine's own model layer: declared classes and a session.
void run_model(const Request& request, Report& report);
void run_model_writes(const Request& request, Report& report);

}  // namespace bench
