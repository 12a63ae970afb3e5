// Descriptions: what is written is read, what is read is written, and nothing else gets in.
#include <doctest/doctest.h>

#include "orm/schema/description.h"
#include "schema/shop.h"

namespace vitrine::schema_description_test {

using namespace vitrine::testing;

namespace {

Registry read(const std::string& text) {
  Registry registry;
  add_description(registry, Json::parse(text));
  return registry;
}

// A description with one model that has these columns and relations.
std::string thing(const std::string& columns, const std::string& relationships = "") {
  return R"({"models":[{"name":"Thing","table":"thing","columns":[)" + columns +
         R"(],"relationships":[)" + relationships + R"(],"primary_key":["id"]}]})";
}

const std::string kId = R"({"name":"id","type":"integer","primary_key":true})";

std::string column_again(const std::string& column) {
  const std::string text = thing(kId + "," + column);
  const std::string again = describe(read(text)).dump();
  return again == text ? column : again;
}

std::string relationship_again(const std::string& relationship) {
  const std::string text = thing(kId, relationship);
  const std::string again = describe(read(text)).dump();
  return again == text ? relationship : again;
}

std::vector<std::string> mistakes_of(const std::string& text) {
  std::vector<std::string> messages;
  try {
    read(text);
  } catch (const Error& error) {
    CHECK(error.code() == Code::validation);
    for (const Issue& issue : error.failure().issues) messages.push_back(issue.message);
  }
  return messages;
}

std::string column_mistake(const std::string& column) {
  const auto mistakes = mistakes_of(thing(kId + "," + column));
  return mistakes.size() == 1 ? mistakes.front() : std::to_string(mistakes.size()) + " mistakes";
}

std::string relationship_mistake(const std::string& relationship) {
  const auto mistakes = mistakes_of(thing(kId, relationship));
  return mistakes.size() == 1 ? mistakes.front() : std::to_string(mistakes.size()) + " mistakes";
}

}  // namespace

TEST_CASE("every fact of a column is read and written") {
  for (const char* column : {
           R"({"name":"a","type":"string","length":9,"not_null":true,"unique":true,"index":true})",
           R"({"name":"a","type":"integer","autoincrement":true,"version_counter":true})",
           R"({"name":"a","type":"integer","foreign_key":{"table":"t","column":"id"}})",
           R"({"name":"a","type":"real","default":1.5})",
           R"({"name":"a","type":"boolean","default":false})",
           R"({"name":"a","type":"text","default":null})",
           R"({"name":"a","type":"blob","default":{"hex":"00ff"}})",
           R"({"name":"a","type":"datetime","default":{"now":true}})",
           R"({"name":"a","type":"json","server_default":"'{}'"})",
           R"({"name":"a","type":"text","check":"a > 'b'","check_name":"ck"})",
           R"({"name":"a","type":"integer","validate":{"lt":9,"gt":0}})",
           R"({"name":"a","type":"text","validate":{"min_length":1,"max_length":2}})",
           R"({"name":"a","type":"text","validate":{"one_of":["s","m"]}})",
           R"({"name":"a","type":"integer","computed":{"count_of":"parts"}})",
           R"({"name":"a","type":"real","computed":{"expression":)"
           R"({"add":[{"column":"b"},{"literal":2}]}}})",
       }) {
    CHECK(column_again(column) == column);
  }
  for (const char* policy : {"nothing", "cascade", "set_null", "restrict"}) {
    const std::string column =
        R"({"name":"a","type":"integer","foreign_key":{"table":"t","column":"id","on_delete":")" +
        std::string(policy) + R"("}})";
    CHECK(column_again(column) == column);
  }
}

TEST_CASE("every fact of a relation is read and written") {
  const std::string start = R"({"name":"a","target":"T","direction":)";
  for (const char* facts : {
           R"("many_to_one","foreign_keys":["x","y"],"cascade":"all"})",
           R"("one_to_many","uselist":false,"cascade":"all, delete-orphan"})",
           R"("many_to_many","secondary":"t_a","cascade":"","back_populates":"b"})",
           R"("one_to_many","cascade":"all","passive_deletes":true})",
           R"("one_to_many","cascade":"merge","passive_deletes":"all"})",
           R"("one_to_many","cascade":"merge","order_by":[{"column":"x","descending":true}]})",
           R"("one_to_many","cascade":"merge","collection":"keyed","key_column":"x"})",
           R"("one_to_many","cascade":"merge","collection":"ordered","position_column":"x"})",
           R"("one_to_many","cascade":"merge","viewonly":true,)"
           R"("conditions":[{"column":"x","op":"ge","value":10}]})",
           R"("one_to_many","cascade":"merge","image_attachment":true})",
           R"("many_to_one","cascade":"merge","backref":{"name":"b","uselist":false,)"
           R"("cascade":"all","collection":"set"}})",
       }) {
    CHECK(relationship_again(start + facts) == start + facts);
  }
}

TEST_CASE("every fact of a model is read and written") {
  const std::string text =
      R"({"models":[{"name":"Thing","table":"thing","display_column":"a","link_table":true,)"
      R"("columns":[{"name":"a","type":"text","primary_key":true},)"
      R"({"name":"b","type":"text","primary_key":true}],"relationships":[],)"
      R"("unique_constraints":[{"name":"uq","columns":["a","b"],"where":"a > 'b'"}],)"
      R"("check_constraints":[{"name":"ck","condition":"a <> b"}],)"
      R"("search_columns":["a"],"primary_key":["a","b"]}]})";
  CHECK(describe(read(text)).dump() == text);
}

TEST_CASE("a key may be said by the model alone") {
  const Registry registry =
      read(R"({"models":[{"name":"T","table":"t","columns":[{"name":"id","type":"integer"}],)"
           R"("primary_key":["id"]}]})");
  CHECK(registry.model("T").columns[0].primary_key);
}

TEST_CASE("a backref may be said by its name alone") {
  const Registry registry =
      read(thing(kId, R"({"name":"a","target":"T","direction":"many_to_one","backref":"things"})"));
  const Relationship& a = registry.model("Thing").relationship("a");
  REQUIRE(a.backref);
  CHECK(a.backref->name == "things");
  CHECK(a.backref->options.cascade == Cascade::standard());
  CHECK(a.cascade == Cascade::standard());
}

TEST_CASE("a resolved registry describes itself as one that was read from its description") {
  Registry registry = shop();
  registry.resolve();
  const Json description = describe(registry);
  Registry again;
  add_description(again, description);
  CHECK(describe(again) == description);
  again.resolve();
  CHECK(describe(again) == description);
}

TEST_CASE("words that say nothing are refused with those that do") {
  CHECK(column_mistake(R"({"name":"a","type":"text","nulable":true})")
            .rfind("Thing.a: \"nulable\" says nothing of a column; it may say autoincrement, ",
                   0) == 0);
  CHECK(relationship_mistake(R"({"name":"a","target":"T","direction":"sideways"})") ==
        "Thing.a: \"direction\" must be one of many_to_one, one_to_many, many_to_many.");
  CHECK(relationship_mistake(
            R"({"name":"a","target":"T","direction":"many_to_one","cascade":"explode"})")
            .rfind("Thing.a: its cascade is unknown: \"explode\" is not a cascade", 0) == 0);
  CHECK(column_mistake(R"({"name":"a","type":"varchar"})") ==
        "Thing.a: there is no type \"varchar\"; use integer, real, string, text, boolean, "
        "datetime, blob or json.");
}

TEST_CASE("a word that says nothing is refused wherever it stands") {
  const std::pair<std::string, std::string> columns[] = {
      {R"("default":{"now":true,"odd":1})", "a default"},
      {R"("foreign_key":{"table":"t","column":"c","odd":1})", "a foreign key"},
      {R"("validate":{"ge":0,"odd":1})", "a validator"},
      {R"("computed":{"count_of":"r","odd":1})", "a computed column"},
      {R"("computed":{"expression":{"literal":1,"odd":1}})", "an expression"}};
  for (const auto& [fact, place] : columns) {
    const std::string said = column_mistake(R"({"name":"a","type":"integer",)" + fact + "}");
    CHECK(said.rfind("Thing.a: \"odd\" says nothing of " + place + "; it may say ", 0) == 0);
  }
  const std::pair<std::string, std::string> relations[] = {
      {R"("odd":1)", "a relation"},
      {R"("order_by":[{"column":"id","odd":1}])", "an order"},
      {R"("conditions":[{"column":"id","value":1,"odd":1}])", "a condition"},
      {R"("backref":{"name":"b","odd":1})", "a backref"}};
  for (const auto& [fact, place] : relations) {
    const std::string said =
        relationship_mistake(R"({"name":"a","target":"T","direction":"many_to_one",)" + fact + "}");
    CHECK(said.rfind("Thing.a: \"odd\" says nothing of " + place + "; it may say ", 0) == 0);
  }
  const std::string facts[] = {
      R"("odd":1)", R"("unique_constraints":[{"columns":["id"],"odd":1}])",
      R"("check_constraints":[{"name":"c","condition":"id > 0","odd":1}])"};
  for (const std::string& fact : facts) {
    const auto said = mistakes_of(R"({"models":[{"name":"T","table":"t","columns":[)" + kId + "]," +
                                  fact + "}]}");
    REQUIRE(said.size() == 1);
    CHECK(said[0].rfind("T: \"odd\" says nothing of a", 0) == 0);
  }
  CHECK(mistakes_of(R"({"models":[],"odd":1})").size() == 1);
}

TEST_CASE("a whole number of more than 64 bits is no default of an integer column") {
  Registry registry;
  add_description(
      registry,
      Json::parse(thing(kId + R"(,{"name":"a","type":"integer","default":18446744073709551615})")));
  CHECK_THROWS_AS(registry.resolve(), Error);
}

TEST_CASE("values of the wrong type are refused where they stand") {
  CHECK(column_mistake(R"({"name":7,"type":"text"})") ==
        "Thing: \"name\" of a column must be text.");
  CHECK(column_mistake(R"({"name":"a","type":"text","unique":1})") ==
        "Thing.a: \"unique\" of a column must be true or false.");
  CHECK(column_mistake(R"({"name":"a","type":"string","length":4294967296})") ==
        "Thing.a: \"length\" of a column must be an integer of 32 bits.");
  for (const char* length : {"2147483648", "-2147483649", "1.5"}) {
    CHECK(column_mistake(R"({"name":"a","type":"string","length":)" + std::string(length) + "}") ==
          "Thing.a: \"length\" of a column must be an integer of 32 bits.");
  }
  CHECK(column_mistake(R"({"name":"a","type":"string","length":2147483647})") == "0 mistakes");
  CHECK(column_mistake(R"({"name":"a","type":"text","default":[1]})") ==
        "Thing.a: \"default\" of a column must be null, a number, text, true, false or "
        "{\"hex\": \"00ff\"}.");
  CHECK(column_mistake(R"({"name":"a","type":"blob","default":{"hex":"0g"}})") ==
        "Thing.a: \"default\" of a column must be null, a number, text, true, false or "
        "{\"hex\": \"00ff\"}.");
  CHECK(column_mistake(R"(["a","text"])") ==
        "Thing: a column is described by an object; write one.");
  CHECK(relationship_mistake(
            R"({"name":"a","target":"T","direction":"many_to_one","passive_deletes":"some"})") ==
        "Thing.a: \"passive_deletes\" must be true, false or \"all\".");
  CHECK(relationship_mistake(
            R"({"name":"a","target":"T","direction":"many_to_one","foreign_keys":[1]})") ==
        "Thing.a: \"foreign_keys\" of a relation must hold texts only.");
}

TEST_CASE("what is missing is asked for") {
  CHECK(column_mistake(R"({"name":"a"})") == "Thing.a: a column has no \"type\"; add it.");
  CHECK(relationship_mistake(R"({"name":"a","target":"T"})") ==
        "Thing.a: a relation has no \"direction\"; add it.");
  CHECK(column_mistake(R"({"name":"a","type":"integer","foreign_key":{"table":"t"}})") ==
        "Thing.a: a foreign key has no \"column\"; add it.");
  CHECK(mistakes_of("{}") ==
        std::vector<std::string>{"description: it has no \"models\"; add the list."});
  CHECK(mistakes_of(R"({"models":[{"table":"t"}]})") ==
        std::vector<std::string>{"models[0]: a model has no \"name\"; add it."});
}

TEST_CASE("a list of the key's columns keeps their order") {
  CHECK(mistakes_of(R"({"models":[{"name":"T","table":"t","columns":[)"
                    R"({"name":"a","type":"text"},{"name":"b","type":"text"}],)"
                    R"("primary_key":["b","a"]}]})") ==
        std::vector<std::string>{"T: \"primary_key\" is not in the order of the columns; use the "
                                 "same order."});
  CHECK(mistakes_of(R"({"models":[{"name":"T","table":"t","primary_key":["b"]}]})") ==
        std::vector<std::string>{"T: \"primary_key\" names b, which is no column; correct the "
                                 "name."});
}

TEST_CASE("expressions are bounded in depth") {
  const auto nested = [](int levels) {
    std::string expression = R"({"column":"id"})";
    for (int level = 1; level < levels; ++level) expression = R"({"add":[)" + expression + "]}";
    return R"({"name":"a","type":"real","computed":{"expression":)" + expression + "}}";
  };
  CHECK(mistakes_of(thing(kId + "," + nested(32))) == std::vector<std::string>{});
  CHECK(column_mistake(nested(33)) ==
        "Thing.a: its expression is more than 32 deep; make it simpler.");
}

TEST_CASE("all mistakes are reported, and the registry is as it was") {
  Registry registry = shop();
  const Json before = describe(registry);
  const Json wrong = Json::parse(
      R"({"models":[{"name":"Good","table":"good"},{"name":"Bad","table":7},{"tabel":"x"}]})");
  try {
    add_description(registry, wrong);
    FAIL("it was read");
  } catch (const Error& error) {
    CHECK(error.failure().issues.size() == 4);
    CHECK(error.failure().reason == "invalid_model");
  }
  CHECK(describe(registry) == before);
}

}  // namespace vitrine::schema_description_test
