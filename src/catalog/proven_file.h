// Whether a .sqlite file is one that this version could have written itself: a copy of its rows
// would then only give the same content again, at several times the cost.
#pragma once

#include "catalog/catalog_schema.h"
#include "sqlite/connection.h"
#include "sqlite/database_image.h"

namespace vitrine::catalog {

// Whether an image says that it is a catalog of this version, and its text is UTF-8.
bool has_own_header(const DatabaseImage& image);
// True when the lines of its schema are, word for word, those that catalog_file.h would write:
// none lacks, none is there twice, and only SQLite's statistics may come on top. Nothing is said
// about its rows. Fails with NOMEM.
bool has_own_schema(Connection& connection, std::size_t image_bytes, const CatalogSchema& schema);

// True when all of this is so:
//   - it has_own_header() and has_own_schema();
//   - SQLite's integrity_check and foreign_key_check find nothing: pages, types, CHECK, NOT NULL
//     and UNIQUE, each row in each index and no more;
//   - keys that were given once are integers.
// Why it is false, if the file is damaged, is told by whoever copies its rows. Fails with NOMEM.
bool is_proven(DatabaseImage& image, const CatalogSchema& schema);

// Leaves out of such a file, which is opened, the steps of its history and SQLite's statistics:
// what they would do to rows, or to the choice of indexes, is nothing that was checked.
void forget_steps(Connection& connection);
// The database of a file that is one of these, so.
Connection proven(DatabaseImage image);

}  // namespace vitrine::catalog
