// Full-text search: the SQL of the derived index. The index of a model is an FTS5 table in the temp
// schema that the file never holds; temp triggers only note which rows changed, and the notes are
// worked off in one go before the next search. Pure text: the session runs it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "orm/schema/model.h"

namespace vitrine {

// Whether the model names search columns and has the integer key that the index needs.
bool is_searchable(const Model& model);

// The index: "vitrine_search_product", in schema temp.
std::string search_table_name(const Model& model);

// Statements that make the index of a model and fill it, in order; once per connection, before the
// first search. Case and diacritics are folded (unicode61), words match by their beginning.
std::vector<std::string> search_create_sql(const Model& model);
// Statements that work the notes off; in order, before a search, in a savepoint. Cheap when there
// are none.
std::vector<std::string> search_refresh_sql(const Model& model);
// The number of rows noted: 0 means that a refresh has nothing to do.
std::string search_pending_sql(const Model& model);

// The words of what a person typed: what stands between blanks.
std::vector<std::string_view> search_words(std::string_view text);
// What a person typed, as an FTS5 expression: each word quoted, all of them wanted, each matching
// words that begin with it. Nothing typed is syntax. Refuses text of more than 1,000 bytes.
std::string search_expression(const Model& model, std::string_view text);

}  // namespace vitrine
