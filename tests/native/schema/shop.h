// A small shop in plain schema structs, so that the schema's tests need no catalog: categories with
// products, products with items and tags.
#pragma once

#include <string>
#include <utility>

#include "orm/schema/registry.h"

namespace vitrine::testing {

inline Column key_column(std::string name) {
  Column column;
  column.name = std::move(name);
  column.type = ColumnType::integer;
  column.primary_key = true;
  return column;
}

inline Column text_column(std::string name) {
  Column column;
  column.name = std::move(name);
  column.not_null = true;
  return column;
}

inline Column foreign_column(std::string name, std::string table, std::string column = "id") {
  Column foreign;
  foreign.name = std::move(name);
  foreign.type = ColumnType::integer;
  foreign.foreign_key = ForeignKey{std::move(table), std::move(column), OnDelete::derive};
  return foreign;
}

inline Relationship relation(std::string name, std::string target,
                             Direction direction = Direction::many_to_one) {
  Relationship relationship;
  relationship.name = std::move(name);
  relationship.target = std::move(target);
  relationship.direction = direction;
  return relationship;
}

// A many-to-one whose other side is made by a backref that cascades as `words` say.
inline Relationship relation_with_backref(std::string name, std::string target, std::string backref,
                                          std::string_view words) {
  Relationship relationship = relation(std::move(name), std::move(target));
  relationship.backref = Backref{std::move(backref), {}};
  relationship.backref->options.cascade = Cascade::parse(words);
  return relationship;
}

inline Model model_of(std::string name, std::string table, std::vector<Column> columns,
                      std::vector<Relationship> relationships = {}) {
  Model model;
  model.name = std::move(name);
  model.table = std::move(table);
  model.columns = std::move(columns);
  model.relationships = std::move(relationships);
  return model;
}

inline Model category_model() {
  return model_of("Category", "category", {key_column("id"), text_column("name")});
}

inline Model product_model() {
  return model_of(
      "Product", "product",
      {key_column("id"), text_column("name"), foreign_column("category_id", "category")},
      {relation_with_backref("category", "Category", "products", "delete, all")});
}

inline Model item_model() {
  return model_of("Item", "item", {key_column("id"), foreign_column("product_id", "product")},
                  {relation_with_backref("product", "Product", "items", "delete, all")});
}

inline Model tag_model() {
  Relationship products = relation("products", "Product", Direction::many_to_many);
  products.secondary = "product_tag";
  products.backref = Backref{"tags", {}};
  return model_of("Tag", "tag", {key_column("id"), text_column("name")}, {products});
}

inline Model link_model() {
  Column product = foreign_column("product_id", "product");
  Column tag = foreign_column("tag_id", "tag");
  product.primary_key = tag.primary_key = true;
  Model links = model_of("ProductTag", "product_tag", {product, tag});
  links.link_table = true;
  return links;
}

// Not resolved yet, so that a test can add its own mistake or model.
inline Registry shop() {
  Registry registry;
  registry.add(category_model());
  registry.add(product_model());
  registry.add(item_model());
  registry.add(tag_model());
  registry.add(link_model());
  return registry;
}

}  // namespace vitrine::testing
