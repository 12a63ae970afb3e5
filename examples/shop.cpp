// A small shop in C++: models as in catalog/models.h, one session, a query, and a delete that takes
// what belongs to the deleted. Prints what it does.
#include <iostream>

#include "catalog/models.h"
#include "orm/query/ddl.h"
#include "orm/session/typed_query.h"

using namespace vitrine::catalog;
using vitrine::declare::column, vitrine::declare::relation;

int main() {
  const vitrine::Registry registry = make_registry();
  vitrine::Connection connection = vitrine::Connection::open(":memory:");
  connection.execute(vitrine::create_all_sql(registry));
  vitrine::Session session(connection, registry);

  auto boots = session.make<Category>();
  boots.name = "Boots";
  boots.description = "For feet";
  auto pair = session.make<UOM>();
  pair.name = "pair";

  auto boot = session.make<Product>();
  boot.name = "Hiking boot";
  boot.description = "Waterproof";
  boot.category = boots;
  for (const char* size : {"41", "42"}) {
    auto item = session.make<Product_Item>();
    item.name = "Hiking boot " + std::string(size);
    item.description = "EU " + std::string(size);
    item.product = boot;
    item.uom = pair;
  }
  session.add(boots);
  session.commit();

  for (auto& product : boots.products) {
    std::cout << product.name.value() << " in " << product.category->name.value() << ", "
              << product.product_items.size() << " items\n";
  }
  const auto found = session.query<Product_Item>()
                         .where(column(&Product_Item::name).like("%42"))
                         .where(relation(&Product_Item::uom).has(column(&UOM::name) == "pair"))
                         .load(&Product_Item::product)
                         .all();
  std::cout << "Found " << found.front().name.value() << "\n";

  session.remove(boots);
  session.commit();
  std::cout << session.query<Product_Item>().count() << " items are left\n";
}
