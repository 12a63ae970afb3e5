// The lane of Vitrine's model layer in C++: declared classes, queries by pointers to members, one
// session. Between runs the session forgets what it has loaded, so that every run reads it anew.
#include "catalog/models.h"

#include "goods.h"
#include "lanes.h"
#include "orm/session/typed_query.h"

namespace bench {
namespace {

namespace shop = vitrine::catalog;
using vitrine::Session;
using vitrine::declare::column, vitrine::declare::loading;

template <class Sink>
void put_category(Sink& sink, const shop::Category& category) {
  put(sink, "description", category.description.value());
  put(sink, "id", category.id.value());
  put(sink, "name", category.name.value());
}

const auto visit_product = [](auto& sink, const shop::Product& product) {
  sink.object();
  put(sink, "category_id", product.category_id.value());
  put(sink, "description", product.description.value());
  put(sink, "id", product.id.value());
  put(sink, "name", product.name.value());
};

template <class Sink>
void put_item(Sink& sink, const shop::Product_Item& item, bool with_uom) {
  sink.object();
  put(sink, "description", item.description.value());
  put(sink, "id", item.id.value());
  put(sink, "name", item.name.value());
  put(sink, "product_id", item.product_id.value());
  if (with_uom) {
    const shop::UOM uom = item.uom;
    sink.name("uom");
    sink.object();
    put(sink, "id", uom.id.value());
    put(sink, "name", uom.name.value());
    put(sink, "symbol", uom.symbol.value());
  }
  put(sink, "uom_id", item.uom_id.value());
}

template <bool WithUom>
struct VisitWhole {
  template <class Sink>
  void operator()(Sink& sink, const shop::Product& product) const {
    sink.object();
    sink.name("category");
    sink.object();
    put_category(sink, product.category.get());
    put(sink, "category_id", product.category_id.value());
    put(sink, "description", product.description.value());
    put(sink, "id", product.id.value());
    put(sink, "name", product.name.value());
    sink.name("product_items");
    sink.array(product.product_items.size());
    for (const shop::Product_Item& item : product.product_items) put_item(sink, item, WithUom);
  }
};

// Walks a list, each of its members by `visit`.
template <class Visit>
auto list_of(Visit visit) {
  return [visit](auto& sink, const auto& list) {
    sink.array(list.size());
    for (const auto& one : list) visit(sink, one);
  };
}

class Reads {
 public:
  Reads(Session& session, const Request& request, Report& report)
      : session_(session), request_(request), report_(report) {}

  void lists() {
    const auto items = [&] { return session_.query<shop::Product_Item>().all(); };
    const auto visit_item = [](auto& sink, const shop::Product_Item& item) {
      put_item(sink, item, false);
    };
    add("rows of one table", items, list_of(visit_item));
    const auto graph = [&] {
      return session_.query<shop::Product>()
          .load(&shop::Product::category)
          .load(loading(&shop::Product::product_items).load(&shop::Product_Item::uom))
          .all();
    };
    add("whole graph", graph, list_of(VisitWhole<true>()));
    const auto pages = [&] {
      std::vector<std::vector<shop::Product>> found;
      for (int i = 0; i < kPages; ++i) found.push_back(page(page_offset(i, request_.products)));
      return found;
    };
    add("200 pages", pages, list_of(list_of(VisitWhole<false>())));
  }

  void gets() {
    const auto ids = [&] {
      std::vector<shop::Product> found;
      for (int i = 0; i < kGets; ++i) {
        found.push_back(session_.get<shop::Product>(get_id(i, request_.products)));
      }
      return found;
    };
    const auto names = [&] {
      std::vector<shop::Product> found;
      for (int i = 0; i < kGets; ++i) {
        const std::string name = "Product " + std::to_string(get_id(i, request_.products));
        const auto is_named = column(&shop::Product::name) == name;
        found.push_back(session_.query<shop::Product>().where(is_named).one());
      }
      return found;
    };
    add("10,000 get by id", ids, list_of(visit_product));
    add("10,000 get by name", names, list_of(visit_product));
  }

  void groups() {
    const auto last = column(&shop::Product::name).descending();
    const auto tops = [&] {
      return session_.query<shop::Category>()
          .load(loading(&shop::Category::products).order_by(last).limit(3))
          .all();
    };
    const auto visit_top = [](auto& sink, const shop::Category& category) {
      sink.object();
      put_category(sink, category);
      sink.name("products");
      sink.array(category.products.size());
      for (const shop::Product& product : category.products) visit_product(sink, product);
    };
    add("top 3 per category", tops, list_of(visit_top));
    const auto visit_group = [](auto& sink, const std::vector<vitrine::Value>& group) {
      sink.object();
      put(sink, "category_id", *group[0].integer());
      put(sink, "first", *group[2].text());
      put(sink, "last", *group[3].text());
      put(sink, "products", *group[1].integer());
    };
    add(
        "aggregate", [&] { return aggregate(); }, list_of(visit_group));
  }

  void searches() {
    const auto search = [&] {
      std::vector<std::vector<shop::Product>> found;
      for (int i = 0; i < kSearches; ++i) {
        found.push_back(session_.query<shop::Product>()
                            .search(search_word(i) + " " + search_number(i))
                            .order_by(column(&shop::Product::id).ascending())
                            .limit(20)
                            .all());
      }
      return found;
    };
    add("200 searches", search, list_of(list_of(visit_product)));
  }

 private:
  template <class Work, class Visit>
  void add(const std::string& name, const Work& work, const Visit& visit) {
    if (!request_.asks_for(name)) return;
    report_.add(name, repeat([&] { session_.clear(); }, work, visit, visit));
  }

  std::vector<shop::Product> page(std::int64_t offset) {
    return session_.query<shop::Product>()
        .load(&shop::Product::category)
        .load(&shop::Product::product_items)
        .limit(kPageRows)
        .offset(offset)
        .all();
  }

  Session::Rows aggregate() {
    vitrine::Aggregate request;
    request.model = &session_.registry().model("product");
    request.group_by = {vitrine::Path::parse("category_id")};
    request.terms = {{vitrine::Function::count, {}},
                     {vitrine::Function::min, vitrine::Path::parse("name")},
                     {vitrine::Function::max, vitrine::Path::parse("name")}};
    return session_.aggregate(request);
  }

  Session& session_;
  const Request& request_;
  Report& report_;
};

void measure_start(const Request& request, Report& report) {
  Timing timing;
  const double start_ms = now_ms();
  const vitrine::Registry registry = shop::make_registry();
  vitrine::Connection connection = vitrine::Connection::deserialize(request.image);
  Session session(connection, registry);
  const shop::Product first = session.get<shop::Product>(1);
  Sum sum;
  visit_product(sum, first);
  timing.times_ms.push_back(now_ms() - start_ms);
  Hash hash;
  visit_product(hash, first);
  timing.checksum = hash.value();
  report.add("cold start", timing);
  const auto graph =
      session.query<shop::Product>()
          .load(&shop::Product::category)
          .load(loading(&shop::Product::product_items).load(&shop::Product_Item::uom))
          .all();
  report.add_memory(graph.size());
}

}  // namespace

void run_model(const Request& request, Report& report) {
  if (request.mode == "start") return measure_start(request, report);
  const vitrine::Registry registry = shop::make_registry();
  vitrine::Connection connection = vitrine::Connection::deserialize(request.image);
  Session session(connection, registry);
  Reads reads(session, request, report);
  reads.lists();
  reads.gets();
  reads.groups();
  reads.searches();
  run_model_writes(request, report);
}

}  // namespace bench
