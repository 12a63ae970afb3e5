// Computed columns, version counters and checks of values.
#include <doctest/doctest.h>

#include <cstdint>

#include "session/described_session.h"
#include "support/caught.h"

namespace vitrine::session_computed_test {

using testing::caught;

namespace {

constexpr const char* kPriced = R"({"models": [{"name": "Priced", "table": "priced", "columns": [
  {"name": "id", "type": "integer", "primary_key": true, "autoincrement": true},
  {"name": "qty", "type": "integer"},
  {"name": "cents", "type": "integer"},
  {"name": "version", "type": "integer", "not_null": true, "version_counter": true},
  {"name": "total", "type": "integer", "computed":
    {"expression": {"multiply": [{"column": "qty"}, {"column": "cents"}]}}}]}]})";

}  // namespace

TEST_CASE("a computed column follows its columns, saved or not, and queries see the same") {
  test::DescribedSession shop(kPriced);
  Record& a = shop.add("Priced", {{"qty", 2}, {"cents", 50}});
  CHECK(a.get("total") == Value(100));
  a.set("qty", 3);
  CHECK(a.get("total") == Value(150));
  shop.session.commit();
  CHECK(a.get("total") == Value(150));
  a.set("cents", nullptr);
  CHECK(a.get("total").is_null());
  shop.session.flush();
  Select select;
  select.model = &shop.model("Priced");
  CHECK(shop.session.columns(select, {{{}, "total"}}) == Session::Rows{{Value()}});
  CHECK(caught([&] { a.set("total", 1); }).reason == "invalid_argument");
}

TEST_CASE("a computed column that overflows goes on as a real number, in memory as in SQL") {
  test::DescribedSession shop(kPriced);
  Record& a = shop.add("Priced", {{"qty", INT64_MAX}, {"cents", 2}});
  const Value before = a.get("total");
  REQUIRE(before.real() != nullptr);
  shop.session.flush();
  Select select;
  select.model = &shop.model("Priced");
  CHECK(shop.session.columns(select, {{{}, "total"}}) == Session::Rows{{before}});
}

TEST_CASE("a row that somebody else changed is not overwritten, nor deleted") {
  test::DescribedSession shop(kPriced, {.expire_on_commit = false});
  Record& a = shop.add("Priced", {{"qty", 1}});
  shop.session.commit();
  shop.session.sql("UPDATE priced SET version = 9");
  a.set("qty", 2);
  CHECK(caught([&] { shop.session.flush(); }).code == Code::stale);
  shop.session.refresh(a);
  shop.session.sql("UPDATE priced SET version = 10");
  shop.session.remove(a);
  CHECK(caught([&] { shop.session.flush(); }).code == Code::stale);
  CHECK(shop.rows("priced") == 1);
}

TEST_CASE("an expired object takes the version that its row has by then") {
  test::DescribedSession shop(kPriced);
  Record& a = shop.add("Priced", {{"qty", 1}});
  shop.session.commit();
  shop.session.sql("UPDATE priced SET version = 9");
  a.set("qty", 2);
  shop.session.commit();
  CHECK(a.get("version") == Value(10));
}

TEST_CASE("arithmetic is SQL's: nothing comes of a division by zero, nor of nothing") {
  test::DescribedSession shop(R"({"models": [{"name": "Sum", "table": "sum", "columns": [
    {"name": "id", "type": "integer", "primary_key": true, "autoincrement": true},
    {"name": "a", "type": "real"}, {"name": "b", "type": "real"},
    {"name": "quotient", "type": "real", "computed":
      {"expression": {"divide": [{"column": "a"}, {"column": "b"}]}}},
    {"name": "product", "type": "real", "computed":
      {"expression": {"multiply": [{"column": "a"}, {"column": "b"}]}}},
    {"name": "difference", "type": "real", "computed":
      {"expression": {"subtract": [{"column": "a"}, {"column": "b"}]}}}]}]})");
  const std::vector<Value> numbers = {7, 0, -2, 0.5, Value()};
  for (const Value& a : numbers) {
    for (const Value& b : numbers) shop.add("Sum", {{"a", a}, {"b", b}});
  }
  std::vector<std::vector<Value>> in_memory;
  for (Record* record : shop.session.pending()) {
    in_memory.push_back(
        {record->get("quotient"), record->get("product"), record->get("difference")});
  }
  shop.session.flush();
  CHECK(in_memory == shop.session.sql("SELECT a / b, a * b, a - b FROM sum ORDER BY id"));
  CHECK(in_memory[0][0] == Value(1.0));
  CHECK(in_memory[1][0].is_null());
  CHECK(in_memory[1][1] == Value(0.0));
}

TEST_CASE("integers stay integers in arithmetic, up to where SQLite's do") {
  test::DescribedSession shop(R"({"models": [{"name": "Sum", "table": "sum", "columns": [
    {"name": "id", "type": "integer", "primary_key": true, "autoincrement": true},
    {"name": "a", "type": "integer"}, {"name": "b", "type": "integer"},
    {"name": "quotient", "type": "real", "computed":
      {"expression": {"divide": [{"column": "a"}, {"column": "b"}]}}},
    {"name": "total", "type": "real", "computed":
      {"expression": {"add": [{"column": "a"}, {"column": "b"}]}}},
    {"name": "difference", "type": "real", "computed":
      {"expression": {"subtract": [{"column": "a"}, {"column": "b"}]}}},
    {"name": "label", "type": "text", "computed":
      {"expression": {"concatenate": [{"column": "a"}, {"literal": "/"}, {"column": "b"}]}}}]}]})");
  const std::vector<Value> numbers = {7, 1, 0, -1, INT64_MIN, INT64_MAX, Value()};
  for (const Value& a : numbers) {
    for (const Value& b : numbers) shop.add("Sum", {{"a", a}, {"b", b}});
  }
  std::vector<std::vector<Value>> in_memory;
  for (Record* record : shop.session.pending()) {
    in_memory.push_back({record->get("quotient"), record->get("total"), record->get("difference"),
                         record->get("label")});
  }
  shop.session.flush();
  CHECK(in_memory ==
        shop.session.sql("SELECT a / b, a + b, a - b, a || '/' || b FROM sum ORDER BY id"));
  CHECK(in_memory[3][0] == Value(-7));
}

}  // namespace vitrine::session_computed_test
