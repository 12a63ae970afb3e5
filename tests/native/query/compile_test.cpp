// Plans: what a request becomes, and which rows its statements give.
#include "orm/query/compile.h"

#include <doctest/doctest.h>

#include "orm/query/relation_plan.h"
#include "query/ask.h"
#include "query/stock.h"

namespace vitrine::query_compile_test {

using namespace vitrine::testing;

namespace {

using Op = Operator;
using Indexes = std::vector<std::size_t>;

struct Stock : StockDatabase {
  Select ids(std::string_view model) {
    Select select = from(registry, model);
    select.columns = {"id"};
    return select;
  }
  Names rows(const Select& select) { return lines(connection, compile(registry, select).root.sql); }
  Failure refused(const Select& select) {
    return failure_of([&] { compile(registry, select); });
  }
};

}  // namespace

TEST_CASE_FIXTURE(Stock, "a plain request names every column, and ends its order with the key") {
  const Plan plan = compile(registry, from(registry, "Category"));
  CHECK(plan.root.sql.text ==
        "SELECT t0.\"id\", t0.\"name\", t0.\"note\" FROM \"category\" AS t0 ORDER BY t0.\"id\"");
  CHECK(plan.root.sql.parameters.empty());
  CHECK(plan.root.columns == Indexes{0, 1, 2});
  CHECK(plan.root.visible_columns == 3);
  CHECK(plan.tables == Names{"category"});
  CHECK(lines(connection, plan.root.sql) == Names{"1|Drinks|wet", "2|Snacks|NULL", "3|Empty|NULL"});
}

TEST_CASE_FIXTURE(Stock, "compiling the same request twice gives the same text") {
  Select select = from(registry, "Product");
  select.order_by = {by("category.name")};
  select.includes = {including("items"), including("tags")};
  const Plan one = compile(registry, select);
  const Plan two = compile(registry, select);
  CHECK(one.root.sql == two.root.sql);
  CHECK(one.root.children[1].node.sql == two.root.children[1].node.sql);
}

TEST_CASE_FIXTURE(Stock, "columns come in the model's order, with the key hidden behind them") {
  Select select = from(registry, "Category");
  select.columns = {"note", "name", "note"};
  const Plan plan = compile(registry, select);
  CHECK(plan.root.columns == Indexes{1, 2, 0});
  CHECK(plan.root.visible_columns == 2);
  CHECK(lines(connection, plan.root.sql).front() == "Drinks|wet|1");
}

TEST_CASE_FIXTURE(Stock, "a composite key orders by all its columns") {
  Select select = from(registry, "Picture");
  select.columns = {"width"};
  CHECK(compile(registry, select).root.sql.text ==
        "SELECT t0.\"width\", t0.\"height\", t0.\"product_id\" FROM \"picture\" AS t0 ORDER BY "
        "t0.\"width\", t0.\"height\", t0.\"product_id\"");
}

TEST_CASE_FIXTURE(Stock, "orders put NULL first, and reverse it when descending") {
  Select select = ids("Product");
  select.order_by = {by("price")};
  CHECK(rows(select) == Names{"4", "1", "3", "2"});
  select.order_by = {by("price", true)};
  CHECK(rows(select) == Names{"2", "3", "1", "4"});
  select.order_by = {by("in_stock"), by("name", true)};
  CHECK(rows(select) == Names{"4", "2", "1", "3"});
}

TEST_CASE_FIXTURE(Stock, "an order through a relation drops rows without one, unless it is outer") {
  Select select = ids("Product");
  select.order_by = {by("category.name", true), by("name")};
  CHECK(compile(registry, select).root.sql.text ==
        "SELECT t0.\"id\" FROM \"product\" AS t0 JOIN \"category\" AS t1 ON t1.\"id\" = "
        "t0.\"category_id\" ORDER BY t1.\"name\" DESC, t0.\"name\", t0.\"id\"");
  CHECK(rows(select) == Names{"3", "1", "2"});
  select.order_by = {by("category.name"), by("name")};
  select.outer_joins = {"category"};
  CHECK(rows(select) == Names{"4", "1", "2", "3"});
  select.outer_joins.clear();
  select.join = JoinKind::outer;
  CHECK(rows(select) == Names{"4", "1", "2", "3"});
}

TEST_CASE_FIXTURE(Stock, "a path joins once, however often it is asked for") {
  Select select = ids("Item");
  select.where = combined(Op::all_of, {where(Op::eq, "product.category.name", {"Drinks"}),
                                       where(Op::gt, "product.price", {2.0})});
  select.order_by = {by("product.name")};
  const std::string text = compile(registry, select).root.sql.text;
  CHECK(text ==
        "SELECT t0.\"id\" FROM \"item\" AS t0 JOIN \"product\" AS t1 ON t1.\"id\" = "
        "t0.\"product_id\" JOIN \"category\" AS t2 ON t2.\"id\" = t1.\"category_id\" WHERE "
        "(t2.\"name\" = ?1 AND t1.\"price\" > ?2) ORDER BY t1.\"name\", t0.\"id\"");
  CHECK(rows(select) == Names{"3"});
}

TEST_CASE_FIXTURE(Stock, "limit and offset are parameters; negative ones are none") {
  Select select = ids("Product");
  select.limit = 2;
  select.offset = 1;
  const Sql sql = compile(registry, select).root.sql;
  CHECK(sql.text ==
        "SELECT t0.\"id\" FROM \"product\" AS t0 ORDER BY t0.\"id\" LIMIT ?1 OFFSET ?2");
  CHECK(sql.parameters == std::vector<Value>{2, 1});
  CHECK(lines(connection, sql) == Names{"2", "3"});
  select.limit = 0;
  CHECK(rows(select).empty());
  select.limit = -1;
  CHECK(rows(select) == Names{"2", "3", "4"});
  select.limit.reset();
  select.offset = 3;
  CHECK(rows(select) == Names{"4"});
  select.offset = -3;
  CHECK(rows(select).size() == 4);
}

TEST_CASE_FIXTURE(Stock,
                  "a to-many path in a filter finds objects once each, and limits count them") {
  Select select = ids("Product");
  select.where = where(Op::not_null, "items.id");
  CHECK(compile(registry, select).root.sql.text ==
        "SELECT t0.\"id\" FROM \"product\" AS t0 WHERE t0.\"id\" IN (SELECT t1.\"id\" FROM "
        "\"product\" AS t1 JOIN \"item\" AS t2 ON t2.\"product_id\" = t1.\"id\" WHERE t2.\"id\" IS "
        "NOT NULL) ORDER BY t0.\"id\"");
  CHECK(rows(select) == Names{"1", "2", "3"});
  select.limit = 2;
  CHECK(rows(select) == Names{"1", "2"});
}

TEST_CASE_FIXTURE(Stock, "conditions on one to-many path are about the same related object") {
  Select select = ids("Product");
  select.where = combined(
      Op::all_of, {where(Op::eq, "tags.name", {"new"}), where(Op::eq, "tags.name", {"cold"})});
  CHECK(rows(select).empty());
  select.where =
      combined(Op::all_of, {related(Op::some, "tags", {where(Op::eq, "name", {"new"})}),
                            related(Op::some, "tags", {where(Op::eq, "name", {"cold"})})});
  CHECK(rows(select) == Names{"1"});
}

TEST_CASE_FIXTURE(Stock, "an outer join finds the objects without related ones") {
  Select select = ids("Category");
  select.where = where(Op::is_null, "products.id");
  select.outer_joins = {"products"};
  CHECK(rows(select) == Names{"3"});
  select.outer_joins.clear();
  CHECK(rows(select).empty());
  Select untagged = ids("Product");
  untagged.where = where(Op::is_null, "tags.id");
  untagged.outer_joins = {"tags"};
  CHECK(rows(untagged) == Names{"3", "4"});
}

TEST_CASE_FIXTURE(Stock, "a composite key is in a subquery as a row value") {
  Select select = from(registry, "Picture");
  select.columns = {"width"};
  select.where = where(Op::gt, "captions.id", {1});
  CHECK(rows(select) == Names{"64|64|1", "64|64|3"});
}

TEST_CASE_FIXTURE(Stock, "an order through a to-many relation places objects by their first row") {
  Select select = ids("Product");
  select.order_by = {by("items.name", true)};
  CHECK(rows(select) == Names{"2", "1", "3"});
  select.outer_joins = {"items"};
  CHECK(rows(select) == Names{"2", "1", "3", "4"});
  select.order_by = {by("items.name")};
  CHECK(rows(select) == Names{"4", "3", "1", "2"});
  select.where = where(Op::like, "items.name", {"%1l"});
  select.outer_joins.clear();
  CHECK(rows(select) == Names{"1", "2"});
  select.limit = 1;
  CHECK(rows(select) == Names{"1"});
}

TEST_CASE_FIXTURE(Stock,
                  "counts of relations come between the columns and what is hidden for links") {
  Select select = from(registry, "Product");
  select.columns = {"name"};
  select.counts = {"items", "tags"};
  const Plan plan = compile(registry, select);
  CHECK(plan.root.counts == Names{"items", "tags"});
  CHECK(plan.root.sql.text ==
        "SELECT t0.\"name\", t0.\"id\", (SELECT count(*) FROM \"item\" AS counted WHERE "
        "counted.\"product_id\" = t0.\"id\"), (SELECT count(*) FROM \"product_tag\" AS link WHERE "
        "link.\"product_id\" = t0.\"id\") FROM \"product\" AS t0 ORDER BY t0.\"id\"");
  CHECK(plan.tables == Names{"product", "item", "product_tag", "tag"});
  CHECK(lines(connection, plan.root.sql) ==
        Names{"Cola|1|2|2", "Juice|2|1|1", "Chips|3|1|0", "Loose|4|0|0"});
}

TEST_CASE_FIXTURE(Stock, "the count of a viewonly relation keeps its condition") {
  Select select = ids("Category");
  select.counts = {"cheap", "products"};
  CHECK(rows(select) == Names{"1|1|2", "2|1|1", "3|0|0"});
}

TEST_CASE_FIXTURE(Stock, "an included to-one is one statement, by the keys that the parents have") {
  Select select = from(registry, "Product");
  select.columns = {"name"};
  select.includes = {including("category")};
  const Plan plan = compile(registry, select);
  REQUIRE(plan.root.children.size() == 1);
  const PlanChild& child = plan.root.children.front();
  CHECK(plan.root.columns == Indexes{1, 0, 5});
  CHECK(plan.root.visible_columns == 1);
  CHECK(child.parent_key == Indexes{2});
  CHECK(child.child_key == Indexes{0});
  CHECK_FALSE(child.joined);
  CHECK(child.node.sql.text ==
        "SELECT t0.\"id\", t0.\"name\", t0.\"note\" FROM carray(?1) AS t1 CROSS JOIN "
        "\"category\" AS t0 WHERE t0.\"id\" = t1.value");
  CHECK(lines(connection, child, {2, 1}) == Names{"2|Snacks|NULL", "1|Drinks|wet"});
  CHECK(plan.tables == Names{"product", "category"});
}

TEST_CASE_FIXTURE(Stock, "a page behind others is one of keys, whose rows are then read") {
  Select select = ids("Product");
  select.where = where(Op::ne, "name", {"Chips"});
  select.order_by = {by("category.name", true), by("name")};
  select.limit = 1;
  select.offset = 1;
  const Sql sql = compile(registry, select).root.sql;
  const std::string from =
      " FROM \"product\" AS t0 JOIN \"category\" AS t1 ON t1.\"id\" = t0.\"category_id\"";
  const std::string order = " ORDER BY t1.\"name\" DESC, t0.\"name\", t0.\"id\"";
  CHECK(sql.text == "SELECT t0.\"id\"" + from + " WHERE t0.\"id\" IN (SELECT t0.\"id\"" + from +
                        " WHERE t0.\"name\" <> ?1" + order + " LIMIT ?2 OFFSET ?3)" + order);
  select.limit.reset();
  select.offset.reset();
  const Names all = rows(select);
  REQUIRE(all.size() > 1);
  select.offset = 1;
  CHECK(rows(select) == Names(all.begin() + 1, all.end()));
}

TEST_CASE_FIXTURE(Stock, "an included to-many is one statement, its rows together by parent") {
  Select select = ids("Category");
  select.limit = 100;
  Select products = from(registry, "Product");
  products.columns = {"name"};
  products.order_by = {by("name", true)};
  products.where = where(Op::ne, "name", {"Chips"});
  select.includes = {including("products", products)};
  const Plan plan = compile(registry, select);
  const PlanChild& child = plan.root.children.front();
  CHECK(child.node.sql.text ==
        "SELECT t0.\"name\", t0.\"id\", t0.\"category_id\" FROM \"product\" AS t0 WHERE "
        "t0.\"category_id\" IN carray(?1) AND t0.\"name\" <> ?2 ORDER BY t0.\"category_id\", "
        "t0.\"name\" DESC, t0.\"id\"");
  CHECK(child.node.sql.parameters == std::vector<Value>{"Chips"});
  CHECK(child.parent_key == Indexes{0});
  CHECK(child.child_key == Indexes{2});
  CHECK(lines(connection, child, {1, 2}) == Names{"Juice|2|1", "Cola|1|1"});
}

TEST_CASE_FIXTURE(Stock, "what one object is related to is found by its key alone") {
  Select select = ids("Product");
  select.where = combined(Op::all_of, {where(Op::ne, "name", {"x"}), where(Op::eq, "id", {2})});
  Select items = ids("Item");
  items.includes = {including("product", ids("Product"))};
  Select category = ids("Category");
  category.includes = {including("products", ids("Product"))};
  Select page = ids("Item");
  page.limit = 1;
  select.includes = {including("items", items), including("category", category),
                     including("tags", ids("Tag")), including("items", page)};
  const Plan plan = compile(registry, select);
  const auto& children = plan.root.children;
  CHECK(children[0].of_one);
  CHECK(children[0].node.sql.text ==
        "SELECT t0.\"id\", t0.\"product_id\" FROM \"item\" AS t0 WHERE t0.\"product_id\" = ?1 "
        "ORDER BY t0.\"id\"");
  CHECK(children[1].node.sql.text ==
        "SELECT t0.\"id\" FROM \"category\" AS t0 WHERE t0.\"id\" = ?1");
  CHECK(children[2].of_one);
  CHECK_FALSE(children[3].of_one);
  // Several items may refer to several products, but one category has all of its products.
  CHECK_FALSE(children[0].node.children[0].of_one);
  CHECK(children[1].node.children[0].of_one);
  for (const char* other : {"name", "category_id"}) {
    select.where = where(Op::eq, other, {2});
    CHECK_FALSE(compile(registry, select).root.children[0].of_one);
  }
  select.where = combined(Op::any_of, {where(Op::eq, "id", {1}), where(Op::eq, "id", {2})});
  CHECK_FALSE(compile(registry, select).root.children[0].of_one);
}

TEST_CASE_FIXTURE(Stock, "an included many-to-many carries the key of the link") {
  Select select = ids("Product");
  select.limit = 100;
  Select tags = from(registry, "Tag");
  tags.columns = {"name"};
  select.includes = {including("tags", tags)};
  const Plan plan = compile(registry, select);
  const PlanChild& child = plan.root.children.front();
  CHECK(child.node.sql.text ==
        "SELECT t0.\"name\", t0.\"id\", t1.\"product_id\" FROM \"tag\" AS t0 JOIN \"product_tag\" "
        "AS t1 ON t1.\"tag_id\" = t0.\"id\" WHERE t1.\"product_id\" IN carray(?1) ORDER BY "
        "t1.\"product_id\", t0.\"id\"");
  CHECK(child.node.columns == Indexes{1, 0});
  CHECK(child.child_key == Indexes{2});
  CHECK(lines(connection, child, {1, 2}) == Names{"new|1|1", "cold|2|1", "cold|2|2"});
  CHECK(plan.tables == Names{"product", "tag", "product_tag"});
}

TEST_CASE_FIXTURE(Stock,
                  "where all parents are read, their rows are read without keys, as they lie") {
  const auto child_of = [&](const Select& select) {
    return compile(registry, select).root.children.front();
  };
  const std::string_view end = " FROM \"item\" AS t0 ORDER BY t0.\"id\"";
  Select select = ids("Product");
  select.includes = {including("items", ids("Item"))};
  CHECK(child_of(select).of_all);
  CHECK(child_of(select).node.sql.text == "SELECT t0.\"id\", t0.\"product_id\"" + std::string(end));
  // One filtered, searched, paged or to-one step, and what follows has keys.
  Select parents = select;
  parents.where = where(Op::ne, "name", {"Chips"});
  CHECK(!child_of(parents).of_all);
  parents = select;
  parents.offset = 1;
  CHECK(!child_of(parents).of_all);
  parents = select;
  parents.after = {1};
  CHECK(!child_of(parents).of_all);
  Select units = ids("Item");
  units.includes = {including("product", select)};
  CHECK(!child_of(units).of_all);
  CHECK(!child_of(units).node.children.front().of_all);
  // A filter of the rows themselves stays; what hangs in them has keys then.
  Select categories = ids("Category");
  categories.includes = {including("products", select)};
  CHECK(child_of(categories).node.children.front().of_all);
  categories.includes.front().select.where = where(Op::ne, "name", {"Chips"});
  CHECK(child_of(categories).of_all);
  CHECK(
      child_of(categories).node.sql.text.ends_with(" WHERE t0.\"name\" <> ?1 ORDER BY t0.\"id\""));
  CHECK(!child_of(categories).node.children.front().of_all);
  // An order of their own has the rows together by parent, for which there is an index.
  select.includes.front().select.order_by = {by("name")};
  CHECK(child_of(select).node.sql.text.ends_with(
      "ORDER BY t0.\"product_id\", t0.\"name\", t0.\"id\""));
}

TEST_CASE_FIXTURE(Stock, "includes nest, one statement for each relation") {
  Select items = ids("Item");
  Select products = ids("Product");
  products.includes = {including("items", items), including("tags"), including("pictures")};
  Select select = ids("Category");
  select.includes = {including("products", products)};
  const Plan plan = compile(registry, select);
  const PlanNode& node = plan.root.children.front().node;
  REQUIRE(node.children.size() == 3);
  CHECK(node.children[0].node.model->name == "Item");
  CHECK(node.children[2].parent_key == Indexes{0});
  CHECK(plan.tables == Names{"category", "product", "item", "tag", "product_tag", "picture"});
}

TEST_CASE_FIXTURE(Stock, "a composite key of parents comes as JSON") {
  Select select = from(registry, "Picture");
  select.columns = {"width"};
  select.limit = 100;
  select.includes = {including("captions", ids("Caption"))};
  const PlanChild child = compile(registry, select).root.children.front();
  CHECK(child.parent_key == Indexes{0, 1, 2});
  CHECK(child.child_key == Indexes{1, 2, 3});
  Sql sql = child.node.sql;
  sql.parameters.insert(sql.parameters.begin(), Value("[[64,64,1],[160,160,1]]"));
  CHECK(lines(connection, sql) == Names{"1|64|64|1", "2|64|64|1"});
}

TEST_CASE_FIXTURE(Stock, "a viewonly relation brings its condition and its order") {
  Select select = ids("Category");
  select.includes = {including("cheap", ids("Product"))};
  const PlanChild child = compile(registry, select).root.children.front();
  CHECK(child.node.sql.text ==
        "SELECT t0.\"id\", t0.\"category_id\" FROM \"product\" AS t0 WHERE t0.\"category_id\" IN "
        "carray(?1) AND t0.\"price\" <= 2.0 ORDER BY t0.\"category_id\", t0.\"price\" DESC, "
        "t0.\"id\"");
  CHECK(lines(connection, child, {1, 2}) == Names{"1|1", "3|2"});
}

TEST_CASE_FIXTURE(Stock, "a joined to-one comes in the parent's own rows") {
  Select select = ids("Product");
  Include category = including("category");
  category.select.columns = {"name"};
  category.strategy = LoadStrategy::joined;
  select.includes = {category};
  const Plan plan = compile(registry, select);
  const PlanChild& child = plan.root.children.front();
  CHECK(child.joined);
  CHECK(child.joined_offset == 2);
  CHECK(child.node.columns == Indexes{1, 0});
  CHECK(child.node.visible_columns == 1);
  CHECK(lines(connection, plan.root.sql) ==
        Names{"1|1|Drinks|1", "2|1|Drinks|1", "3|2|Snacks|2", "4|NULL|NULL|NULL"});
}

TEST_CASE_FIXTURE(Stock, "a joined include with a page of its own gets a statement after all") {
  Select select = ids("Product");
  Include items = including("items");
  items.strategy = LoadStrategy::joined;
  items.select.limit = 1;
  select.includes = {items};
  CHECK_FALSE(compile(registry, select).root.children[0].joined);
}

TEST_CASE_FIXTURE(Stock, "what is included below a joined one may have a statement of its own") {
  Select select = ids("Product");
  Include category = including("category");
  category.strategy = LoadStrategy::joined;
  category.select.includes = {including("products")};
  select.includes = {category};
  const Plan plan = compile(registry, select);
  const PlanChild& child = plan.root.children[0];
  CHECK(child.joined);
  REQUIRE(child.node.children.size() == 1);
  CHECK_FALSE(child.node.children[0].joined);
  CHECK(child.node.children[0].parent_key == Indexes{0});
}

TEST_CASE_FIXTURE(Stock, "a forbidden relation is not fetched") {
  Select select = ids("Product");
  Include items = including("items");
  items.strategy = LoadStrategy::forbidden;
  select.includes = {items, including("tags")};
  const Plan plan = compile(registry, select);
  REQUIRE(plan.root.children.size() == 1);
  CHECK(plan.root.children.front().relationship->name == "tags");
}

TEST_CASE_FIXTURE(Stock, "one relation has a plan of its own, for lazy loads") {
  const Relationship& tags = registry.model("Product").relationship("tags");
  const PlanChild child = compile_relation(registry, tags);
  CHECK(child.relationship == &tags);
  CHECK(child.parent_key.empty());
  CHECK(child.child_key == Indexes{2});
  CHECK(lines(connection, child, {2}) == Names{"2|cold|2"});
}

TEST_CASE_FIXTURE(Stock, "what a request cannot ask for is refused") {
  Select select = ids("Product");
  select.columns = {"idd"};
  CHECK(refused(select).message == "select: Product has no column \"idd\". Did you mean \"id\"?");
  select = ids("Product");
  select.order_by = {by("category.nam")};
  CHECK(refused(select).path == "orderBy.category.nam");
  select = ids("Product");
  select.includes = {including("item")};
  CHECK(refused(select).path == "include.item");
  select = ids("Product");
  select.counts = {"category"};
  CHECK(refused(select).reason == "invalid_request");
  select = ids("Product");
  select.includes = {including("items")};
  select.includes.front().select.after = {1};
  CHECK(refused(select).path == "include.items.after");
  select = ids("Category");
  select.search = "tea";
  CHECK(refused(select).path == "search");
}

TEST_CASE_FIXTURE(Stock, "sixteen includes deep is as deep as a request goes") {
  const auto nested = [&](int levels) {
    Select select = ids("Node");
    for (int i = 1; i < levels; ++i) {
      Select outer = ids("Node");
      outer.includes = {including("children", select)};
      select = outer;
    }
    return select;
  };
  CHECK(compile(registry, nested(16)).tables == Names{"node"});
  CHECK(refused(nested(17)).reason == "invalid_request");
}

}  // namespace vitrine::query_compile_test
