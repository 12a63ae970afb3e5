// Database images: a whole SQLite database as the bytes of its file. Internal to the room.
// The format is described in "Database File Format", sqlite.org/fileformat2.html, section 1.3.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

struct sqlite3;

namespace vitrine {

// Fails with CORRUPT, reason not_a_database or truncated, when the header cannot be that of a
// SQLite file, or promises more pages than there are.
void check_database_image(std::string_view image);

// Makes a copy of a checked image the database `schema` of a memory connection. A header that says
// WAL is changed to a rollback journal: there is no file beside which a log could lie.
void load_database_image(sqlite3* handle, std::string_view image, const char* schema = "main");

// The main database as the bytes of a file, with a rollback journal in its header. Fails with
// NOMEM.
std::string copy_database_image(sqlite3* handle);

// Says what is wrong in the words of someone who opened a file, for damage found after the header.
void refine_damage(Failure& failure);

}  // namespace vitrine
