// SQLite's messages taken apart, and what to do next for each kind of refusal.
#include "sqlite/translate.h"

#include <sqlite3.h>

#include <utility>

#include "base/text.h"

namespace vitrine {

namespace {

constexpr int kPrimaryCodeMask = 0xFF;

// What follows the first ": " of SQLite's "UNIQUE constraint failed: category.name".
std::string_view after_colon(std::string_view message) {
  const auto colon = message.find(": ");
  return colon == std::string_view::npos ? std::string_view() : message.substr(colon + 2);
}

std::string_view last_word(std::string_view message) {
  const auto space = message.rfind(' ');
  return space == std::string_view::npos ? message : message.substr(space + 1);
}

// "category.name, category.code" -> model category, fields name and code. A name of another form
// ("index 'only_one'", for an index over expressions) leaves both empty.
void name_columns(Failure& failure, std::string_view columns) {
  failure.detail = columns;
  while (!columns.empty()) {
    const auto comma = columns.find(", ");
    const std::string_view column = columns.substr(0, comma);
    const auto dot = column.find('.');
    if (dot == std::string_view::npos) return;
    failure.model = column.substr(0, dot);
    failure.fields.emplace_back(column.substr(dot + 1));
    columns = comma == std::string_view::npos ? std::string_view() : columns.substr(comma + 2);
  }
}

void describe_foreign_key(Failure& failure) {
  failure.code = Code::foreign_key;
  failure.message =
      "A row refers to a row that does not exist, or is referred to by others: create the missing "
      "row, or delete or reconnect the others first.";
}

void describe_constraint(Failure& failure, std::string_view message) {
  switch (failure.sqlite) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
      failure.code = Code::unique;
      name_columns(failure, after_colon(message));
      failure.message = "Another row already has this value in " + failure.detail +
                        ": choose another value, or update that row.";
      return;
    case SQLITE_CONSTRAINT_NOTNULL:
      failure.code = Code::not_null;
      name_columns(failure, after_colon(message));
      failure.message = failure.detail + " has no value: give it one.";
      return;
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      describe_foreign_key(failure);
      return;
    case SQLITE_CONSTRAINT_DATATYPE:
      failure.code = Code::validation;
      failure.reason = "type_mismatch";
      name_columns(failure, last_word(message));
      failure.message = "SQLite " + std::string(message) + ": give a value of the column's type.";
      return;
    case SQLITE_CONSTRAINT_TRIGGER:
      // ON DELETE RESTRICT is a trigger to SQLite, with this message of its own.
      if (message == "FOREIGN KEY constraint failed") {
        describe_foreign_key(failure);
        return;
      }
      failure.code = Code::check;
      failure.detail = message;
      failure.message = "A trigger refused the change: " + failure.detail + ". Change the value.";
      return;
    default:
      failure.code = Code::check;
      failure.detail = after_colon(message);
      failure.message =
          "The condition " + failure.detail + " does not hold: change the value so that it does.";
  }
}

// For what is no constraint: the code, a finer reason where there is one, and what to do next.
struct Advice {
  Code code;
  const char* reason;
  const char* next;
};

Advice advice_for(int result) {
  switch (result & kPrimaryCodeMask) {
    case SQLITE_MISMATCH:
      return {Code::validation, "type_mismatch", "Give a value of the column's type."};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return {Code::busy, "", "Another user of the database is writing: try again."};
    case SQLITE_FULL:
      return {Code::full, "", "There is no room left: free some, and try again."};
    case SQLITE_READONLY:
      return {Code::io, "read_only", "The database cannot be written: check its permissions."};
    case SQLITE_IOERR:
      // SQLite reports memory that ran out below it as an input error.
      if (result == SQLITE_IOERR_NOMEM)
        return {Code::nomem, "", "Load or write fewer rows at a time, and try again."};
      return {Code::io, "", "Storage failed: check that it is there, and try again."};
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      return {Code::io, "cannot_open", "Check the path and its permissions."};
    case SQLITE_NOMEM:
      return {Code::nomem, "", "Load or write fewer rows at a time, and try again."};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {Code::corrupt, "", "The file is damaged or no SQLite database: use a good copy."};
    case SQLITE_TOOBIG:
      return {Code::range, "too_big", "Store a smaller value."};
    case SQLITE_INTERRUPT:
    case SQLITE_ABORT:
      return {Code::aborted, "", "Start it again if it is still wanted."};
    default:
      return {Code::sql, "", "Check the statement and its parameters."};
  }
}

}  // namespace

Failure translate(int result, std::string_view message, std::string_view doing) {
  Failure failure;
  failure.sqlite = result;
  if ((result & kPrimaryCodeMask) == SQLITE_CONSTRAINT) {
    describe_constraint(failure, message);
    return failure;
  }
  const Advice advice = advice_for(result);
  failure.code = advice.code;
  failure.reason = advice.reason;
  failure.detail = message;
  failure.message = "SQLite refused (" + shortened(doing) + "): " + failure.detail + ". ";
  failure.message += advice.next;
  return failure;
}

void fail_sqlite(sqlite3* handle, int result, std::string_view doing) {
  const char* message = handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(result);
  // A misuse leaves no message of its own in the handle, only that of an earlier failure.
  if ((result & kPrimaryCodeMask) == SQLITE_MISUSE) message = sqlite3_errstr(result);
  fail(translate(result, message, doing));
}

}  // namespace vitrine
