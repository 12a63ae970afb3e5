// The models of the catalog, one declaration each. From these lines come the tables, the
// validation, describe(), the TypeScript types and docs/models.md; nothing else says what a column
// is.
#pragma once

#include "catalog/image_attachment.h"
#include "orm/session/entity.h"
#include "orm/session/relations.h"

namespace vitrine::catalog {

using declare::autoincrement, declare::not_null, declare::primary_key, declare::unique;
using declare::back_populates, declare::backref, declare::cascade;
using declare::Base, declare::Collection, declare::Column, declare::ForeignKey;
using declare::Blob, declare::Boolean, declare::DateTime, declare::Integer, declare::String,
    declare::Text, declare::default_now, declare::default_value;
using declare::ImageAttachment, declare::Relationship;

struct Category;
struct Product;
struct Product_Item;
struct ProductPhoto;
struct ProductPicture;
struct UOM;
struct UserPicture;

// What kinds of goods there are. On deleting a category, its products are deleted as well.
struct Category : Base<Category> {
  static constexpr const char* tablename = "category";

  Column<Integer> id = {this, "id", primary_key, autoincrement};
  Column<String> name = {this, "name", String(255), unique, not_null};
  Column<Text> description = {this, "description", not_null};

  Collection<Product> products = {this, "products"};

  static void configure(Model& model) { model.display_column = "name"; }
};

// A unit of measure: kg, loaf, bottle, pair.
struct UOM : Base<UOM> {
  static constexpr const char* tablename = "uom";

  Column<Integer> id = {this, "id", primary_key, autoincrement};
  Column<String> name = {this, "name", String(255), unique, not_null};
  Column<String> symbol = {this, "symbol", String(32)};

  Collection<Product_Item> product_items = {this, "product_items"};

  static void configure(Model& model) { model.display_column = "name"; }
};

// What the shop sells.
struct Product : Base<Product> {
  static constexpr const char* tablename = "product";

  Column<Integer> id = {this, "id", primary_key, autoincrement};
  Column<String> name = {this, "name", unique, not_null};
  ImageAttachment<ProductPicture> image = {this, "image"};
  ImageAttachment<ProductPhoto> photos = {this, "photos"};
  Column<String> description = {this, "description", String(255), not_null};
  Column<Integer> category_id = {this, "category_id", ForeignKey("category.id")};

  // On deleting a category, a product is deleted as well.
  Relationship<Category> category = {this, "category", backref("products", cascade("delete, all"))};
  Collection<Product_Item> product_items = {this, "product_items"};

  static void configure(Model& model) {
    model.display_column = "name";
    model.search_columns = {"name", "description", "product_items.name",
                            "product_items.description"};
  }
};

// How a product is sold: a kilogram of it, a pair in size 42.
struct Product_Item : Base<Product_Item> {
  static constexpr const char* tablename = "product_item";

  Column<Integer> id = {this, "id", primary_key, autoincrement};
  Column<Integer> product_id = {this, "product_id", ForeignKey("product.id")};
  Column<String> name = {this, "name", unique, not_null};
  Column<Text> description = {this, "description", not_null};
  ImageAttachment<UserPicture> image_url = {this, "image_url"};
  Column<Integer> uom_id = {this, "uom_id", ForeignKey("uom.id")};

  // On deleting a product or a uom, a Product_Item is deleted.
  Relationship<Product> product = {this, "product",
                                   backref("product_items", cascade("delete, all"))};
  Relationship<UOM> uom = {this, "uom", backref("product_items", cascade("delete, all"))};

  static void configure(Model& model) {
    model.display_column = "name";
    model.search_columns = {"name", "description"};
  }
};

// The columns that every picture has. Its bytes are an ImageBlob; sha256 is null until they are
// there. The key is width, height and the owner, in this order.
template <class Picture>
struct Image : Base<Picture> {
  Column<Integer> width = {this, "width", primary_key};
  Column<Integer> height = {this, "height", primary_key};
  Column<String> mimetype = {this, "mimetype", String(255), not_null};
  Column<Boolean> original = {this, "original", not_null, default_value(false)};
  Column<DateTime> created_at = {this, "created_at", not_null, default_now()};
  Column<String> sha256 = {this, "sha256", String(64), ForeignKey("image_blob.sha256")};
  Column<Text> alt = {this, "alt"};
  Column<String> dominant_color = {this, "dominant_color", String(9)};

  // A set has one original, and no picture without extent.
  static void configure_set(Model& model, const std::vector<std::string>& set) {
    model.check_constraints = {{"ck_" + model.table + "_extent", "width > 0 AND height > 0"}};
    model.unique_constraints = {{"uq_" + model.table + "_original", set, "original"}};
  }
};

// A product's cover picture and its thumbnails.
struct ProductPicture : Image<ProductPicture> {
  static constexpr const char* tablename = "product_picture";
  static constexpr const char* owner_name = "product";

  Column<Integer> product_id = {this, "product_id", ForeignKey("product.id"), primary_key};
  Relationship<Product> product = {this, "product", back_populates("image")};

  static void configure(Model& model) { configure_set(model, {"product_id"}); }
};

// An item's picture and its thumbnails.
struct UserPicture : Image<UserPicture> {
  static constexpr const char* tablename = "user_picture";
  static constexpr const char* owner_name = "product_item";

  Column<Integer> product_item_id = {this, "product_item_id", ForeignKey("product_item.id"),
                                     primary_key};
  Relationship<Product_Item> product_item = {this, "product_item", back_populates("image_url")};

  static void configure(Model& model) { configure_set(model, {"product_item_id"}); }
};

// A product's gallery: several sets, in the order of order_index.
struct ProductPhoto : Image<ProductPhoto> {
  static constexpr const char* tablename = "product_photo";
  static constexpr const char* owner_name = "product";

  Column<Integer> product_id = {this, "product_id", ForeignKey("product.id"), primary_key};
  Column<Integer> order_index = {this, "order_index", primary_key};
  Relationship<Product> product = {this, "product", back_populates("photos")};

  static void configure(Model& model) { configure_set(model, {"product_id", "order_index"}); }
};

// The bytes of pictures, each content once, whatever refers to it. Never part of ordinary rows.
struct ImageBlob : Base<ImageBlob> {
  static constexpr const char* tablename = "image_blob";

  Column<String> sha256 = {this, "sha256", String(64), primary_key};
  Column<String> mimetype = {this, "mimetype", String(255), not_null};
  Column<Integer> width = {this, "width", not_null};
  Column<Integer> height = {this, "height", not_null};
  Column<Integer> size_bytes = {this, "size_bytes", not_null};
  Column<Blob> bytes = {this, "bytes", not_null};
};

// A registry with all of them, resolved.
Registry make_registry();

// The same before it is resolved, so that an application can add models of its own.
Registry declare_models();

}  // namespace vitrine::catalog
