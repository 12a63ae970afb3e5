// See the header.
#include "orm/query/search_sql.h"

#include "base/text.h"
#include "orm/query/refuse.h"
#include "orm/query/text_of.h"

namespace vitrine {
namespace {

using query::joined;

// A search box holds a few words; each costs a walk of the index.
constexpr std::size_t kMaxSearchBytes = 1'000;

std::string key_of(const Model& model, std::string_view row) {
  return query::qualified(row, model.columns[*model.rowid_column].name);
}

std::string index_name(const Model& model) {
  return "temp." + quoted_identifier(search_table_name(model));
}

std::string notes_name(const Model& model) {
  return "temp." + quoted_identifier(search_table_name(model) + "_changes");
}

std::string trigger_name(const Model& model, std::string_view event) {
  return "temp." + quoted_identifier(search_table_name(model) + "_" + std::string(event));
}

std::string column_list(const Model& model) {
  std::vector<std::string> names;
  for (const std::string& column : model.search_columns) names.push_back(quoted_identifier(column));
  return joined(names, ", ");
}

std::string insert_rows(const Model& model) {
  const std::string key = quoted_identifier(model.columns[*model.rowid_column].name);
  return "INSERT INTO " + index_name(model) + " (rowid, " + column_list(model) + ") SELECT " + key +
         ", " + column_list(model) + " FROM main." + quoted_identifier(model.table);
}

// A temp trigger on a table of the file: one note per changed key, whatever happened to it.
std::string note_trigger(const Model& model, std::string_view event, std::string_view when,
                         const std::vector<std::string_view>& rows) {
  std::string sql = "CREATE TRIGGER " + trigger_name(model, event) + " AFTER ";
  sql += when;
  sql += " ON main." + quoted_identifier(model.table) + " BEGIN";
  for (const std::string_view row : rows) {
    sql += " INSERT OR IGNORE INTO " + quoted_identifier(search_table_name(model) + "_changes") +
           " (id) VALUES (" + key_of(model, row) + ");";
  }
  return sql + " END";
}

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r') || c == '\0'; }

std::string quoted_word(std::string_view word) {
  std::string quoted = "\"";
  for (const char c : word) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"*";
}

}  // namespace

bool is_searchable(const Model& model) {
  return model.rowid_column.has_value() && !model.search_columns.empty();
}

std::string search_table_name(const Model& model) { return "vitrine_search_" + model.table; }

std::vector<std::string> search_create_sql(const Model& model) {
  const std::string watched = "UPDATE OF " +
                              quoted_identifier(model.columns[*model.rowid_column].name) + ", " +
                              column_list(model);
  return {"CREATE VIRTUAL TABLE " + index_name(model) + " USING fts5(" + column_list(model) +
              ", content = '', contentless_delete = 1, prefix = '2 3', "
              "tokenize = 'unicode61 remove_diacritics 2')",
          "CREATE TABLE " + notes_name(model) + " (id INTEGER PRIMARY KEY)",
          insert_rows(model),
          note_trigger(model, "insert", "INSERT", {"new"}),
          note_trigger(model, "update", watched, {"old", "new"}),
          note_trigger(model, "delete", "DELETE", {"old"})};
}

std::vector<std::string> search_refresh_sql(const Model& model) {
  const std::string noted = "(SELECT id FROM " + notes_name(model) + ")";
  const std::string key = quoted_identifier(model.columns[*model.rowid_column].name);
  return {"DELETE FROM " + index_name(model) + " WHERE rowid IN " + noted,
          insert_rows(model) + " WHERE " + key + " IN " + noted,
          "DELETE FROM " + notes_name(model)};
}

std::string search_pending_sql(const Model& model) {
  return "SELECT count(*) FROM " + notes_name(model);
}

std::vector<std::string> search_drop_sql(const Model& model) {
  return {"DROP TRIGGER IF EXISTS " + trigger_name(model, "insert"),
          "DROP TRIGGER IF EXISTS " + trigger_name(model, "update"),
          "DROP TRIGGER IF EXISTS " + trigger_name(model, "delete"),
          "DROP TABLE IF EXISTS " + notes_name(model), "DROP TABLE IF EXISTS " + index_name(model)};
}

std::string search_expression(const Model& model, std::string_view text) {
  if (text.size() > kMaxSearchBytes) {
    query::refuse_value(model, "", "search",
                        "The text has more than " + std::to_string(kMaxSearchBytes) +
                            " bytes; search for a few words.");
  }
  std::vector<std::string> words;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && !is_space(text[end])) ++end;
    if (end > at) words.push_back(quoted_word(text.substr(at, end - at)));
    at = end + 1;
  }
  // An empty phrase, which no text matches: an empty expression would be an error.
  return words.empty() ? "\"\"" : joined(words, " ");
}

}  // namespace vitrine
