// See the header.
#include "catalog/catalog_file.h"

#include <algorithm>

#include "base/error.h"
#include "sqlite/savepoint.h"

namespace vitrine::catalog {
namespace {

std::int64_t number(Connection& connection, std::string_view sql) {
  return *connection.scalar(sql)->integer();
}

void create(Connection& connection, const CatalogSchema& schema) {
  Savepoint savepoint(connection);
  for (const SchemaLine& line : schema.lines) connection.execute(line.sql);
  connection.execute("PRAGMA application_id = " + std::to_string(kApplicationId));
  connection.execute("PRAGMA user_version = " + std::to_string(kSchemaVersion));
  savepoint.release();
}

// None for what is not an ordinary table: a view, or one that a module of SQLite makes up.
std::vector<std::string> columns_of(Connection& connection, const std::string& table,
                                    const std::string& database) {
  std::vector<std::string> names;
  Borrowed statement = connection.prepare(
      "SELECT c.name FROM pragma_table_list(?1) AS t JOIN pragma_table_info(?1, ?2) AS c "
      "WHERE t.schema = ?2 AND t.type = 'table'");
  statement->bind(1, Value(table));
  statement->bind(2, Value(database));
  while (statement->step()) names.emplace_back(statement->column_text(0));
  return names;
}

std::vector<Issue> missing_parts(Connection& connection, const Registry& registry,
                                 const std::string& database) {
  std::vector<Issue> issues;
  for (const auto& model : registry.models()) {
    const std::vector<std::string> columns = columns_of(connection, model->table, database);
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

void prepare_file(Connection& connection, const CatalogSchema& schema) {
  if (number(connection, "SELECT count(*) FROM sqlite_schema") == 0) {
    create(connection, schema);
    return;
  }
  check_file(connection, schema.registry, "main");
}

bool has_own_tables(Connection& connection, const CatalogSchema& schema) {
  if (connection.scalar("SELECT 1 FROM main.sqlite_schema WHERE type = 'trigger'")) return false;
  for (const SchemaLine& line : schema.lines) {
    if (!line.makes_table()) continue;
    if (!connection.scalar("SELECT 1 FROM main.sqlite_schema WHERE sql = ?", {line.sql})) {
      return false;
    }
  }
  return true;
}

void check_file(Connection& connection, const Registry& registry, const std::string& database) {
  const std::string pragma = "PRAGMA " + database;
  const bool ours = number(connection, pragma + ".application_id") == kApplicationId;
  const std::int64_t version = number(connection, pragma + ".user_version");
  if (ours && version > kSchemaVersion) {
    fail(Code::schema_newer, "This file was written by a newer Vitrine (schema version " +
                                 std::to_string(version) + ", this one knows " +
                                 std::to_string(kSchemaVersion) + "); update Vitrine to open it.");
  }
  Failure failure;
  failure.code = Code::validation;
  failure.reason = "not_a_catalog";
  failure.issues = missing_parts(connection, registry, database);
  if (failure.issues.empty()) return;
  failure.message = ours ? "This catalog is of a Vitrine with other models: "
                         : "This SQLite database is not a Vitrine catalog: ";
  failure.message += failure.issues.front().message;
  if (failure.issues.size() > 1) failure.message += ", and more";
  failure.message += ours ? ". Export it there as JSON, and import that here."
                          : ". Open a file that Vitrine exported.";
  fail(std::move(failure));
}

}  // namespace vitrine::catalog
