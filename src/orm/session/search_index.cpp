// See the header.
#include "orm/session/search_index.h"

#include "orm/query/search_sql.h"
#include "sqlite/savepoint.h"
#include "sqlite/user_triggers.h"

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
  std::vector<std::string> statements;
  {
    // An index drops the tables that it is made of.
    const Borrowed found = connection.prepare(
        std::string(
            "SELECT format('DROP %s temp.\"%w\"', type, name) FROM temp.sqlite_schema WHERE "
            "name GLOB 'vitrine_search_*' AND (type = 'trigger' OR sql LIKE "
            "'CREATE VIRTUAL%' OR name GLOB '*_changes') AND NOT (") +
        kIsUserTrigger + ")");
    while (found->step()) statements.emplace_back(found->column_text(0));
  }
  run_all(connection, statements);
}

}  // namespace vitrine
