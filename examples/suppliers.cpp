// Models of a program's own beside the catalog's: suppliers, who may belong to others, what they
// offer, and labels on products. Prints what it does.
#include <iostream>

#include "catalog/models.h"
#include "orm/query/ddl.h"
#include "orm/session/typed_query.h"

using namespace vitrine::declare;
using vitrine::catalog::Product;

struct Offer;

// A tree: on deleting a supplier, the branches lose their owner. terms is any JSON; offer_count is
// not stored but counted.
struct Supplier : Base<Supplier> {
  static constexpr const char* tablename = "supplier";

  Column<Integer> id = {this, "id", primary_key, autoincrement};
  Column<String> name = {this, "name", String(80), unique, not_null};
  Column<Boolean> active = {this, "active", not_null, default_value(true)};
  Column<DateTime> since = {this, "since", not_null, default_now()};
  Column<Json> terms = {this, "terms", default_value("{}")};
  Column<Integer> owner_id = {this, "owner_id", ForeignKey("supplier.id")};
  Column<Integer> offer_count = {this, "offer_count"};

  Relationship<Supplier> owner = {this, "owner", backref("branches")};
  Collection<Supplier> branches = {this, "branches"};
  Collection<Offer> offers = {this, "offers"};

  static void configure(vitrine::Model& model) {
    model.display_column = "name";
    vitrine::Computed count;
    count.count_of = "offers";
    model.columns[model.column_index("offer_count")].computed =
        std::make_shared<const vitrine::Computed>(count);
  }
};

// At what price a supplier has a product: both together are the key.
struct Offer : Base<Offer> {
  static constexpr const char* tablename = "offer";

  Column<Integer> supplier_id = {this, "supplier_id", ForeignKey("supplier.id"), primary_key};
  Column<Integer> product_id = {this, "product_id", ForeignKey("product.id"), primary_key};
  Column<Real> price = {this, "price", not_null, default_value(0)};

  Relationship<Supplier> supplier = {this, "supplier",
                                     backref("offers", cascade("all, delete-orphan"))};
  Relationship<Product> product = {this, "product", backref("offers", cascade("all"))};
};

// A many-to-many has no member type of its own for its facts: configure() adds it.
struct Label : Base<Label> {
  static constexpr const char* tablename = "label";

  Column<Integer> id = {this, "id", primary_key};
  Column<String> name = {this, "name", unique, not_null};
  Collection<Product> products = {this, "products"};

  static void configure(vitrine::Model& model) {
    vitrine::Relationship products;
    products.name = "products";
    products.target = "Product";
    products.direction = vitrine::Direction::many_to_many;
    products.secondary = "label_of_product";
    products.backref = vitrine::Backref{"labels", {}};
    model.relationships.push_back(products);
  }
};

struct LabelOfProduct : Base<LabelOfProduct> {
  static constexpr const char* tablename = "label_of_product";

  Column<Integer> label_id = {this, "label_id", ForeignKey("label.id"), primary_key};
  Column<Integer> product_id = {this, "product_id", ForeignKey("product.id"), primary_key};

  static void configure(vitrine::Model& model) { model.link_table = true; }
};

int main() {
  vitrine::Registry registry = vitrine::catalog::declare_models();
  declare<Supplier>(registry);
  declare<Offer>(registry);
  declare<Label>(registry);
  declare<LabelOfProduct>(registry);
  registry.resolve();  // says every mistake of the declarations, and where it is
  vitrine::Connection connection = vitrine::Connection::open(":memory:");
  connection.execute(vitrine::create_all_sql(registry));
  vitrine::Session session(connection, registry);

  auto boot = session.make<Product>();
  boot.name = "Hiking boot";
  boot.description = "Waterproof";
  auto mill = session.make<Supplier>();
  mill.name = "Mill";
  mill.terms = R"({"days": 30})";
  auto branch = session.make<Supplier>();
  branch.name = "Mill by the river";
  branch.owner = mill;
  auto offer = session.make<Offer>();
  offer.supplier = branch;
  offer.product = boot;
  offer.price = 19.5;
  auto label = session.make<Label>();
  label.name = "new";
  label.products.append(boot);
  session.add(mill);
  session.add(label);
  session.commit();

  const auto cheap = session.query<Supplier>()
                         .where(relation(&Supplier::offers).any(column(&Offer::price) < 20.0))
                         .load(loading(&Supplier::owner).joined())
                         .one();
  std::cout << cheap.name.value() << " of " << cheap.owner->name.value() << ": "
            << cheap.offer_count.value() << " offer\n";
  session.remove(boot);
  session.commit();
  std::cout << cheap.offer_count.value() << " offers, " << label.products.size() << " labelled\n";
}
