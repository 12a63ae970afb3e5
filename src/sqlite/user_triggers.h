// Which triggers may do more than a write itself does: all but those of the search index
// (orm/query/search_sql.h), which only note what is to be indexed again.
#pragma once

namespace vitrine {

// Of a row of temp.sqlite_schema. A name alone may be a user's: what the trigger does tells.
inline constexpr const char* kIsUserTrigger =
    "type = 'trigger' AND sql NOT GLOB 'CREATE TRIGGER \"vitrine_search_*\" AFTER * BEGIN "
    "INSERT OR IGNORE INTO \"vitrine_search_*_changes\" (id) SELECT *'";

}  // namespace vitrine
