// Rules: validators that a description can say.
#include <doctest/doctest.h>

#include "schema/shop.h"

namespace vitrine::schema_rules_test {

using namespace vitrine::testing;

namespace {

using Op = Rule::Op;

// The validator of a column of this type with this one rule, as a session calls it.
Validator validator_of(ColumnType type, Rule rule, Validator then = nullptr) {
  Registry registry;
  Column column;
  column.name = "size";
  column.type = type;
  column.rules = {std::move(rule)};
  column.validator = std::move(then);
  registry.add(model_of("Shoe", "shoe", {key_column("id"), column}));
  registry.resolve();
  return registry.model("Shoe").columns[1].validator;
}

// Why the value is refused; empty when it is not.
std::string refusal(const Validator& validator, const Value& value) {
  try {
    validator(value);
  } catch (const Error& error) {
    CHECK(error.code() == Code::validation);
    CHECK(error.failure().reason == "invalid_value");
    CHECK(error.failure().model == "Shoe");
    CHECK(error.failure().fields == std::vector<std::string>{"size"});
    return error.what();
  }
  return "";
}

bool refused(ColumnType type, Op op, const Value& bound, const Value& value) {
  return !refusal(validator_of(type, {op, {bound}}), value).empty();
}

}  // namespace

TEST_CASE("a bound lets through exactly what is on its side") {
  struct Expected {
    Op op;
    bool below, at, above;  // refused?
  };
  for (const Expected& expected :
       {Expected{Op::lt, false, true, true}, Expected{Op::le, false, false, true},
        Expected{Op::gt, true, true, false}, Expected{Op::ge, true, false, false}}) {
    CHECK(refused(ColumnType::integer, expected.op, 10, 9) == expected.below);
    CHECK(refused(ColumnType::integer, expected.op, 10, 10) == expected.at);
    CHECK(refused(ColumnType::integer, expected.op, 10, 11) == expected.above);
  }
}

TEST_CASE("integers and reals compare as numbers, text by code points") {
  CHECK(refused(ColumnType::real, Op::gt, 1, 0.5));
  CHECK_FALSE(refused(ColumnType::real, Op::gt, 1, 1.5));
  CHECK(refused(ColumnType::datetime, Op::ge, "2026-01-01T00:00:00.000Z",
                "2025-12-31T23:59:59.999Z"));
  CHECK(refused(ColumnType::integer, Op::ge, 10, "11"));
}

TEST_CASE("a length counts code points, and both bounds belong") {
  CHECK(refused(ColumnType::text, Op::min_length, 2, "é"));
  CHECK_FALSE(refused(ColumnType::text, Op::min_length, 2, "éé"));
  CHECK_FALSE(refused(ColumnType::text, Op::max_length, 2, "éé"));
  CHECK(refused(ColumnType::text, Op::max_length, 2, "ééé"));
}

TEST_CASE("one_of lets through what it lists") {
  const Validator validator = validator_of(ColumnType::text, {Op::one_of, {"s", "m"}});
  CHECK(refusal(validator, "m").empty());
  CHECK_FALSE(refusal(validator, "xl").empty());
}

TEST_CASE("null satisfies every rule: not_null is another fact") {
  CHECK_FALSE(refused(ColumnType::integer, Op::ge, 10, Value()));
  CHECK(refusal(validator_of(ColumnType::text, {Op::one_of, {"s"}}), Value()).empty());
}

TEST_CASE("a refusal says what the value must be") {
  CHECK(refusal(validator_of(ColumnType::integer, {Op::ge, {0}}), -1) ==
        "Shoe.size cannot be -1; it must be at least 0.");
}

TEST_CASE("a validator in C++ runs after the rules") {
  int calls = 0;
  const Validator validator =
      validator_of(ColumnType::integer, {Op::ge, {0}}, [&calls](const Value&) { ++calls; });
  CHECK_FALSE(refusal(validator, -1).empty());
  CHECK(calls == 0);
  CHECK(refusal(validator, 1).empty());
  CHECK(calls == 1);
}

TEST_CASE("a rule that could let nothing through is a mistake of the model") {
  const auto issues = [](Rule rule) {
    Registry registry;
    Column column = text_column("size");
    column.rules = {std::move(rule)};
    registry.add(model_of("Shoe", "shoe", {key_column("id"), column}));
    return registry.validate().size();
  };
  CHECK(issues({Op::ge, {"a"}}) == 0);
  CHECK(issues({Op::ge, {7}}) == 1);
  CHECK(issues({Op::ge, {}}) == 1);
  CHECK(issues({Op::ge, {Value()}}) == 1);
  CHECK(issues({Op::one_of, {}}) == 1);
  CHECK(issues({Op::min_length, {"a"}}) == 1);
  CHECK(issues({Op::min_length, {1}}) == 0);
}

}  // namespace vitrine::schema_rules_test
