// See the header. Names of constraints and indexes are built from those of table and column, so
// that errors and migrations can name them.
#include "orm/query/ddl.h"

#include <algorithm>

#include "base/text.h"
#include "orm/query/text_of.h"

namespace vitrine {
namespace {

using query::joined;

std::string_view storage_type(ColumnType type) {
  switch (type) {
    case ColumnType::integer:
    case ColumnType::boolean:
      return "INTEGER";
    case ColumnType::real:
      return "REAL";
    case ColumnType::blob:
      return "BLOB";
    case ColumnType::string:
    case ColumnType::text:
    case ColumnType::datetime:
    case ColumnType::json:
      break;
  }
  return "TEXT";
}

std::string quoted_list(const std::vector<std::string>& names) {
  std::vector<std::string> quoted;
  for (const std::string& name : names) quoted.push_back(quoted_identifier(name));
  return joined(quoted, ", ");
}

std::string named(const std::string& name, const std::string& constraint) {
  return name.empty() ? constraint : "CONSTRAINT " + quoted_identifier(name) + " " + constraint;
}

// The CHECKs that a column's type asks for; an explicit one stands in for that of String(n).
std::vector<std::string> checks(const Model& model, const Column& column) {
  const std::string base = "ck_" + model.table + "_" + column.name;
  const std::string name = quoted_identifier(column.name);
  std::vector<std::string> found;
  if (!column.check.empty()) {
    found.push_back(named(column.check_name, "CHECK (" + column.check + ")"));
  } else if (column.type == ColumnType::string && column.length > 0) {
    const std::string bound = std::to_string(column.length);
    found.push_back(
        named(length_check_name(model, column), "CHECK (length(" + name + ") <= " + bound + ")"));
  }
  if (column.type == ColumnType::boolean) {
    found.push_back(named(base + "_boolean", "CHECK (" + name + " IN (0, 1))"));
  }
  if (column.type == ColumnType::json) {
    found.push_back(named(base + "_json", "CHECK (json_valid(" + name + "))"));
  }
  return found;
}

std::string column_definition(const Model& model, std::size_t index) {
  const Column& column = model.columns[index];
  std::string sql = quoted_identifier(column.name) + " ";
  sql += storage_type(column.type);
  if (model.rowid_column == index) {
    sql += column.autoincrement ? " PRIMARY KEY AUTOINCREMENT" : " PRIMARY KEY";
  }
  if (column.not_null && model.rowid_column != index) sql += " NOT NULL";
  if (column.unique && model.rowid_column != index) sql += " UNIQUE";
  if (!column.server_default.empty()) sql += " DEFAULT " + column.server_default;
  for (const std::string& check : checks(model, column)) sql += " " + check;
  return sql;
}

std::string on_delete(OnDelete action) {
  switch (action) {
    case OnDelete::cascade:
      return " ON DELETE CASCADE";
    case OnDelete::set_null:
      return " ON DELETE SET NULL";
    case OnDelete::restrict:
      return " ON DELETE RESTRICT";
    case OnDelete::derive:
    case OnDelete::nothing:
      break;
  }
  return "";
}

struct ForeignKeyGroup {
  std::string table;
  OnDelete action = OnDelete::nothing;
  std::vector<std::string> from;
  std::vector<std::string> to;
};

bool is_part_of_key(const Registry& registry, const ForeignKey& foreign_key) {
  const Model* target = registry.find(foreign_key.table);
  if (target == nullptr) return false;
  const Column& column = target->columns[target->column_index(foreign_key.column)];
  return !column.unique && !(column.primary_key && target->primary_key.size() == 1);
}

// The group that the column completes: one to the same table that lacks the column referred to.
ForeignKeyGroup* open_group(std::vector<ForeignKeyGroup>& groups, const ForeignKey& foreign_key) {
  for (ForeignKeyGroup& group : groups) {
    const bool repeated =
        std::find(group.to.begin(), group.to.end(), foreign_key.column) != group.to.end();
    if (group.table == foreign_key.table && !repeated) return &group;
  }
  return nullptr;
}

std::vector<std::string> foreign_keys(const Registry& registry, const Model& model) {
  std::vector<ForeignKeyGroup> single;
  std::vector<ForeignKeyGroup> composite;
  for (const Column& column : model.columns) {
    if (!column.foreign_key) continue;
    const ForeignKey& foreign_key = *column.foreign_key;
    const bool part = is_part_of_key(registry, foreign_key);
    ForeignKeyGroup* group = part ? open_group(composite, foreign_key) : nullptr;
    if (group == nullptr) {
      auto& groups = part ? composite : single;
      group = &groups.emplace_back();
      group->table = foreign_key.table;
      group->action = foreign_key.on_delete;
    }
    group->from.push_back(column.name);
    group->to.push_back(foreign_key.column);
  }
  single.insert(single.end(), composite.begin(), composite.end());
  std::vector<std::string> lines;
  for (const ForeignKeyGroup& group : single) {
    lines.push_back("FOREIGN KEY (" + quoted_list(group.from) + ") REFERENCES " +
                    quoted_identifier(group.table) + " (" + quoted_list(group.to) + ")" +
                    on_delete(group.action));
  }
  return lines;
}

SchemaLine index_line(const Model& model, const std::string& name, bool unique,
                      const std::vector<std::string>& columns, const std::string& where) {
  std::string sql = unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ";
  sql += quoted_identifier(name) + " ON " + quoted_identifier(model.table) + " (" +
         quoted_list(columns) + ")" + (where.empty() ? "" : " WHERE " + where);
  return {name, model.table, std::move(sql)};
}

// An index of a part of the key goes on with the other parts: the rows of one parent then come in
// the order of the key, as they do by themselves where the key is the rowid.
std::vector<std::string> indexed_columns(const Model& model, const Column& column) {
  std::vector<std::string> names{column.name};
  if (!column.primary_key) return names;
  for (const std::size_t part : model.primary_key) {
    if (model.columns[part].name != column.name) names.push_back(model.columns[part].name);
  }
  return names;
}

std::vector<std::string> table_constraints(const Registry& registry, const Model& model) {
  std::vector<std::string> lines;
  if (!model.rowid_column && !model.primary_key.empty()) {
    std::vector<std::string> key;
    for (const std::size_t column : model.primary_key) key.push_back(model.columns[column].name);
    lines.push_back("PRIMARY KEY (" + quoted_list(key) + ")");
  }
  for (const UniqueConstraint& unique : model.unique_constraints) {
    if (!unique.where.empty()) continue;
    lines.push_back(named(unique.name, "UNIQUE (" + quoted_list(unique.columns) + ")"));
  }
  for (const CheckConstraint& check : model.check_constraints) {
    lines.push_back(named(check.name, "CHECK (" + check.condition + ")"));
  }
  for (std::string& line : foreign_keys(registry, model)) lines.push_back(std::move(line));
  return lines;
}

SchemaLine table_line(const Registry& registry, const Model& model) {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < model.columns.size(); ++i) {
    if (model.columns[i].is_stored()) lines.push_back(column_definition(model, i));
  }
  for (std::string& line : table_constraints(registry, model)) lines.push_back(std::move(line));
  return {model.table, model.table,
          "CREATE TABLE " + quoted_identifier(model.table) + " (\n  " + joined(lines, ",\n  ") +
              "\n) STRICT"};
}

std::vector<SchemaLine> index_lines(const Model& model) {
  std::vector<SchemaLine> lines;
  for (const Column& column : model.columns) {
    if (!column.index) continue;
    const std::string name = "ix_" + model.table + "_" + column.name;
    lines.push_back(index_line(model, name, false, indexed_columns(model, column), ""));
  }
  for (const UniqueConstraint& unique : model.unique_constraints) {
    if (unique.where.empty()) continue;
    const std::string derived = "uq_" + model.table + "_" + joined(unique.columns, "_");
    lines.push_back(index_line(model, unique.name.empty() ? derived : unique.name, true,
                               unique.columns, unique.where));
  }
  return lines;
}

std::string text_of(const std::vector<SchemaLine>& lines) {
  std::string text;
  for (const SchemaLine& line : lines) text += line.sql + ";\n";
  return text;
}

}  // namespace

std::vector<SchemaLine> schema_lines(const Registry& registry) {
  std::vector<SchemaLine> lines;
  for (const Model* model : registry.dependency_order()) {
    lines.push_back(table_line(registry, *model));
  }
  for (const Model* model : registry.dependency_order()) {
    for (SchemaLine& line : index_lines(*model)) lines.push_back(std::move(line));
  }
  return lines;
}

std::string create_all_sql(const Registry& registry) { return text_of(schema_lines(registry)); }

std::string create_table_sql(const Registry& registry, const Model& model) {
  return text_of({table_line(registry, model)});
}

std::string create_indexes_sql(const Model& model) { return text_of(index_lines(model)); }

std::string length_check_name(const Model& model, const Column& column) {
  return "ck_" + model.table + "_" + column.name + "_length";
}

}  // namespace vitrine
