// See the header.
#include "orm/session/search_index.h"

#include "base/text.h"
#include "orm/query/search_sql.h"
#include "sqlite/savepoint.h"

namespace vitrine {
namespace {

// Asked each time rather than remembered: a rollback takes a new index back without telling.
bool has_index(Connection& connection, const Model& model) {
  return connection
      .scalar("SELECT 1 FROM temp.sqlite_schema WHERE name = ?", {search_table_name(model)})
      .has_value();
}

void run_all(Connection& connection, const std::vector<std::string>& statements) {
  Savepoint whole(connection, "vitrine_search");
  for (const std::string& statement : statements) connection.run(statement);
  whole.release();
}

// Drops what of the indexes is of this type. An index drops the tables that it is made of.
void drop_all(Connection& connection, const std::string& type, const std::string& condition) {
  std::vector<std::string> names;
  {
    Borrowed found = connection.prepare(
        "SELECT name FROM temp.sqlite_schema WHERE name GLOB 'vitrine_search_*' AND " + condition);
    while (found->step()) names.emplace_back(found->column_text(0));
  }
  for (const std::string& name : names) {
    connection.run("DROP " + type + " temp." + quoted_identifier(name));
  }
}

void prepare(Connection& connection, const Model& model) {
  if (!has_index(connection, model)) return run_all(connection, search_create_sql(model));
  const auto pending = connection.scalar(search_pending_sql(model));
  if (pending && *pending != Value(0)) run_all(connection, search_refresh_sql(model));
}

}  // namespace

void prepare_search(Connection& connection, const Select& select) {
  // A model that cannot be searched is refused when the request is compiled.
  if (!select.search.empty() && is_searchable(*select.model)) prepare(connection, *select.model);
  for (const Include& include : select.includes) {
    if (include.select.model != nullptr) prepare_search(connection, include.select);
  }
}

void drop_search(Connection& connection) {
  Savepoint whole(connection, "vitrine_search");
  drop_all(connection, "TRIGGER", "type = 'trigger'");
  drop_all(connection, "TABLE", "sql LIKE 'CREATE VIRTUAL%'");
  drop_all(connection, "TABLE", "type = 'table'");
  whole.release();
}

}  // namespace vitrine
