// See the header.
#include "sqlite/user_triggers.h"

#include "sqlite/connection.h"

namespace vitrine {

bool has_user_triggers(Connection& connection) {
  return connection
      .scalar(
          "SELECT 1 FROM main.sqlite_schema WHERE type = 'trigger' UNION ALL SELECT 1 FROM "
          "temp.sqlite_schema WHERE type = 'trigger' AND name NOT GLOB 'vitrine_search_*'")
      .has_value();
}

}  // namespace vitrine
