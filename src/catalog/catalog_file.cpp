// See the header.
#include "catalog/catalog_file.h"

#include <algorithm>

#include "base/error.h"
#include "catalog/history.h"
#include "orm/query/ddl.h"
#include "sqlite/savepoint.h"

namespace vitrine::catalog {
namespace {

std::int64_t number(Connection& connection, std::string_view sql) {
  return *connection.scalar(sql)->integer();
}

void create(Connection& connection, const Registry& registry) {
  Savepoint savepoint(connection);
  for (const std::string& sql : schema_statements(registry)) connection.execute(sql);
  connection.execute("PRAGMA application_id = " + std::to_string(kApplicationId));
  connection.execute("PRAGMA user_version = " + std::to_string(kSchemaVersion));
  savepoint.release();
}

// None for what is not an ordinary table: a view, or one that a module of SQLite makes up.
std::vector<std::string> columns_of(Connection& connection, const std::string& table,
                                    const std::string& schema) {
  std::vector<std::string> names;
  Borrowed statement = connection.prepare(
      "SELECT c.name FROM pragma_table_list(?1) AS t JOIN pragma_table_info(?1, ?2) AS c "
      "WHERE t.schema = ?2 AND t.type = 'table'");
  statement->bind(1, Value(table));
  statement->bind(2, Value(schema));
  while (statement->step()) names.emplace_back(statement->column_text(0));
  return names;
}

std::vector<Issue> missing_parts(Connection& connection, const Registry& registry,
                                 const std::string& schema) {
  std::vector<Issue> issues;
  for (const auto& model : registry.models()) {
    const std::vector<std::string> columns = columns_of(connection, model->table, schema);
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

std::vector<std::string> schema_statements(const Registry& registry) {
  constexpr std::string_view kEnd = ";\n";
  std::vector<std::string> statements;
  const std::string all = create_all_sql(registry);
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t end = all.find(kEnd, at);
    statements.push_back(all.substr(at, end - at));
    at = end + kEnd.size();
  }
  statements.push_back(History::table_sql());
  const std::string_view condition = "IF NOT EXISTS ";
  std::string& last = statements.back();
  last.erase(last.find(condition), condition.size());
  return statements;
}

bool makes_table(std::string_view sql) { return sql.starts_with("CREATE TABLE"); }

void prepare_file(Connection& connection, const Registry& registry) {
  if (number(connection, "SELECT count(*) FROM sqlite_schema") == 0) {
    create(connection, registry);
    return;
  }
  check_file(connection, registry, "main");
}

bool has_own_tables(Connection& connection, const Registry& registry) {
  if (connection.scalar("SELECT 1 FROM main.sqlite_schema WHERE type = 'trigger'")) return false;
  for (const std::string& sql : schema_statements(registry)) {
    if (!makes_table(sql)) continue;
    if (!connection.scalar("SELECT 1 FROM main.sqlite_schema WHERE sql = ?", {sql})) return false;
  }
  return true;
}

void check_file(Connection& connection, const Registry& registry, const std::string& schema) {
  const std::string pragma = "PRAGMA " + schema;
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
  failure.issues = missing_parts(connection, registry, schema);
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
