// See the header.
#include "orm/query/row_sql.h"

#include "base/check.h"
#include "base/text.h"
#include "orm/query/text_of.h"

namespace vitrine {
namespace {

using query::joined;

std::vector<std::string> names(const Model& model, const std::vector<std::size_t>& columns) {
  std::vector<std::string> quoted;
  for (const std::size_t column : columns) {
    quoted.push_back(quoted_identifier(model.columns[column].name));
  }
  return quoted;
}

std::string expressions(const Model& model, const std::vector<std::size_t>& columns) {
  std::vector<std::string> parts;
  for (const std::size_t column : columns) {
    parts.push_back(
        query::column_expression(model, model.columns[column], quoted_identifier(model.table)));
  }
  return joined(parts, ", ");
}

std::string key_condition(const Model& model, bool check_version) {
  std::vector<std::size_t> columns = model.primary_key;
  if (check_version) {
    VITRINE_CHECK(model.version_column.has_value());
    columns.push_back(*model.version_column);
  }
  return " WHERE " + joined(names(model, columns), " = ? AND ") + " = ?";
}

}  // namespace

std::string insert_sql(const Model& model, const std::vector<std::size_t>& columns,
                       const std::vector<std::size_t>& returning) {
  std::string sql = "INSERT INTO " + quoted_identifier(model.table);
  if (columns.empty()) {
    sql += " DEFAULT VALUES";
  } else {
    sql += " (" + joined(names(model, columns), ", ") + ") VALUES (" +
           query::placeholders(columns.size()) + ")";
  }
  if (!returning.empty()) sql += " RETURNING " + expressions(model, returning);
  return sql;
}

std::string insert_rows_sql(const Model& model, const std::vector<std::size_t>& columns,
                            std::string_view function) {
  std::vector<std::string> cells;
  for (const std::size_t column : columns) cells.push_back("c" + std::to_string(column));
  return "INSERT INTO " + quoted_identifier(model.table) + " (" +
         joined(names(model, columns), ", ") + ") SELECT " + joined(cells, ", ") + " FROM " +
         std::string(function) + "(?1)";
}

std::string update_sql(const Model& model, const std::vector<std::size_t>& columns,
                       bool check_version) {
  VITRINE_CHECK(!columns.empty());
  return "UPDATE " + quoted_identifier(model.table) + " SET " +
         joined(names(model, columns), " = ?, ") + " = ?" + key_condition(model, check_version);
}

std::string delete_sql(const Model& model, bool check_version) {
  return "DELETE FROM " + quoted_identifier(model.table) + key_condition(model, check_version);
}

std::string delete_many_sql(const Model& model) {
  return "DELETE FROM " + quoted_identifier(model.table) + " WHERE " +
         query::in_key_set(names(model, model.primary_key), 1);
}

std::string delete_by_columns_sql(const Model& model, const std::vector<std::size_t>& columns) {
  return "DELETE FROM " + quoted_identifier(model.table) + " WHERE " +
         joined(names(model, columns), " = ? AND ") + " = ?";
}

std::string select_one_sql(const Model& model, const std::vector<std::size_t>& where_columns) {
  std::vector<std::size_t> columns(model.columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i) columns[i] = i;
  return "SELECT " + expressions(model, columns) + " FROM " + quoted_identifier(model.table) +
         " WHERE " + joined(names(model, where_columns), " = ? AND ") + " = ?";
}

std::string select_by_columns_sql(const Model& model, const std::vector<std::size_t>& columns,
                                  const std::vector<std::size_t>& where_columns) {
  return "SELECT " + expressions(model, columns) + " FROM " + quoted_identifier(model.table) +
         " WHERE " + query::in_key_set(names(model, where_columns), 1) + " ORDER BY " +
         joined(names(model, model.primary_key), ", ");
}

std::string select_cycles_sql(const Relationship& relationship) {
  const Model& model = *relationship.target_model;
  const std::string table = quoted_identifier(model.table);
  std::vector<std::string> starts;  // the row itself, as others refer to it
  std::vector<std::string> places;  // whom the walk has come to
  std::vector<std::string> meets;
  std::vector<std::string> steps;
  for (std::size_t i = 0; i < relationship.local.size(); ++i) {
    starts.push_back("start" + std::to_string(i));
    places.push_back("place" + std::to_string(i));
    meets.push_back(starts.back() + " = " + places.back());
    steps.push_back(query::qualified(table, model.columns[relationship.remote[i]].name) +
                    " = walk." + places.back());
  }
  std::vector<std::string> key;
  for (const std::size_t column : model.primary_key) {
    key.push_back(query::qualified(table, model.columns[column].name));
  }
  // UNION drops what was seen before, so that the walk ends on a cycle, too.
  return "WITH RECURSIVE walk(" + joined(starts, ", ") + ", " + joined(places, ", ") +
         ") AS (SELECT " + expressions(model, relationship.remote) + ", " +
         expressions(model, relationship.local) + " FROM " + table + " WHERE " +
         query::in_key_set(key, 1) + " UNION SELECT " + joined(starts, ", ") + ", " +
         expressions(model, relationship.local) + " FROM walk JOIN " + table + " ON " +
         joined(steps, " AND ") + ") SELECT " + joined(starts, ", ") + " FROM walk WHERE " +
         joined(meets, " AND ") + " LIMIT 1";
}

std::string computed_sql(const Model& model, const Column& column) {
  VITRINE_CHECK(!column.is_stored());
  return query::column_expression(model, column, quoted_identifier(model.table));
}

}  // namespace vitrine
