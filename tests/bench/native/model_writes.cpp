// The writing half of the model layer's lane: objects are made, changed and removed, and each unit
// of work is committed.
#include <optional>

#include "catalog/models.h"
#include "goods.h"
#include "lanes.h"
#include "orm/session/typed_query.h"
#include "sqlite.h"

namespace bench {
namespace {

namespace shop = vitrine::catalog;
using vitrine::Assignment;
using vitrine::Session;
using vitrine::declare::column, vitrine::declare::loading;

using Rows = std::vector<std::vector<Assignment>>;

// The goods as the session's bulk insert takes them, made before anything is measured.
struct BulkRows {
  Rows categories, units, products, items;
};

BulkRows bulk_rows(std::int64_t products) {
  BulkRows made;
  const Goods all = goods(products);
  for (const Category& row : all.categories) {
    made.categories.push_back(
        {{"id", row.id}, {"name", row.name}, {"description", row.description}});
  }
  for (const Uom& row : all.units) {
    made.units.push_back({{"id", row.id}, {"name", row.name}, {"symbol", row.symbol}});
  }
  for (const Product& row : all.products) {
    made.products.push_back({{"id", row.id},
                             {"name", row.name},
                             {"description", row.description},
                             {"category_id", row.category_id}});
  }
  for (const Item& row : all.items) {
    made.items.push_back({{"id", row.id},
                          {"product_id", row.product_id},
                          {"name", row.name},
                          {"description", row.description},
                          {"uom_id", row.uom_id}});
  }
  return made;
}

void create_many(Session& session, const BulkRows& rows) {
  const vitrine::Registry& registry = session.registry();
  session.bulk_insert(registry.model("category"), rows.categories);
  session.bulk_insert(registry.model("uom"), rows.units);
  session.bulk_insert(registry.model("product"), rows.products);
  session.bulk_insert(registry.model("product_item"), rows.items);
  session.commit();
}

template <class T>
std::optional<T> named(Session& session, const std::string& name) {
  return session.query<T>().where(column(&T::name) == name).first();
}

void create(Session& session, const Nested& nested) {
  auto product = session.make<shop::Product>();
  product.name = nested.name;
  product.description = nested.description;
  if (const auto found = named<shop::Category>(session, nested.category)) {
    product.category = *found;
  } else {
    auto category = session.make<shop::Category>();
    category.name = nested.category;
    category.description = nested.category_description;
    product.category = category;
  }
  for (const Nested::Part& part : nested.items) {
    auto item = session.make<shop::Product_Item>();
    item.name = part.name;
    item.description = part.description;
    item.uom = *named<shop::UOM>(session, part.uom);
    product.product_items.append(item);
  }
  session.add(product);
  session.commit();
}

std::vector<shop::Product> load_graphs(Session& session, std::int64_t products) {
  return session.query<shop::Product>()
      .load(&shop::Product::category)
      .load(&shop::Product::product_items)
      .limit(products)
      .all();
}

// An edit and a commit for each product.
void save(Session& session, std::vector<shop::Product>& graphs) {
  for (shop::Product& product : graphs) {
    product.description = product.description.value() + ", edited";
    shop::Product_Item second = product.product_items[1];
    second.description = second.description.value() + ", edited";
    session.commit();
  }
}

void cascade(Session& session) {
  for (int i = 0; i < kDeleted; ++i) {
    session.remove(session.get<shop::Category>(static_cast<std::int64_t>(i * 2 + 1)));
    session.commit();
  }
}

// A database and a session for one run.
struct Own {
  Own(const std::string& image, const vitrine::Registry& registry)
      : connection(vitrine::Connection::deserialize(image)),
        session(connection, registry, {.expire_on_commit = false}) {}
  vitrine::Connection connection;
  Session session;
  std::vector<shop::Product> graphs;
};

class Writes {
 public:
  Writes(const Request& request, Report& report) : request_(request), report_(report) {}

  template <class Prepare, class Work>
  void add(const std::string& name, const std::string& image, const Prepare& prepare,
           const Work& work) {
    if (!request_.asks_for(name)) return;
    std::optional<Own> own;
    const auto fresh = [&] {
      own.emplace(image, registry_);
      prepare(*own);
    };
    const auto timed = [&] {
      work(*own);
      return 0;
    };
    const auto check = [&](auto& sink, int) { put_content(sink, own->connection.handle()); };
    report_.add(name, repeat(
                          fresh, timed, [](auto&, int) {}, check));
  }

 private:
  const Request& request_;
  Report& report_;
  const vitrine::Registry registry_ = shop::make_registry();
};

}  // namespace

void run_model_writes(const Request& request, Report& report) {
  Writes writes(request, report);
  const auto nothing = [](Own&) {};
  const BulkRows rows = bulk_rows(request.products);
  const std::vector<Nested> nested = all_nested();
  writes.add("createMany", request.empty, nothing,
             [&](Own& own) { create_many(own.session, rows); });
  writes.add("nested creates", request.image, nothing, [&](Own& own) {
    for (const Nested& one : nested) create(own.session, one);
  });
  const auto load = [&](Own& own) {
    own.graphs = load_graphs(own.session, edited(request.products));
  };
  writes.add("save graphs", request.image, load, [](Own& own) { save(own.session, own.graphs); });
  writes.add("cascade delete", request.image, nothing, [](Own& own) { cascade(own.session); });
}

}  // namespace bench
