// CheckedParents: the foreign keys of many rows, looked up for all rows of a statement at once.
// SQLite looks each up by itself, in a cursor that it opens for it, and for each row that others
// may refer to it looks for those: an eighth of the time of an insert of many rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sqlite/incoming_rows.h"
#include "sqlite/statement.h"

namespace vitrine {

class Connection;

// For a table that is declared without conflict clauses, whose keys to others are of columns
// declared as whole numbers, and that has no triggers: what a row refers to is then what its cells
// say, and an INSERT does nothing else. It sees by itself where temporary tables or triggers, or
// keys of another kind, come in between.
class CheckedParents {
 public:
  // `columns` names the cells of the rows to come; empty where something else than the cell may be
  // stored: a default, or a key that SQLite makes.
  CheckedParents(Connection& connection, const std::string& table,
                 const std::vector<std::string>& columns);

  // The statement of that SQL, which is to insert these rows. It checks no foreign keys if all of
  // the parents are there; otherwise it does, and SQLite says what is wrong.
  Borrowed prepare(std::string_view sql, const IncomingRows& rows);

 private:
  struct Reference {
    std::size_t column;
    std::string count_sql;  // of those keys that are there
  };
  bool learn(const std::string& table, const std::vector<std::string>& columns);
  bool have_parents(const IncomingRows& rows);
  bool has_parents(const Reference& reference, const IncomingRows& rows);

  Connection& connection_;
  std::vector<Reference> references_;
  bool may_rest_;
  std::unique_ptr<Statement> unchecked_;
  std::vector<std::int64_t> keys_;
};

}  // namespace vitrine
