// Model: the facts of one class of objects: its table, columns and relationships.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "orm/schema/column.h"
#include "orm/schema/relationship.h"

namespace vitrine {

struct UniqueConstraint {
  std::string name;  // may be empty
  std::vector<std::string> columns;
  // A condition makes it a partial unique index: only the rows it holds for count.
  std::string where;
};

struct CheckConstraint {
  std::string name;
  std::string condition;
};

struct Model {
  std::string name;            // the class: "Product_Item"
  std::string table;           // "product_item"
  std::string display_column;  // what the display form shows: <Product 'Boot'>; empty: the key
  std::vector<Column> columns;
  std::vector<Relationship> relationships;
  std::vector<UniqueConstraint> unique_constraints;
  std::vector<CheckConstraint> check_constraints;
  bool link_table = false;  // the secondary of a many-to-many: a table without objects
  // Full-text search looks here: in text columns, and in those of the rows of a one-to-many
  // relation ("product_items.name").
  std::vector<std::string> search_columns;
  // The collections that are members of a declared class, of which name and target are told; some
  // relation must make each.
  std::vector<Relationship> collections;

  // --- filled by Registry::resolve() ---
  std::vector<std::size_t> primary_key;     // indexes into columns, in key order
  std::optional<std::size_t> rowid_column;  // the single INTEGER primary key
  std::optional<std::size_t> version_column;
  // Deleting a row in SQL takes along exactly what the relationships say, by ON DELETE CASCADE.
  bool cascades_in_database = false;

  std::optional<std::size_t> find_column(std::string_view column) const;
  const Relationship* find_relationship(std::string_view relationship) const;
  // Fail with VALIDATION, reason unknown_attribute, and name what is there.
  std::size_t column_index(std::string_view column) const;
  const Relationship& relationship(std::string_view relationship) const;
};

}  // namespace vitrine
