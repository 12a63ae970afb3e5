// See the header.
#include "catalog/catalog_file.h"

#include <algorithm>

#include "base/error.h"
#include "orm/query/ddl.h"
#include "sqlite/savepoint.h"

namespace vitrine::catalog {
namespace {

std::int64_t number(Connection& connection, std::string_view sql) {
  return *connection.scalar(sql)->integer();
}

void create(Connection& connection, const Registry& registry) {
  Savepoint savepoint(connection);
  connection.execute(create_all_sql(registry));
  connection.execute("PRAGMA application_id = " + std::to_string(kApplicationId));
  connection.execute("PRAGMA user_version = " + std::to_string(kSchemaVersion));
  savepoint.release();
}

std::vector<std::string> columns_of(Connection& connection, const std::string& table) {
  std::vector<std::string> names;
  Borrowed statement = connection.prepare("SELECT name FROM pragma_table_info(?)");
  statement->bind(1, Value(table));
  while (statement->step()) names.emplace_back(statement->column_text(0));
  return names;
}

std::vector<Issue> missing_parts(Connection& connection, const Registry& registry) {
  std::vector<Issue> issues;
  for (const auto& model : registry.models()) {
    const std::vector<std::string> columns = columns_of(connection, model->table);
    if (columns.empty()) {
      issues.push_back(
          {Code::validation, model->name, "", "the table " + model->table + " is missing"});
      continue;
    }
    for (const Column& column : model->columns) {
      const bool there = std::find(columns.begin(), columns.end(), column.name) != columns.end();
      if (there || !column.is_stored()) continue;
      issues.push_back({Code::validation, model->name, column.name,
                        "the column " + model->table + "." + column.name + " is missing"});
    }
  }
  return issues;
}

}  // namespace

void prepare_file(Connection& connection, const Registry& registry) {
  if (number(connection, "SELECT count(*) FROM sqlite_schema") == 0) {
    create(connection, registry);
    return;
  }
  const bool ours = number(connection, "PRAGMA application_id") == kApplicationId;
  const std::int64_t version = number(connection, "PRAGMA user_version");
  if (ours && version > kSchemaVersion) {
    fail(Code::schema_newer, "This file was written by a newer Vitrine (schema version " +
                                 std::to_string(version) + ", this one knows " +
                                 std::to_string(kSchemaVersion) + "); update Vitrine to open it.");
  }
  Failure failure;
  failure.code = Code::validation;
  failure.reason = "not_a_catalog";
  failure.issues = missing_parts(connection, registry);
  if (failure.issues.empty()) return;
  failure.message =
      "This SQLite database is not a Vitrine catalog: " + failure.issues.front().message +
      (failure.issues.size() > 1 ? ", and more" : "") + ". Open a file that Vitrine exported.";
  fail(std::move(failure));
}

}  // namespace vitrine::catalog
