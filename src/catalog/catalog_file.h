// What makes a SQLite database a catalog: its tables, its application_id and its schema version.
#pragma once

#include <string>

#include "catalog/catalog_schema.h"
#include "sqlite/connection.h"

namespace vitrine::catalog {

// "Vtrn" in ASCII, as `file` and SQLite's application_id have it.
inline constexpr std::int64_t kApplicationId = 0x5674726e;
// Raised by every change of the models that older versions cannot read.
inline constexpr std::int64_t kSchemaVersion = 1;

// Creates the tables of an empty database; checks those of any other, and changes nothing there.
// SCHEMA_NEWER when a later version of Vitrine wrote it; VALIDATION, with an issue for each table
// and column that is missing, when it is not a catalog.
void prepare_file(Connection& connection, const CatalogSchema& schema);
// Whether the models' tables are, word for word, those that this version makes, and no triggers of
// the file's own run when rows of them go.
bool has_own_tables(Connection& connection, const CatalogSchema& schema);
// The check of prepare_file(), for the database attached under the name `database`.
void check_file(Connection& connection, const Registry& registry, const std::string& database);

}  // namespace vitrine::catalog
