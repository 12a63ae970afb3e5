// Values as a changeset holds them: their class, then their content. "The Session Extension"
// describes the format.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

struct sqlite3_stmt;
struct sqlite3_value;

namespace vitrine {

// What stands for a column that an update left alone.
constexpr char kUndefinedValue = 0;

// Appends `value`; nullptr is NULL. May fail with std::bad_alloc.
void put_value(std::string& record, sqlite3_value* value);
// How many bytes put_value() appends, at most.
std::size_t size_of_value(sqlite3_value* value);
// Takes the first value off the front of `record`, which put_value() made; its bytes.
std::string_view take_value(std::string_view& record);
// Binds the first value of `record`, without copying it, and takes it off; the result of SQLite.
int bind_taken(sqlite3_stmt* statement, int parameter, std::string_view& record);

}  // namespace vitrine
