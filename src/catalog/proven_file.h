// Whether a .sqlite file is one that this version could have written itself: a copy of its rows
// would then only give the same content again, at several times the cost.
#pragma once

#include <cstdint>

#include "orm/schema/registry.h"
#include "sqlite/connection.h"
#include "sqlite/database_image.h"

namespace vitrine::catalog {

// Whether an image says that it is a catalog of this version, and its text is UTF-8.
bool has_own_header(const DatabaseImage& image);
// A number for the lines of a schema in the order in which they stand there, statistics left aside.
std::uint64_t schema_digest(Connection& connection);
// That of the schema that this version writes for the catalog's own models: so a start sees whether
// a trusted file has it without writing it. A test fails when the models change, and says the new
// number.
inline constexpr std::uint64_t kOwnSchemaDigest = 0xae9f6506d1867f48U;
// True when each line of its schema is, word for word, one that catalog_file.h would write, and
// none of them lacks or is there twice. Nothing is said about its rows. Fails with NOMEM.
bool has_own_schema(Connection& connection, std::size_t image_bytes, const Registry& registry);

// True when all of this is so:
//   - it has_own_header() and has_own_schema();
//   - SQLite's integrity_check and foreign_key_check find nothing: pages, types, CHECK, NOT NULL
//     and UNIQUE, each row in each index and no more;
//   - keys that were given once are integers.
// Why it is false, if the file is damaged, is told by whoever copies its rows. Fails with NOMEM.
bool is_proven(DatabaseImage& image, const Registry& registry);

// Leaves out of such a file, which is opened, the steps of its history and SQLite's statistics:
// what they would do to rows, or to the choice of indexes, is nothing that was checked.
void forget_steps(Connection& connection);
// The database of a file that is one of these, so.
Connection proven(DatabaseImage image);

}  // namespace vitrine::catalog
