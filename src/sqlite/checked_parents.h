// CheckedParents: the foreign keys of many rows, looked up for all rows of a statement at once.
// SQLite looks each up by itself, in a cursor that it opens for it, and for each row that others
// may refer to it looks for those: an eighth of the time of an insert of many rows.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sqlite/incoming_rows.h"

namespace vitrine {

class Connection;

// While it lives SQLite checks no foreign keys, unless it has to: where there are others than those
// of whole numbers in another table, triggers, deferred keys without a parent, or rows whose
// parents are not there, of which SQLite then says what is wrong. Nothing but rows of that table
// may be inserted meanwhile, and each time those that were admitted.
class CheckedParents {
 public:
  // `columns` names the cells of the rows to come; empty where SQLite may write a default of its
  // own. The statements of the connection are compiled again when they are next run.
  CheckedParents(Connection& connection, const std::string& table,
                 const std::vector<std::string>& columns);
  CheckedParents(const CheckedParents&) = delete;
  CheckedParents& operator=(const CheckedParents&) = delete;
  ~CheckedParents();

  // Looks for the parents of the rows that the next statement inserts.
  void admit(const IncomingRows& rows);

 private:
  struct Reference {
    std::size_t column;
    std::string count_sql;  // of those keys that are there
  };
  bool learn(const std::string& table, const std::vector<std::string>& columns);
  bool has_parents(const Reference& reference, const IncomingRows& rows);
  void enforce(bool on);

  Connection& connection_;
  std::vector<Reference> references_;
  std::vector<std::int64_t> keys_;
  bool enforced_ = true;
};

}  // namespace vitrine
