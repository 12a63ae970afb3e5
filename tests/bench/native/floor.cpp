// The floor: SQLite's C interface by hand, rows copied into structs. Nothing that asks SQLite the
// same can be much faster.
#include <map>

#include "goods.h"
#include "lanes.h"
#include "sqlite.h"

namespace bench {
namespace {

const char* const kProducts = "SELECT id, name, description, category_id FROM product";
const char* const kItems = "SELECT id, product_id, name, description, uom_id FROM product_item";
const char* const kCategories = "SELECT id, name, description FROM category";
const char* const kTop =
    "SELECT id, name, description, category_id FROM (SELECT *, row_number() OVER (PARTITION BY "
    "category_id ORDER BY name DESC) AS place FROM product) WHERE place <= 3 "
    "ORDER BY category_id, name DESC";
const char* const kIndex =
    "CREATE VIRTUAL TABLE temp.words USING fts5(name, description, item_names, item_descriptions, "
    "content = '', prefix = '2 3');"
    "INSERT INTO temp.words (rowid, name, description, item_names, item_descriptions) "
    "SELECT id, name, description, "
    "(SELECT group_concat(name, ' ') FROM product_item WHERE product_id = product.id), "
    "(SELECT group_concat(description, ' ') FROM product_item WHERE product_id = product.id) "
    "FROM product";
const char* const kGroups =
    "SELECT category_id, count(*), min(name), max(name) FROM product GROUP BY category_id "
    "ORDER BY category_id";

Product read_product(Prepared& row) {
  return {row.integer(0), std::string(row.text(1)), std::string(row.text(2)), row.integer(3)};
}
Item read_item(Prepared& row) {
  return {row.integer(0), row.integer(1), std::string(row.text(2)), std::string(row.text(3)),
          row.integer(4)};
}

template <class Row, class Read>
std::vector<Row> all(Prepared& statement, const Read& read) {
  std::vector<Row> rows;
  while (statement.step()) rows.push_back(read(statement));
  statement.reset();
  return rows;
}

// A product with what belongs to it; the categories and units are shared.
struct Whole {
  Product product;
  const Category* category = nullptr;
  struct Part {
    Item item;
    const Uom* uom = nullptr;
  };
  std::vector<Part> items;
};
struct Graph {
  std::map<std::int64_t, Category> categories;
  std::map<std::int64_t, Uom> units;
  std::vector<Whole> products;
};

// Products and items come in the order of their ids, so that each item's owner is found by walking
// along.
void attach(Graph& graph, Prepared& products, Prepared& items) {
  while (products.step()) {
    Whole& whole = graph.products.emplace_back();
    whole.product = read_product(products);
    whole.category = &graph.categories.at(whole.product.category_id);
  }
  std::size_t owner = 0;
  while (items.step()) {
    Item item = read_item(items);
    while (graph.products[owner].product.id != item.product_id) ++owner;
    const Uom* unit = graph.units.empty() ? nullptr : &graph.units.at(item.uom_id);
    graph.products[owner].items.push_back({std::move(item), unit});
  }
}

void read_categories(Graph& graph, Prepared& rows) {
  while (rows.step()) {
    Category category{rows.integer(0), std::string(rows.text(1)), std::string(rows.text(2))};
    graph.categories.emplace(category.id, std::move(category));
  }
}

Graph whole_graph(sqlite3* db) {
  Graph graph;
  Prepared categories(db, kCategories);
  read_categories(graph, categories);
  Prepared units(db, "SELECT id, name, symbol FROM uom");
  while (units.step()) {
    Uom unit{units.integer(0), std::string(units.text(1)), std::string(units.text(2))};
    graph.units.emplace(unit.id, std::move(unit));
  }
  Prepared products(db, std::string(kProducts) + " ORDER BY id");
  Prepared items(db, std::string(kItems) + " ORDER BY product_id, id");
  attach(graph, products, items);
  return graph;
}

// One page; its products and items are found by the range that the page turns out to have.
class Pages {
 public:
  explicit Pages(sqlite3* db)
      : categories_(db, std::string(kCategories) +
                            " WHERE id IN (SELECT category_id FROM product "
                            "ORDER BY id LIMIT ?1 OFFSET ?2)"),
        products_(db, std::string(kProducts) + " ORDER BY id LIMIT ?1 OFFSET ?2"),
        items_(db, std::string(kItems) +
                       " WHERE product_id IN (SELECT id FROM product ORDER BY id "
                       "LIMIT ?1 OFFSET ?2) ORDER BY product_id, id") {}

  Graph read(std::int64_t offset) {
    Graph graph;
    for (Prepared* statement : {&categories_, &products_, &items_}) {
      statement->bind(1, kPageRows).bind(2, offset);
    }
    read_categories(graph, categories_);
    attach(graph, products_, items_);
    for (Prepared* statement : {&categories_, &products_, &items_}) statement->reset();
    return graph;
  }

 private:
  Prepared categories_, products_, items_;
};

template <class Sink>
void put_category(Sink& sink, const Category& category) {
  put(sink, "description", category.description);
  put(sink, "id", category.id);
  put(sink, "name", category.name);
}

const auto visit_product = [](auto& sink, const Product& product) {
  sink.object();
  put(sink, "category_id", product.category_id);
  put(sink, "description", product.description);
  put(sink, "id", product.id);
  put(sink, "name", product.name);
};

const auto visit_products = [](auto& sink, const std::vector<Product>& products) {
  sink.array(products.size());
  for (const Product& product : products) visit_product(sink, product);
};

template <class Sink>
void put_item(Sink& sink, const Whole::Part& part) {
  sink.object();
  put(sink, "description", part.item.description);
  put(sink, "id", part.item.id);
  put(sink, "name", part.item.name);
  put(sink, "product_id", part.item.product_id);
  if (part.uom) {
    sink.name("uom");
    sink.object();
    put(sink, "id", part.uom->id);
    put(sink, "name", part.uom->name);
    put(sink, "symbol", part.uom->symbol);
  }
  put(sink, "uom_id", part.item.uom_id);
}

const auto visit_graph = [](auto& sink, const Graph& graph) {
  sink.array(graph.products.size());
  for (const Whole& whole : graph.products) {
    sink.object();
    sink.name("category");
    sink.object();
    put_category(sink, *whole.category);
    put(sink, "category_id", whole.product.category_id);
    put(sink, "description", whole.product.description);
    put(sink, "id", whole.product.id);
    put(sink, "name", whole.product.name);
    sink.name("product_items");
    sink.array(whole.items.size());
    for (const Whole::Part& part : whole.items) put_item(sink, part);
  }
};

const auto visit_list = [](const auto& visit) {
  return [&visit](auto& sink, const auto& list) {
    sink.array(list.size());
    for (const auto& one : list) visit(sink, one);
  };
};

const auto nothing = [] {};

template <class Work, class Visit>
void read(const Request& request, Report& report, const std::string& name, const Work& work,
          const Visit& visit) {
  if (request.asks_for(name)) report.add(name, repeat(nothing, work, visit, visit));
}

void read_lists(sqlite3* db, const Request& request, Report& report) {
  const auto visit_items = [](auto& sink, const std::vector<Item>& items) {
    sink.array(items.size());
    for (const Item& item : items) put_item(sink, {item, nullptr});
  };
  const auto items = [&] {
    Prepared rows(db, std::string(kItems) + " ORDER BY id");
    return all<Item>(rows, read_item);
  };
  read(request, report, "rows of one table", items, visit_items);
  read(
      request, report, "whole graph", [&] { return whole_graph(db); }, visit_graph);
  Pages page(db);
  const auto pages = [&] {
    std::vector<Graph> list;
    for (int i = 0; i < kPages; ++i) list.push_back(page.read(page_offset(i, request.products)));
    return list;
  };
  read(request, report, "200 pages", pages, visit_list(visit_graph));
}

void read_gets(sqlite3* db, const Request& request, Report& report) {
  Prepared by_id(db, std::string(kProducts) + " WHERE id = ?1");
  Prepared by_name(db, std::string(kProducts) + " WHERE name = ?1");
  const auto one = [](Prepared& statement) {
    if (!statement.step()) throw std::runtime_error("a product is missing");
    Product product = read_product(statement);
    statement.reset();
    return product;
  };
  const auto ids = [&] {
    std::vector<Product> list;
    for (int i = 0; i < kGets; ++i) {
      list.push_back(one(by_id.bind(1, get_id(i, request.products))));
    }
    return list;
  };
  const auto names = [&] {
    std::vector<Product> list;
    for (int i = 0; i < kGets; ++i) {
      const std::string name = "Product " + std::to_string(get_id(i, request.products));
      list.push_back(one(by_name.bind(1, name)));
    }
    return list;
  };
  read(request, report, "10,000 get by id", ids, visit_products);
  read(request, report, "10,000 get by name", names, visit_products);
}

void read_search(sqlite3* db, const Request& request, Report& report) {
  if (!request.asks_for("200 searches")) return;
  execute(db, kIndex);
  Prepared search(db, std::string(kProducts) +
                          " WHERE id IN (SELECT rowid FROM temp.words WHERE "
                          "words MATCH ?1) ORDER BY id LIMIT 20");
  const auto searches = [&] {
    std::vector<std::vector<Product>> list;
    for (int i = 0; i < kSearches; ++i) {
      const std::string words = '"' + search_word(i) + "\"* \"" + search_number(i) + "\"*";
      list.push_back(all<Product>(search.bind(1, words), read_product));
    }
    return list;
  };
  read(request, report, "200 searches", searches, visit_list(visit_products));
}

struct Top {
  Category category;
  std::vector<Product> products;
};
struct Group {
  std::int64_t category_id, products;
  std::string first, last;
};

void read_groups(sqlite3* db, const Request& request, Report& report) {
  const auto tops = [&] {
    std::vector<Top> list;
    Prepared categories(db, std::string(kCategories) + " ORDER BY id");
    while (categories.step()) {
      list.push_back({{categories.integer(0), std::string(categories.text(1)),
                       std::string(categories.text(2))},
                      {}});
    }
    Prepared rows(db, kTop);
    std::size_t at = 0;
    while (rows.step()) {
      Product product = read_product(rows);
      while (list[at].category.id != product.category_id) ++at;
      list[at].products.push_back(std::move(product));
    }
    return list;
  };
  const auto visit_top = [](auto& sink, const Top& top) {
    sink.object();
    put_category(sink, top.category);
    sink.name("products");
    visit_products(sink, top.products);
  };
  read(request, report, "top 3 per category", tops, visit_list(visit_top));
  const auto groups = [&] {
    Prepared rows(db, kGroups);
    return all<Group>(rows, [](Prepared& row) {
      return Group{row.integer(0), row.integer(1), std::string(row.text(2)),
                   std::string(row.text(3))};
    });
  };
  const auto visit_group = [](auto& sink, const Group& group) {
    sink.object();
    put(sink, "category_id", group.category_id);
    put(sink, "first", group.first);
    put(sink, "last", group.last);
    put(sink, "products", group.products);
  };
  read(request, report, "aggregate", groups, visit_list(visit_group));
}

void measure_start(const Request& request, Report& report) {
  Database db;
  Timing timing;
  const double start_ms = now_ms();
  db = open_image(request.image);
  Prepared first(db.get(), std::string(kProducts) + " WHERE id = 1");
  first.step();
  const Product product = read_product(first);
  timing.times_ms.push_back(now_ms() - start_ms);
  Hash hash;
  visit_product(hash, product);
  timing.checksum = hash.value();
  report.add("cold start", timing);
  const Graph graph = whole_graph(db.get());
  report.add_memory(graph.products.size());
}

}  // namespace

void run_floor(const Request& request, Report& report) {
  if (request.mode == "start") return measure_start(request, report);
  const Database db = open_image(request.image);
  read_lists(db.get(), request, report);
  read_gets(db.get(), request, report);
  read_groups(db.get(), request, report);
  read_search(db.get(), request, report);
  run_floor_writes(request, report);
}

}  // namespace bench
