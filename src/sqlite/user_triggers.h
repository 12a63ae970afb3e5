// Whether writing rows may do more than writing them.
#pragma once

namespace vitrine {

class Connection;

// Whether there are triggers but those of the search index, which only note what is to be indexed
// again.
bool has_user_triggers(Connection& connection);

}  // namespace vitrine
