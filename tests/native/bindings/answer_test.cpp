// Answers: whatever a call throws becomes a failure in JSON, never an exception.
#include "bindings/answer.h"

#include <doctest/doctest.h>

#include <stdexcept>

#include "bindings/verbs.h"

namespace vitrine::bindings_answer_test {

namespace {

template <class Work>
Json failure_of(Work work) {
  Answer answer;
  answer_with(answer, work);
  REQUIRE(answer.kind() == AnswerKind::failure);
  REQUIRE(answer.header()[0] == static_cast<std::uint32_t>(AnswerKind::failure));
  return Json::parse(answer.text());
}

}  // namespace

TEST_CASE("an Error crosses the bridge with everything it says") {
  const auto failure = failure_of([](Answer&) {
    fail({.code = Code::unique,
          .reason = "duplicate",
          .message = "There is a category Boots already.",
          .model = "Category",
          .fields = {"name"},
          .path = "products[0]",
          .issues = {{Code::check, "Product", "name", "too long"}},
          .sqlite = 2067});
  });
  CHECK(failure["code"] == "UNIQUE");
  CHECK(failure["reason"] == "duplicate");
  CHECK(failure["model"] == "Category");
  CHECK(failure["fields"] == Json::array({"name"}));
  CHECK(failure["path"] == "products[0]");
  CHECK(failure["issues"][0]["code"] == "CHECK");
  CHECK(failure["sqlite"] == 2067);
}

TEST_CASE("other exceptions get the code that fits them") {
  CHECK(failure_of([](Answer&) { throw std::bad_alloc(); })["code"] == "NOMEM");
  CHECK(failure_of([](Answer&) { throw std::runtime_error("?"); })["code"] == "STATE");
  const auto parses = [](Answer& answer) { answer.json(Json::parse("{")); };
  CHECK(failure_of(parses)["code"] == "VALIDATION");
}

TEST_CASE("a message with malformed bytes is still JSON") {
  const auto failure = failure_of([](Answer&) { fail(Code::sql, "bad \xff byte"); });
  CHECK(failure["message"] == "bad \xEF\xBF\xBD byte");
}

TEST_CASE("the next answer of the same object starts anew") {
  Answer answer;
  answer_with(answer, [](Answer&) { fail(Code::sql, "no"); });
  answer_with(answer, [](Answer& next) { next.json(12); });
  CHECK(answer.kind() == AnswerKind::json);
  CHECK(answer.text() == "12");
  answer_with(answer, [](Answer&) {});
  CHECK(answer.kind() == AnswerKind::nothing);
}

TEST_CASE("closed catalogs are no longer found, and their number is not given again") {
  OpenCatalogs catalogs;
  const std::uint32_t first = catalogs.add(Catalog::in_memory());
  CHECK(catalogs.count() == 1);
  catalogs.close(first);
  catalogs.close(first);
  CHECK(catalogs.count() == 0);
  CHECK(catalogs.add(Catalog::in_memory()) != first);
  const auto failure = failure_of([&](Answer&) { catalogs.at(first); });
  CHECK(failure["code"] == "CLOSED");
}

TEST_CASE("a write whose row cannot be given back is taken back, also inside a transaction") {
  OpenCatalog open{Catalog::in_memory(), {}};
  const auto wrong =
      Json::parse(R"([{"name": "a", "description": ""}, {"include": {"nothing": true}}])");
  const auto attempt = [&](Answer& answer) { create(open, 0, wrong, answer); };
  CHECK(open.model_name(0) == "Category");
  CHECK(failure_of(attempt)["code"] == "VALIDATION");
  CHECK(open.catalog.count("category", Json::object()) == 0);
  open.catalog.begin();
  CHECK(failure_of(attempt)["code"] == "VALIDATION");
  open.catalog.commit();
  CHECK(open.catalog.count("category", Json::object()) == 0);
}

TEST_CASE("verbs refuse a model number that is none") {
  OpenCatalog open{Catalog::in_memory(), {}};
  const auto none = Json::parse("[{}]");
  CHECK(failure_of([&](Answer& a) { find(open, 999, none, a); })["code"] == "VALIDATION");
}

}  // namespace vitrine::bindings_answer_test
