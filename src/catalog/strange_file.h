// A .sqlite file from anywhere: whether it is a sound catalog, and its rows in a database of ours.
// Its pages are taken as they are only when it is proven that a copy of its rows would be the same
// (proven_file.h); otherwise neither they nor the schema are used, nor anything that runs: views,
// triggers, defaults. Tables that belong to no model are left behind.
#pragma once

#include <string_view>

#include "catalog/catalog.h"
#include "sqlite/connection.h"
#include "sqlite/database_image.h"

namespace vitrine::catalog {

// A memory database with the tables of the schema and the file's rows in them. Of a trusted file
// that has the schema of this version neither rows nor indexes are looked through. Fails with
// CORRUPT (not_a_database, truncated, damaged) when the file is none or is damaged, RANGE when it
// is larger than Stranger::kMaxBytes, SCHEMA_NEWER or VALIDATION when it is no catalog, ABORTED
// when looking at it takes far longer than its size explains; and as a write of a row does (UNIQUE,
// CHECK, NOT_NULL, FOREIGN_KEY) when rows break the rules of the models.
Connection open_stranger(DatabaseImage image, const CatalogSchema& schema,
                         Trusted trusted = Trusted::no);

// Makes the catalog hold what the file holds, in one transaction. When the file is refused, or
// storage fails, the catalog is as it was. Fails as open_stranger() does; BUSY inside a
// transaction.
void replace_with(Catalog& catalog, DatabaseImage image);

}  // namespace vitrine::catalog
