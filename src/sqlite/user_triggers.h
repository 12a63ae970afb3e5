// Which triggers may do more than a write itself does: all but those of the search index
// (orm/query/search_sql.h), which only note what is to be indexed again.
#pragma once

namespace vitrine {

// Of a row of temp.sqlite_schema.
inline constexpr const char* kIsUserTrigger =
    "type = 'trigger' AND name NOT GLOB 'vitrine_search_*'";

}  // namespace vitrine
