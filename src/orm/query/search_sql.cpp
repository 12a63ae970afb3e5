// See the header.
#include "orm/query/search_sql.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "orm/query/filter.h"
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

// The related rows whose text a search covers too, and which columns of theirs.
struct Related {
  const Relationship* relationship;
  std::vector<std::string> columns;

  const Model& target() const { return *relationship->target_model; }
  // The column that says whose row it is.
  const std::string& owner() const { return target().columns[relationship->remote.front()].name; }
};

std::vector<Related> related_of(const Model& model) {
  std::vector<Related> found;
  for (const std::string& column : model.search_columns) {
    const Path path = Path::parse(column);
    if (path.relations.empty()) continue;
    const Relationship& relationship = model.relationship(path.relations.front());
    const auto same = [&](const Related& one) { return one.relationship == &relationship; };
    auto at = std::find_if(found.begin(), found.end(), same);
    if (at == found.end()) at = found.insert(found.end(), {&relationship, {}});
    at->columns.push_back(path.attribute);
  }
  return found;
}

// The text to index under a search column of the row `t`: its own, or that of all related rows.
std::string text_of_column(const Model& model, const std::string& column) {
  const Path path = Path::parse(column);
  if (path.relations.empty()) return query::qualified("t", column);
  const Related related{&model.relationship(path.relations.front()), {}};
  return "(SELECT group_concat(" + query::qualified("r", path.attribute) + ", ' ') FROM main." +
         quoted_identifier(related.target().table) + " AS r WHERE " +
         query::qualified("r", related.owner()) + " = " + key_of(model, "t") + ")";
}

std::string insert_rows(const Model& model) {
  std::vector<std::string> texts{key_of(model, "t")};
  for (const std::string& column : model.search_columns) {
    texts.push_back(text_of_column(model, column));
  }
  return "INSERT INTO " + index_name(model) + " (rowid, " + column_list(model) + ") SELECT " +
         joined(texts, ", ") + " FROM main." + quoted_identifier(model.table) + " AS t";
}

// One note per changed key, whatever happened to it.
std::string note(const Model& model, const std::string& key) {
  // A related row may belong to none.
  return " INSERT OR IGNORE INTO " + quoted_identifier(search_table_name(model) + "_changes") +
         " (id) SELECT " + key + " WHERE " + key + " IS NOT NULL;";
}

// Temp triggers on a table of the file: `key` is the column that holds the key to note, `columns`
// are those whose changes matter. Their names begin with `name`.
std::vector<std::string> note_triggers(const Model& model, const std::string& name,
                                       const std::string& table, const std::string& key,
                                       const std::vector<std::string>& columns) {
  std::vector<std::string> watched{quoted_identifier(key)};
  for (const std::string& column : columns) watched.push_back(quoted_identifier(column));
  const std::string before = note(model, query::qualified("old", key));
  const std::string after = note(model, query::qualified("new", key));
  const auto trigger = [&](const char* event, const std::string& when, const std::string& notes) {
    return "CREATE TRIGGER " + trigger_name(model, name + event) + " AFTER " + when + " ON main." +
           quoted_identifier(table) + " BEGIN" + notes + " END";
  };
  return {trigger("insert", "INSERT", after),
          trigger("update", "UPDATE OF " + joined(watched, ", "), before + after),
          trigger("delete", "DELETE", before)};
}

std::string prefix_of(const Related& related) { return related.relationship->name + "_"; }

void append(std::vector<std::string>& to, std::vector<std::string> more) {
  to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

// How many bytes the blank at the beginning of `text` has; 0 when there is none. Besides those of
// ASCII there are the one that texts are pasted with and the one that is typed between kanji.
std::size_t blank_bytes(std::string_view text) {
  static constexpr std::string_view kBlanks("\0\t\n\v\f\r ", 7);
  if (kBlanks.find(text.front()) != std::string_view::npos) return 1;
  for (const std::string_view blank : {"\u00a0", "\u3000"}) {
    if (text.starts_with(blank)) return blank.size();
  }
  return 0;
}

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
  std::vector<std::string> statements{
      "CREATE VIRTUAL TABLE " + index_name(model) + " USING fts5(" + column_list(model) +
          ", content = '', contentless_delete = 1, prefix = '2 3', "
          "tokenize = 'unicode61 remove_diacritics 2')",
      "CREATE TABLE " + notes_name(model) + " (id INTEGER PRIMARY KEY)", insert_rows(model)};
  std::vector<std::string> own;
  for (const std::string& column : model.search_columns) {
    if (Path::parse(column).relations.empty()) own.push_back(column);
  }
  const std::string& key = model.columns[*model.rowid_column].name;
  append(statements, note_triggers(model, "", model.table, key, own));
  for (const Related& related : related_of(model)) {
    append(statements, note_triggers(model, prefix_of(related), related.target().table,
                                     related.owner(), related.columns));
  }
  return statements;
}

std::vector<std::string> search_refresh_sql(const Model& model) {
  const std::string noted = "(SELECT id FROM " + notes_name(model) + ")";
  return {"DELETE FROM " + index_name(model) + " WHERE rowid IN " + noted,
          insert_rows(model) + " WHERE " + key_of(model, "t") + " IN " + noted,
          "DELETE FROM " + notes_name(model)};
}

std::string search_pending_sql(const Model& model) {
  return "SELECT count(*) FROM " + notes_name(model);
}

std::vector<std::string_view> search_words(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t blank = blank_bytes(text.substr(at));
    if (blank > 0 && at > begin) words.push_back(text.substr(begin, at - begin));
    at += blank > 0 ? blank : 1;
    if (blank > 0) begin = at;
  }
  if (begin < text.size()) words.push_back(text.substr(begin));
  return words;
}

std::string search_expression(const Model& model, std::string_view text) {
  if (text.size() > kMaxSearchBytes) {
    query::refuse_value(model, "", "search",
                        "The text has more than " + std::to_string(kMaxSearchBytes) +
                            " bytes; search for a few words.");
  }
  std::vector<std::string> words;
  for (const std::string_view word : search_words(text)) words.push_back(quoted_word(word));
  // An empty phrase, which no text matches: an empty expression would be an error.
  return words.empty() ? "\"\"" : joined(words, " ");
}

}  // namespace vitrine
