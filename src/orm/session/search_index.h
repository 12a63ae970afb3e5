// The full-text indexes of a connection: made when a request first searches a model, and brought up
// to date before each further search (search_sql.h has the SQL). Nothing of them is in the file.
#pragma once

#include "orm/query/select.h"
#include "sqlite/connection.h"

namespace vitrine {

// Readies the index of every model that `select`, or what it includes, searches. Two statements per
// model when nothing changed since the last search, a fixed number more when something did. What is
// made in a transaction goes with it when it is rolled back, and is then made again. Fails as
// SQLite fails; the indexes are then as they were.
void prepare_search(Connection& connection, const Select& select);

// Forgets every index, after the whole database was exchanged: the next search makes it again.
void drop_search(Connection& connection);

}  // namespace vitrine
