// Filters: the SQL and the parameters of each operator, and which objects it means.
#include <doctest/doctest.h>

#include "query/ask.h"
#include "query/stock.h"

namespace vitrine::query_filter_test {

using namespace vitrine::testing;

namespace {

using Op = Operator;
struct Stock : StockDatabase {
  Select select(std::string_view model, Filter filter) {
    Select select = from(registry, model);
    select.columns = {"id"};
    select.where = std::move(filter);
    return select;
  }
  Sql sql(std::string_view model, const Filter& filter) {
    return compile(registry, select(model, filter)).root.sql;
  }
  // What follows WHERE.
  std::string condition(std::string_view model, const Filter& filter) {
    const std::string text = sql(model, filter).text;
    const auto start = text.find(" WHERE ") + 7;
    return text.substr(start, text.rfind(" ORDER BY ") - start);
  }
  Names ids(std::string_view model, const Filter& filter) {
    return lines(connection, sql(model, filter));
  }
  Failure refused(std::string_view model, const Filter& filter) {
    return failure_of([&] { sql(model, filter); });
  }
};

}  // namespace

TEST_CASE_FIXTURE(Stock, "a comparison is a condition with a parameter") {
  const Sql found = sql("Product", where(Op::ge, "price", {2.0}));
  CHECK(found.text ==
        "SELECT t0.\"id\" FROM \"product\" AS t0 WHERE t0.\"price\" >= ?1 ORDER BY t0.\"id\"");
  CHECK(found.parameters == std::vector<Value>{2.0});
  CHECK(lines(connection, found) == Names{"2", "3"});
  CHECK(ids("Product", where(Op::lt, "price", {2.0})) == Names{"1"});
  CHECK(ids("Product", where(Op::gt, "price", {2.0})) == Names{"2"});
  CHECK(ids("Product", where(Op::le, "price", {2.0})) == Names{"1", "3"});
  CHECK(ids("Product", where(Op::between, "price", {1.5, 2.0})) == Names{"1", "3"});
}

TEST_CASE_FIXTURE(Stock, "null is asked for with IS, and unknown is neither equal nor unequal") {
  CHECK(condition("Product", where(Op::eq, "category_id", {nullptr})) ==
        "t0.\"category_id\" IS NULL");
  CHECK(ids("Product", where(Op::eq, "category_id", {nullptr})) == Names{"4"});
  CHECK(ids("Product", where(Op::ne, "category_id", {nullptr})) == Names{"1", "2", "3"});
  CHECK(ids("Product", where(Op::is_null, "category_id")) == Names{"4"});
  CHECK(ids("Product", where(Op::not_null, "category_id")) == Names{"1", "2", "3"});
  CHECK(ids("Product", where(Op::ne, "category_id", {1})) == Names{"3"});
  CHECK(ids("Product", combined(Op::negate, {where(Op::eq, "category_id", {1})})) == Names{"3"});
}

TEST_CASE_FIXTURE(Stock, "a list is written out, and none of it is no row") {
  CHECK(condition("Product", where(Op::in, "id", {1, 3})) == "t0.\"id\" IN (?1, ?2)");
  CHECK(ids("Product", where(Op::in, "id", {1, 3, 9})) == Names{"1", "3"});
  CHECK(ids("Product", where(Op::not_in, "id", {1, 3})) == Names{"2", "4"});
  CHECK(ids("Product", where(Op::in, "id")).empty());
  CHECK(ids("Product", where(Op::not_in, "id")).size() == 4);
  CHECK(ids("Product", where(Op::in, "category_id", {nullptr, 2})) == Names{"3"});
  CHECK(ids("Product", where(Op::not_in, "category_id", {nullptr, 2})).empty());
}

TEST_CASE_FIXTURE(Stock, "a long list is one parameter, so that the statement stays the same") {
  std::vector<Value> names(400, Value("x\"y\\z"));
  names.emplace_back("Cola");
  names.emplace_back("Été");
  connection.execute("UPDATE product SET name = 'Été' WHERE id = 4");
  CHECK(condition("Product", where(Op::in, "name", names)) ==
        "t0.\"name\" IN (SELECT value FROM json_each(?1))");
  CHECK(ids("Product", where(Op::in, "name", names)) == Names{"1", "4"});
  std::vector<Value> numbers(20, Value(std::int64_t{9'007'199'254'740'993}));
  numbers.emplace_back(2);
  CHECK(ids("Product", where(Op::in, "id", numbers)) == Names{"2"});
  std::vector<Value> prices(17, Value(1.5));
  CHECK(ids("Product", where(Op::in, "price", prices)) == Names{"1"});
  CHECK(ids("Product", where(Op::not_in, "price", prices)) == Names{"2", "3"});
}

TEST_CASE_FIXTURE(Stock, "a long list of bytes compares bytes") {
  connection.execute("UPDATE picture SET data = x'00ff' WHERE width = 160");
  Select wide = from(registry, "Picture");
  wide.columns = {"width"};
  wide.where = where(Op::in, "data", std::vector<Value>(17, Bytes{std::string("\0\xff", 2)}));
  CHECK(lines(connection, compile(registry, wide).root.sql) == Names{"160|160|1"});
}

TEST_CASE_FIXTURE(Stock, "wildcards count in like and nowhere else") {
  connection.execute("INSERT INTO tag (id, name) VALUES (3, '100%'), (4, '100 g'), (5, 'a_b\\c')");
  CHECK(ids("Tag", where(Op::like, "name", {"100 _"})) == Names{"4"});
  CHECK(ids("Tag", where(Op::not_like, "name", {"%0%"})) == Names{"1", "2", "5"});
  CHECK(ids("Tag", where(Op::contains, "name", {"0%"})) == Names{"3"});
  CHECK(ids("Tag", where(Op::contains, "name", {"A_B\\"})) == Names{"5"});
  CHECK(ids("Tag", where(Op::starts_with, "name", {"100"})) == Names{"3", "4"});
  CHECK(ids("Tag", where(Op::starts_with, "name", {"_"})).empty());
  CHECK(ids("Tag", where(Op::ends_with, "name", {"%"})) == Names{"3"});
  CHECK(sql("Tag", where(Op::contains, "name", {"0%"})).parameters == std::vector<Value>{"%0\\%%"});
}

TEST_CASE_FIXTURE(Stock, "literal text is folded before its wildcards are taken literally") {
  connection.execute("INSERT INTO tag (id, name) VALUES (3, '100 % ÉTÉ'), (4, '100 x ete')");
  CHECK(ids("Tag", where(Op::contains_folded, "name", {"% É"})) == Names{"3"});
  CHECK(ids("Tag", where(Op::contains_folded, "name", {"été"})) == Names{"3", "4"});
  CHECK(ids("Tag", where(Op::starts_with_folded, "name", {"100 X"})) == Names{"4"});
  CHECK(ids("Tag", where(Op::ends_with_folded, "name", {"ÊTE"})) == Names{"3", "4"});
  CHECK(ids("Tag", where(Op::starts_with_folded, "name", {"ÊTE"})).empty());
}

TEST_CASE_FIXTURE(Stock, "a folded like knows letters of every script") {
  connection.execute("INSERT INTO tag (id, name) VALUES (3, 'ÉTÉ'), (4, 'Ετικέτα'), (5, 'ete')");
  CHECK(ids("Tag", where(Op::like, "name", {"été"})).empty());
  CHECK(condition("Tag", where(Op::like_folded, "name", {"Été"})) ==
        "vitrine_fold(t0.\"name\") LIKE ?1");
  CHECK(ids("Tag", where(Op::like_folded, "name", {"Été"})) == Names{"3", "5"});
  CHECK(ids("Tag", where(Op::like_folded, "name", {"ΕΤΙΚ%"})) == Names{"4"});
}

TEST_CASE_FIXTURE(Stock, "combinations nest, and all of nothing is everything") {
  const Filter either = combined(
      Op::any_of,
      {combined(Op::all_of, {where(Op::eq, "category_id", {1}), where(Op::like, "name", {"C%"})}),
       where(Op::is_null, "category_id")});
  CHECK(condition("Product", either) ==
        "((t0.\"category_id\" = ?1 AND t0.\"name\" LIKE ?2) OR t0.\"category_id\" IS NULL)");
  CHECK(ids("Product", either) == Names{"1", "4"});
  CHECK(ids("Product", combined(Op::all_of, {})).size() == 4);
  CHECK(ids("Product", combined(Op::any_of, {})).empty());
}

TEST_CASE_FIXTURE(Stock, "hundreds of alternatives are not too deep for SQLite") {
  std::vector<Filter> many;
  for (int i = 0; i < 900; ++i) many.push_back(where(Op::eq, "id", {i - 897}));
  CHECK(ids("Product", combined(Op::any_of, many)) == Names{"1", "2"});
}

TEST_CASE_FIXTURE(Stock, "computed columns are filtered as others") {
  CHECK(ids("Product", where(Op::gt, "item_count", {1})) == Names{"1"});
  CHECK(ids("Product", where(Op::eq, "double_price", {4.0})) == Names{"3"});
}

TEST_CASE_FIXTURE(Stock, "some, none and every ask whether related objects exist") {
  const Filter pack = where(Op::like, "name", {"%pack"});
  CHECK(condition("Product", related(Op::some, "items", {pack})) ==
        "EXISTS (SELECT 1 FROM \"item\" AS t1 WHERE t1.\"product_id\" = t0.\"id\" AND t1.\"name\" "
        "LIKE ?1)");
  CHECK(ids("Product", related(Op::some, "items", {pack})) == Names{"1"});
  CHECK(ids("Product", related(Op::some, "items")) == Names{"1", "2", "3"});
  CHECK(ids("Product", related(Op::none, "items", {pack})) == Names{"2", "3", "4"});
  CHECK(ids("Product", related(Op::none, "items")) == Names{"4"});
  const Filter cola = where(Op::starts_with, "name", {"Cola"});
  CHECK(ids("Product", related(Op::every, "items", {cola})) == Names{"1", "4"});
  CHECK(ids("Product", related(Op::every, "items", {pack})) == Names{"4"});
}

TEST_CASE_FIXTURE(Stock, "the index of another column does not compete with that of the link") {
  const std::string of_tag =
      "EXISTS (SELECT 1 FROM \"product\" AS t1 JOIN \"product_tag\" AS t2 ON t2.\"product_id\" = "
      "t1.\"id\" WHERE t2.\"tag_id\" = t0.\"id\" AND ";
  const Filter drinks = where(Op::eq, "category_id", {1});
  CHECK(condition("Tag", related(Op::some, "products", {drinks})) ==
        of_tag + "+t1.\"category_id\" = ?1)");
  CHECK(ids("Tag", related(Op::some, "products", {drinks})) == Names{"1", "2"});
  Filter is = where(Op::is, "category", {1});
  CHECK(condition("Tag", related(Op::some, "products", {is})) ==
        of_tag + "+t1.\"category_id\" = ?1)");
  CHECK(condition("Product", drinks) == "t0.\"category_id\" = ?1");
}

TEST_CASE_FIXTURE(Stock, "every means that none is unknown either") {
  connection.execute("INSERT INTO product (id, name, category_id) VALUES (5, 'Free', 1)");
  CHECK(ids("Category", related(Op::every, "products", {where(Op::lt, "price", {5.0})})) ==
        Names{"2", "3"});
}

TEST_CASE_FIXTURE(Stock, "to-one and many-to-many relations are asked in the same way") {
  const Filter drinks = where(Op::eq, "name", {"Drinks"});
  CHECK(ids("Product", related(Op::some, "category", {drinks})) == Names{"1", "2"});
  CHECK(ids("Product", combined(Op::negate, {related(Op::some, "category", {drinks})})) ==
        Names{"3", "4"});
  CHECK(ids("Item", related(Op::some, "product", {related(Op::some, "category", {drinks})})) ==
        Names{"1", "2", "3"});
  CHECK(condition("Product", related(Op::some, "tags", {where(Op::eq, "name", {"cold"})})) ==
        "EXISTS (SELECT 1 FROM \"tag\" AS t1 JOIN \"product_tag\" AS t2 ON t2.\"tag_id\" = "
        "t1.\"id\" WHERE t2.\"product_id\" = t0.\"id\" AND t1.\"name\" = ?1)");
  CHECK(ids("Product", related(Op::some, "tags", {where(Op::eq, "name", {"cold"})})) ==
        Names{"1", "2"});
  CHECK(ids("Tag", related(Op::none, "products", {where(Op::eq, "id", {2})})) == Names{"1"});
}

TEST_CASE_FIXTURE(Stock, "a tree and a composite key are related as well") {
  CHECK(ids("Node", related(Op::some, "children", {where(Op::eq, "name", {"leaf"})})) ==
        Names{"2"});
  CHECK(ids("Node", related(Op::none, "children")) == Names{"3", "4"});
  CHECK(ids("Caption", related(Op::some, "picture",
                               {related(Op::some, "product",
                                        {where(Op::eq, "name", {"Chips"})})})) == Names{"3"});
}

TEST_CASE_FIXTURE(Stock, "the condition of a viewonly relation holds in filters") {
  CHECK(ids("Category", related(Op::some, "cheap")) == Names{"1", "2"});
  CHECK(ids("Category", related(Op::some, "cheap", {where(Op::eq, "name", {"Juice"})})).empty());
}

TEST_CASE_FIXTURE(Stock, "a to-one relation is compared by its foreign key") {
  CHECK(condition("Product", where(Op::is, "category", {1})) == "t0.\"category_id\" = ?1");
  CHECK(ids("Product", where(Op::is, "category", {1})) == Names{"1", "2"});
  CHECK(ids("Product", where(Op::is, "category")) == Names{"4"});
  CHECK(ids("Product", where(Op::is_not, "category", {nullptr})) == Names{"1", "2", "3"});
  CHECK(ids("Product", where(Op::is_not, "category", {1})) == Names{"3", "4"});
  CHECK(ids("Caption", where(Op::is, "picture", {64, 64, 1})) == Names{"1", "2"});
  CHECK(ids("Caption", where(Op::is_not, "picture", {64, 64, 1})) == Names{"3"});
  CHECK(ids("Caption", where(Op::is, "picture", {nullptr, nullptr, nullptr})).empty());
}

TEST_CASE_FIXTURE(Stock, "a to-many relation includes objects") {
  CHECK(ids("Category", where(Op::includes, "products", {3})) == Names{"2"});
  CHECK(ids("Tag", where(Op::includes, "products", {1})) == Names{"1", "2"});
  CHECK(ids("Category", where(Op::includes, "products")).empty());
  CHECK(ids("Category", where(Op::includes, "cheap", {2})).empty());
}

TEST_CASE_FIXTURE(Stock, "unknown names are refused, with the one that was probably meant") {
  const Failure column = refused("Product", where(Op::eq, "category.nme", {"x"}));
  CHECK(column.code == Code::validation);
  CHECK(column.reason == "unknown_attribute");
  CHECK(column.model == "Category");
  CHECK(column.fields == Names{"nme"});
  CHECK(column.path == "category.nme");
  CHECK(column.message == "category.nme: Category has no column \"nme\". Did you mean \"name\"?");
  CHECK(refused("Product", where(Op::eq, "colour", {"red"})).message ==
        "colour: Product has no column \"colour\". There is id, name, price, in_stock, added, "
        "category_id, item_count, double_price.");
  CHECK(refused("Product", related(Op::some, "itemz")).message ==
        "itemz: Product has no relation \"itemz\". Did you mean \"items\"?");
  CHECK(refused("Product", where(Op::eq, "category", {1})).message.find("is a relation") !=
        std::string::npos);
  CHECK(refused("Product", related(Op::some, "name")).message.find("is a column") !=
        std::string::npos);
}

TEST_CASE_FIXTURE(Stock, "values that do not fit the operator are refused") {
  for (const Filter& filter :
       {where(Op::eq, "id"), where(Op::eq, "id", {1, 2}), where(Op::between, "id", {1}),
        where(Op::like, "name", {1}), where(Op::contains, "name", {nullptr}),
        where(Op::like, "name", {std::string(50'001, 'x')}), where(Op::is, "category", {1, 2})}) {
    const Failure failure = refused("Product", filter);
    CHECK(failure.code == Code::validation);
    CHECK(failure.reason == "invalid_value");
  }
  for (const Filter& filter :
       {combined(Op::negate, {}), where(Op::is, "items", {1}), where(Op::includes, "category", {1}),
        related(Op::some, "items", {where(Op::eq, "id", {1}), where(Op::eq, "id", {2})})}) {
    const Failure failure = refused("Product", filter);
    CHECK(failure.code == Code::validation);
    CHECK(failure.reason == "invalid_request");
  }
}

TEST_CASE_FIXTURE(Stock, "sixteen relations deep is as deep as a filter goes") {
  const auto nested = [](Op op, std::string_view relation, int levels) {
    Filter filter = where(Op::eq, "name", {"root"});
    for (int i = 0; i < levels; ++i) filter = related(op, relation, {filter});
    return filter;
  };
  CHECK(ids("Node", nested(Op::some, "parent", 2)) == Names{"4"});
  CHECK(ids("Node", nested(Op::some, "parent", 16)).empty());
  CHECK(ids("Node", nested(Op::every, "children", 16)).size() == 4);
  CHECK(refused("Node", nested(Op::some, "parent", 17)).reason == "invalid_request");
}

}  // namespace vitrine::query_filter_test
