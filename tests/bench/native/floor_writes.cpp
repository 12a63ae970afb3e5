// The writing half of the floor: prepared statements, one transaction per unit of work.
#include <optional>

#include "goods.h"
#include "lanes.h"
#include "sqlite.h"

namespace bench {
namespace {

const char* const kAddCategory = "INSERT INTO category (id, name, description) VALUES (?, ?, ?)";
const char* const kAddUom = "INSERT INTO uom (id, name, symbol) VALUES (?, ?, ?)";
const char* const kAddProduct =
    "INSERT INTO product (id, name, description, category_id) VALUES (?, ?, ?, ?)";
const char* const kAddItem =
    "INSERT INTO product_item (id, product_id, name, description, uom_id) VALUES (?, ?, ?, ?, ?)";

void add_item(Prepared& statement, const Item& item) {
  statement.bind(1, item.id).bind(2, item.product_id).bind(3, item.name);
  statement.bind(4, item.description).bind(5, item.uom_id).run();
}

void create_many(sqlite3* db, const Goods& goods) {
  execute(db, "BEGIN");
  Prepared add_category(db, kAddCategory);
  for (const Category& row : goods.categories) {
    add_category.bind(1, row.id).bind(2, row.name).bind(3, row.description).run();
  }
  Prepared add_uom(db, kAddUom);
  for (const Uom& row : goods.units) {
    add_uom.bind(1, row.id).bind(2, row.name).bind(3, row.symbol).run();
  }
  Prepared add_product(db, kAddProduct);
  for (const Product& row : goods.products) {
    add_product.bind(1, row.id).bind(2, row.name).bind(3, row.description);
    add_product.bind(4, row.category_id).run();
  }
  Prepared add(db, kAddItem);
  for (const Item& row : goods.items) add_item(add, row);
  execute(db, "COMMIT");
}

// Creates products with their category, unless that is there, and their items.
class Creator {
 public:
  explicit Creator(sqlite3* db)
      : db_(db),
        find_category_(db, "SELECT id FROM category WHERE name = ?"),
        find_uom_(db, "SELECT id FROM uom WHERE name = ?"),
        add_category_(db, "INSERT INTO category (name, description) VALUES (?, ?)"),
        add_product_(db, "INSERT INTO product (name, description, category_id) VALUES (?, ?, ?)"),
        add_item_(db,
                  "INSERT INTO product_item (product_id, name, description, uom_id) "
                  "VALUES (?, ?, ?, ?)") {}

  void create(const Nested& nested) {
    execute(db_, "BEGIN");
    const auto found = id_of(find_category_, nested.category);
    if (!found) {
      add_category_.bind(1, nested.category).bind(2, nested.category_description).run();
    }
    const std::int64_t category_id = found ? *found : sqlite3_last_insert_rowid(db_);
    add_product_.bind(1, nested.name).bind(2, nested.description).bind(3, category_id).run();
    const std::int64_t product_id = sqlite3_last_insert_rowid(db_);
    for (const Nested::Part& part : nested.items) {
      add_item_.bind(1, product_id).bind(2, part.name).bind(3, part.description);
      add_item_.bind(4, id_of(find_uom_, part.uom).value()).run();
    }
    execute(db_, "COMMIT");
  }

 private:
  static std::optional<std::int64_t> id_of(Prepared& statement, const std::string& name) {
    statement.bind(1, name);
    std::optional<std::int64_t> id;
    if (statement.step()) id = statement.integer(0);
    statement.reset();
    return id;
  }

  sqlite3* db_;
  Prepared find_category_, find_uom_, add_category_, add_product_, add_item_;
};

// The first products, edited; each writes all of its rows.
void save(sqlite3* db, const Goods& goods, std::int64_t products) {
  Prepared save_product(db,
                        "UPDATE product SET name = ?, description = ?, category_id = ? "
                        "WHERE id = ?");
  Prepared save_item(db,
                     "UPDATE product_item SET product_id = ?, name = ?, description = ?, "
                     "uom_id = ? WHERE id = ?");
  for (std::int64_t i = 0; i < products; ++i) {
    const Product& row = goods.products[i];
    execute(db, "BEGIN");
    save_product.bind(1, row.name).bind(2, row.description).bind(3, row.category_id);
    save_product.bind(4, row.id).run();
    for (int k = 0; k < kItemsPerProduct; ++k) {
      const Item& part = goods.items[i * kItemsPerProduct + k];
      save_item.bind(1, part.product_id).bind(2, part.name).bind(3, part.description);
      save_item.bind(4, part.uom_id).bind(5, part.id).run();
    }
    execute(db, "COMMIT");
  }
}

// As goods.mjs edits a graph: a word more in the product's text and in the second item's.
Goods edited_goods(std::int64_t products) {
  Goods made = goods(products);
  for (std::int64_t i = 0; i < products; ++i) {
    made.products[i].description += ", edited";
    made.items[i * kItemsPerProduct + 1].description += ", edited";
  }
  return made;
}

void cascade(sqlite3* db) {
  Prepared remove(db, "DELETE FROM category WHERE id = ?");
  for (int i = 0; i < kDeleted; ++i) remove.bind(1, i * 2 + 1).run();
}

// Each run has a database of its own, whose rows are checked after the first.
template <class Work>
void write(const Request& request, Report& report, const std::string& name,
           const std::string& image, const Work& work) {
  if (!request.asks_for(name)) return;
  Database db;
  const auto prepare = [&] { db = open_image(image); };
  const auto timed = [&] {
    work(db.get());
    return 0;
  };
  const auto check = [&](auto& sink, int) { put_content(sink, db.get()); };
  report.add(name, repeat(
                       prepare, timed, [](auto&, int) {}, check));
}

}  // namespace

void run_floor_writes(const Request& request, Report& report) {
  const std::int64_t saved = edited(request.products);
  const Goods all = goods(request.products);
  const Goods changed = edited_goods(saved);
  const std::vector<Nested> nested = all_nested();
  const auto create = [&](sqlite3* db) {
    Creator creator(db);
    for (const Nested& one : nested) creator.create(one);
  };
  write(request, report, "createMany", request.empty, [&](sqlite3* db) { create_many(db, all); });
  write(request, report, "nested creates", request.image, create);
  write(request, report, "save graphs", request.image,
        [&](sqlite3* db) { save(db, changed, saved); });
  write(request, report, "cascade delete", request.image, cascade);
}

}  // namespace bench
