// Requests from JSON: what each shape means, and how mistakes are told.
#include "orm/query/request_json.h"

#include <doctest/doctest.h>

#include "query/ask.h"
#include "query/stock.h"

namespace vitrine::query_request_json_test {

using namespace vitrine::testing;

namespace {

struct Stock : StockDatabase {
  Select read(std::string_view model, const std::string& request) {
    return read_select(registry, registry.model(model), Json::parse(request));
  }
  // The ids of the objects that a request means.
  Names ids(std::string_view model, const std::string& request) {
    Select select = read(model, request);
    select.columns = {"id"};
    Names found;
    for (const std::string& line : lines(connection, compile(registry, select).root.sql)) {
      found.push_back(line.substr(0, line.find('|')));
    }
    return found;
  }
  Names having(std::string_view model, const std::string& filter) {
    return ids(model, "{\"where\": " + filter + "}");
  }
  Failure refused(std::string_view model, const std::string& request) {
    return failure_of([&] { read(model, request); });
  }
  // "path: message".
  std::string refusal(std::string_view model, const std::string& filter) {
    return refused(model, "{\"where\": " + filter + "}").message;
  }
  Value value(std::string_view column, const std::string& json) {
    const Model& product = registry.model("Product");
    return read_value(product, product.columns[product.column_index(column)], Json::parse(json),
                      "data." + std::string(column));
  }
};

}  // namespace

TEST_CASE_FIXTURE(Stock, "an empty request is every object") {
  CHECK(ids("Product", "{}") == Names{"1", "2", "3", "4"});
  CHECK(having("Product", "{}").size() == 4);
}

TEST_CASE_FIXTURE(Stock, "a value means equality, null means IS NULL, an object compares") {
  CHECK(having("Product", R"({"name": "Cola"})") == Names{"1"});
  CHECK(having("Product", R"({"category_id": null})") == Names{"4"});
  CHECK(having("Product", R"({"in_stock": true})") == Names{"1", "3"});
  CHECK(having("Product", R"({"price": {"gt": 1.5, "lte": 3}})") == Names{"2", "3"});
  CHECK(having("Product", R"({"price": {"gte": 3}})") == Names{"2"});
  CHECK(having("Product", R"({"price": {"lt": 2}})") == Names{"1"});
  CHECK(having("Product", R"({"id": {"in": [1, 4]}})") == Names{"1", "4"});
  CHECK(having("Product", R"({"id": {"notIn": [1, 4]}})") == Names{"2", "3"});
  CHECK(having("Product", R"({"id": {"between": [2, 3]}})") == Names{"2", "3"});
  CHECK(having("Product", R"({"category_id": {"ne": null}})") == Names{"1", "2", "3"});
  CHECK(having("Product", R"({"category_id": {"eq": 2}})") == Names{"3"});
}

TEST_CASE_FIXTURE(Stock, "text is compared by patterns and by parts") {
  CHECK(having("Product", R"({"name": {"like": "c%"}})") == Names{"1", "3"});
  CHECK(having("Product", R"({"name": {"notLike": "c%"}})") == Names{"2", "4"});
  CHECK(having("Product", R"({"name": {"startsWith": "Ch"}})") == Names{"3"});
  CHECK(having("Product", R"({"name": {"endsWith": "e"}})") == Names{"2", "4"});
  CHECK(having("Product", R"({"name": {"contains": "oo"}})") == Names{"4"});
  CHECK(having("Product", R"({"name": {"likeFolded": "CÔLÁ"}})") == Names{"1"});
}

TEST_CASE_FIXTURE(Stock, "a NUL, at which SQLite would end a pattern, is refused in each of them") {
  for (const char* op : {"like", "notLike", "likeFolded", "startsWith", "endsWith", "contains",
                         "startsWithFolded", "endsWithFolded", "containsFolded"}) {
    const std::string name(op);
    const std::string request = R"({"where": {"name": {")" + name + R"(": "\u0000"}}})";
    CHECK(failure_of([&] { ids("Product", request); }).path == "where.name." + name);
  }
  CHECK(having("Product", R"({"name": {"ne": "\u0000"}})").size() == 4);
}

TEST_CASE_FIXTURE(Stock, "times are compared in UTC") {
  CHECK(having("Product", R"({"added": {"gte": "2026-02-01"}})") == Names{"3"});
  CHECK(having("Product", R"({"added": "2026-01-01T01:00:00+01:00"})") == Names{"1"});
}

TEST_CASE_FIXTURE(Stock, "relations are filtered by objects") {
  CHECK(having("Product", R"({"category": {"name": "Drinks"}})") == Names{"1", "2"});
  CHECK(having("Product", R"({"category": {}})") == Names{"1", "2", "3"});
  CHECK(having("Product", R"({"category": null})") == Names{"4"});
  CHECK(having("Product", R"({"items": {"some": {"name": {"endsWith": "pack"}}}})") == Names{"1"});
  CHECK(having("Product", R"({"items": {"none": {}}})") == Names{"4"});
  CHECK(having("Product", R"({"tags": {"every": {"name": "cold"}, "some": {}}})") == Names{"2"});
  CHECK(having("Item", R"({"product": {"category": {"name": "Snacks"}}})") == Names{"4"});
}

TEST_CASE_FIXTURE(Stock, "AND, OR and NOT take one filter or several") {
  CHECK(having("Product", R"({"OR": [{"name": "Cola"}, {"category": null}]})") == Names{"1", "4"});
  CHECK(having("Product", R"({"AND": [{"in_stock": true}, {"price": {"gt": 1.5}}]})") ==
        Names{"3"});
  CHECK(having("Product", R"({"NOT": {"in_stock": true}})") == Names{"2", "4"});
  CHECK(having("Product", R"({"NOT": [{"name": "Cola"}, {"name": "Loose"}]})") == Names{"2", "3"});
  CHECK(having("Product", R"({"NOT": {"category": {"name": "Drinks"}}})") == Names{"3", "4"});
  CHECK(having("Product", R"({"NOT": {"category": null}})") == Names{"1", "2", "3"});
  CHECK(having("Product", R"({"NOT": {"category_id": 1}})") == Names{"3"});
  CHECK(having("Product", R"({"NOT": {"category_id": null}})") == Names{"1", "2", "3"});
  CHECK(having("Product", R"({"OR": []})").empty());
  CHECK(having("Product", R"({"AND": []})").size() == 4);
}

TEST_CASE_FIXTURE(Stock, "orders keep the objects without a related one") {
  CHECK(ids("Product", R"({"orderBy": [{"category": {"name": "desc"}}, {"name": "asc"}]})") ==
        Names{"3", "1", "2", "4"});
  CHECK(ids("Product", R"({"orderBy": {"price": "desc", "id": "asc"}})") ==
        Names{"2", "3", "1", "4"});
}

TEST_CASE_FIXTURE(Stock, "pages are by limit and offset, or after a row") {
  CHECK(ids("Product", R"({"limit": 2, "offset": 1})") == Names{"2", "3"});
  CHECK(ids("Product", R"({"limit": 0})").empty());
  CHECK(ids("Product", R"({"after": {"id": 2, "name": "Juice"}})") == Names{"3", "4"});
  CHECK(ids("Product", R"({"orderBy": [{"price": "asc"}], "after": {"price": null, "id": 4}})") ==
        Names{"1", "3", "2"});
  CHECK(
      ids("Product",
          R"({"orderBy": {"category": {"name": "asc"}}, "after": {"category": null, "id": 4}})") ==
      Names{"1", "2", "3"});
  CHECK(ids("Product", R"({"orderBy": {"name": "asc"}, "after": ["Cola", 1]})") == Names{"2", "4"});
}

TEST_CASE_FIXTURE(Stock, "select and include shape the rows") {
  const Select select = read("Product", R"({
    "select": ["name"],
    "include": {
      "category": {"select": ["name"]},
      "items": {"where": {"name": {"like": "C%"}}, "orderBy": {"name": "desc"}, "limit": 1},
      "tags": true, "pictures": false, "_count": {"items": true, "tags": false}
    }})");
  CHECK(select.columns == Names{"name"});
  CHECK(select.counts == Names{"items"});
  REQUIRE(select.includes.size() == 3);
  CHECK(select.includes[0].select.columns == Names{"name"});
  CHECK(select.includes[1].select.limit == 1);
  CHECK(select.includes[1].select.order_by.front().descending);
  CHECK(select.includes[2].relation == "tags");
  CHECK(read("Product", R"({"include": {"_count": true}})").counts ==
        Names{"tags", "items", "pictures"});
}

TEST_CASE_FIXTURE(Stock, "search is text; blank text is none") {
  CHECK(read("Product", R"({"search": "wat"})").search == "wat");
  for (const char* blank : {"", "  ", "\\u0000", "\\u000b\\f", "\\u00a0\\u3000"}) {
    CAPTURE(blank);
    CHECK(read("Product", "{\"search\": \"" + std::string(blank) + "\"}").search.empty());
  }
  CHECK(refused("Product", R"({"search": 1})").path == "search");
}

TEST_CASE_FIXTURE(Stock, "a mistake in a filter is told with its path and what would be right") {
  CHECK(refusal("Product", R"({"category": {"nme": 1}})") ==
        "where.category.nme: Category has no column or relation \"nme\". Did you mean \"name\"?");
  CHECK(refusal("Product", R"({"price": {"gtt": 1}})") ==
        "where.price.gtt: There is no option \"gtt\". Did you mean \"gt\"?");
  CHECK(refusal("Product", R"({"id": "1"})") ==
        "where.id: Product.id takes a whole number, not the text \"1\".");
  CHECK(refusal("Product", R"({"name": ["a"]})") ==
        "where.name: For any of several values, say { in: [...] }.");
  CHECK(refusal("Product", R"({"OR": [{}, {"in_stock": 1}]})") ==
        "where.OR[1].in_stock: Product.in_stock takes true or false, not the number 1.");
  CHECK(refusal("Product", R"({"id": {"in": [1, null]}})").rfind("where.id.in[1]: Nothing", 0) ==
        0);
  CHECK(refusal("Product", R"({"items": {"name": "x"}})") ==
        "where.items.name: There is no option \"name\". There is some, every, none.");
  CHECK(refusal("Product", "7") ==
        "where: Expected a filter, an object of columns and relations, not the number 7.");
}

TEST_CASE_FIXTURE(Stock, "filters that cannot be meant are refused") {
  for (const char* filter :
       {R"({"price": {"lt": null}})", R"({"price": {}})", R"({"id": {"between": [1]}})",
        R"({"id": {"in": 1}})", R"({"price": {"like": "1%"}})", R"({"name": {"like": 1}})",
        R"({"added": "yesterday"})", R"({"items": null})", R"({"items": {}})",
        R"({"category": true})", R"({"AND": 1})", R"({"__proto__": 1})"}) {
    CAPTURE(filter);
    CHECK(refused("Product", "{\"where\": " + std::string(filter) + "}").code == Code::validation);
  }
}

TEST_CASE_FIXTURE(Stock, "options that cannot be meant are refused, each at its path") {
  const auto path = [&](const char* request) {
    const Failure failure = refused("Product", request);
    CHECK(failure.code == Code::validation);
    return failure.path;
  };
  CHECK(path(R"({"limits": 1})") == "limits");
  CHECK(path(R"({"limit": -1})") == "limit");
  CHECK(path(R"({"limit": 1.5})") == "limit");
  CHECK(path(R"({"offset": "1"})") == "offset");
  CHECK(path(R"({"limit": 1e300})") == "limit");
  CHECK(path(R"({"select": []})") == "select");
  CHECK(path(R"({"select": ["nam"]})") == "select[0]");
  CHECK(path(R"({"select": "name"})") == "select");
  CHECK(path(R"({"orderBy": [{"name": "up"}]})") == "orderBy[0].name");
  CHECK(path(R"({"orderBy": [{"category": "asc"}]})") == "orderBy[0].category");
  CHECK(path(R"({"orderBy": [{"category": {"id": "ascFolded"}}]})") == "orderBy[0].category.id");
  CHECK(path(R"({"orderBy": [{}]})") == "orderBy[0]");
  CHECK(path(R"({"include": {"itemz": true}})") == "include.itemz");
  CHECK(path(R"({"include": {"items": {"limitt": 1}}})") == "include.items.limitt");
  CHECK(path(R"({"include": {"items": {"where": {"x": 1}}}})") == "include.items.where.x");
  CHECK(path(R"({"include": {"category": {"limit": 1}}})") == "include.category.limit");
  CHECK(path(R"({"include": {"_count": {"category": true}}})") == "include._count.category");
  CHECK(path(R"({"after": {"name": "x"}})") == "after.id");
  CHECK(path(R"({"after": [1, 2]})") == "after");
  CHECK(path(R"({"distinct": true})") == "distinct");
  CHECK(refused("Product", "[]").code == Code::validation);
}

TEST_CASE_FIXTURE(Stock, "filters, orders and includes nest sixteen deep and no deeper") {
  const auto nested = [](const std::string& open, const std::string& inner, int levels) {
    std::string text = inner;
    for (int i = 0; i < levels; ++i) text = open + text + "}";
    return text;
  };
  CHECK(having("Node", nested(R"({"parent": )", "{}", 16)).empty());
  CHECK(refused("Node", "{\"where\": " + nested(R"({"parent": )", "{}", 17) + "}").reason ==
        "invalid_request");
  CHECK(refused("Node", "{\"where\": " + nested(R"({"NOT": )", "{}", 500) + "}").reason ==
        "invalid_request");
  const auto order = [&](int levels) {
    return "{\"orderBy\": " + nested(R"({"parent": )", R"({"id": "asc"})", levels) + "}";
  };
  CHECK(ids("Node", order(15)).size() == ids("Node", "{}").size());
  CHECK(refused("Node", order(16)).reason == "invalid_request");
  CHECK(refused("Node", order(500)).reason == "invalid_request");
  CHECK(refused("Node", nested(R"({"include": {"parent": )", "{}", 40) + std::string(40, '}'))
            .reason == "invalid_request");
}

TEST_CASE_FIXTURE(Stock, "values are read by the type of their column") {
  CHECK(value("id", "7") == Value(7));
  CHECK(value("id", "7.0") == Value(7));
  CHECK(value("id", "null").is_null());
  CHECK(value("id", R"({"$int": "-9223372036854775808"})") == Value(INT64_MIN));
  CHECK(value("id", R"({"$int": "9223372036854775807"})") == Value(INT64_MAX));
  CHECK(value("price", "2") == Value(2.0));
  CHECK(value("in_stock", "false") == Value(0));
  CHECK(value("name", "\"\"") == Value(""));
  CHECK(value("added", "\"2026-11-22\"") == Value("2026-11-22T00:00:00.000Z"));
  const Model& picture = registry.model("Picture");
  CHECK(read_value(picture, picture.columns[3], Json::parse(R"({"$bytes": "AP8="})"), "data") ==
        Value(Bytes{std::string("\0\xff", 2)}));
}

TEST_CASE_FIXTURE(Stock, "a number that JavaScript or SQLite would change is out of range") {
  for (const char* number :
       {"9007199254740992", "-9007199254740992", "1e300", "18446744073709551615",
        R"({"$int": "9223372036854775808"})", R"({"$int": "-9223372036854775809"})",
        R"({"$int": "1e3"})", R"({"$int": ""})"}) {
    CAPTURE(number);
    const Failure failure = failure_of([&] { value("id", number); });
    CHECK(failure.code == Code::range);
    CHECK(failure.fields == Names{"id"});
    CHECK(failure.path == "data.id");
  }
  CHECK(value("id", "9007199254740991") == Value(std::int64_t{9'007'199'254'740'991}));
}

TEST_CASE_FIXTURE(Stock, "values of another type are refused") {
  const auto refused_value = [&](const char* column, const char* json) {
    return failure_of([&] { value(column, json); }).reason == "invalid_value";
  };
  CHECK(refused_value("id", "1.5"));
  CHECK(refused_value("id", "true"));
  CHECK(refused_value("name", "1"));
  CHECK(refused_value("price", "\"1\""));
  CHECK(refused_value("in_stock", "1"));
  CHECK(refused_value("added", "0"));
}

TEST_CASE_FIXTURE(Stock, "text that is to be stored fits its column; a filter may be longer") {
  const Model& category = registry.model("Category");
  const Json twenty = "12345678901234567äöü";
  const Json longer = "12345678901234567äöü!";
  CHECK(read_value(category, category.columns[1], twenty, "data.name").text() != nullptr);
  const Failure failure =
      failure_of([&] { read_value(category, category.columns[1], longer, "data.name"); });
  CHECK(failure.message ==
        "data.name: Category.name holds at most 20 characters, and this text has 21; shorten it.");
  CHECK(having("Category", Json{{"name", longer}}.dump()).empty());
}

}  // namespace vitrine::query_request_json_test
