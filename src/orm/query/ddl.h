// DDL: the tables and indexes of a registry as SQL text, in an order that can be run as it stands.
#pragma once

#include <string>
#include <vector>

#include "orm/schema/registry.h"

namespace vitrine {

// One table or index, as sqlite_schema has it: its name, that of its table (of a table, its own
// name again), and its SQL, without a semicolon.
struct SchemaLine {
  std::string name;
  std::string table;
  std::string sql;

  bool makes_table() const { return name == table; }
};

// CREATE TABLE ... STRICT for every model in dependency order, then CREATE INDEX for every index.
std::vector<SchemaLine> schema_lines(const Registry& registry);

// The same as one text.
std::string create_all_sql(const Registry& registry);
// One table, without its indexes. A foreign key of several columns is the group of those columns
// that refer to parts of one key of the same table.
std::string create_table_sql(const Registry& registry, const Model& model);
// The indexes of one table, a statement each; empty when it has none.
std::string create_indexes_sql(const Model& model);
// The name of the CHECK that holds a String(n) to its length.
std::string length_check_name(const Model& model, const Column& column);

}  // namespace vitrine
