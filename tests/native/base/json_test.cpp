// Json, judged by nlohmann/json.
#include "base/json.h"

#include <doctest/doctest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <random>
#include <string>

#include "base/error.h"

namespace vitrine::base_json_test {

namespace vitrine {
namespace {

using Judge = nlohmann::ordered_json;

std::string random_text(std::mt19937& random) {
  static const char* const kParts[] = {"a", "\"",   "\\", "\n",     "\x01",
                                       "é", "🥐", "/",  "\u2028", ""};
  std::string text;
  for (unsigned i = random() % 6; i > 0; --i) text += kParts[random() % 10];
  return text + (random() % 9 == 0 ? std::string(1, '\0') : "");
}

double random_real(std::mt19937& random) {
  static constexpr double kReals[] = {0.1, -0.0, 1e300, 5e-324, 1.0 / 3, 12345678.9, 1e21, -2.5};
  const double real = kReals[random() % 8] * (random() % 2 == 0 ? 1 : random() / 7.0);
  return std::isfinite(real) ? real : 0.5;
}

Judge random_json(std::mt19937& random, int depth) {
  switch (random() % (depth > 0 ? 7 : 5)) {
    case 0:
      return nullptr;
    case 1:
      return random() % 2 == 0;
    case 2:
      return static_cast<std::int64_t>(random()) * (random() % 2 == 0 ? 1 : -2'000'000'000);
    case 3:
      return random_real(random);
    case 4:
      return random_text(random);
    case 5: {
      Judge list = Judge::array();
      for (unsigned i = random() % 4; i > 0; --i) list.push_back(random_json(random, depth - 1));
      return list;
    }
    default: {
      Judge object = Judge::object();
      for (unsigned i = random() % 4; i > 0; --i) {
        object[random_text(random)] = random_json(random, depth - 1);
      }
      return object;
    }
  }
}

bool refuses(const std::string& text) {
  try {
    Json::parse(text);
    return false;
  } catch (const Error& error) {
    return error.code() == Code::validation;
  }
}

}  // namespace

TEST_CASE("json text means to Json what it means to nlohmann/json") {
  std::mt19937 random(20261122);
  for (int i = 0; i < 2000; ++i) {
    const Judge meant = random_json(random, 4);
    const std::string given = meant.dump(i % 3 == 0 ? 2 : -1, ' ', i % 2 == 0);
    CAPTURE(given);
    const Json read = Json::parse(given);
    CHECK(Judge::parse(read.dump()) == meant);
    CHECK(Json::parse(read.dump()) == read);
  }
}

TEST_CASE("what nlohmann/json refuses, Json refuses") {
  const std::string texts[] = {"",
                               " ",
                               "nul",
                               "tru",
                               "[1,]",
                               "{\"a\":1,}",
                               "[1 2]",
                               "01",
                               "1.",
                               ".5",
                               "+1",
                               "1e",
                               "-",
                               "\"a",
                               "\"\\x\"",
                               "\"\\u12\"",
                               "'a'",
                               "{a:1}",
                               "[",
                               "{\"a\"}",
                               "\"\n\"",
                               "\"\\ud800\"",
                               "\"\\udc00\"",
                               "1 2",
                               "\"\xff\"",
                               "\"\xc0\x80\"",
                               "\"\xed\xa0\x80\"",
                               "NaN",
                               "1e999",
                               "[1}",
                               "{\"a\":}",
                               "\"\\\""};
  for (const std::string& text : texts) {
    CAPTURE(text);
    CHECK_FALSE(Judge::accept(text));
    CHECK_FALSE(Json::accept(text));
    CHECK(refuses(text));
  }
}

TEST_CASE("json as deep as SQLite reads it is read, deeper is refused") {
  const auto nested = [](int depth) {
    return std::string(static_cast<std::size_t>(depth), '[') +
           std::string(static_cast<std::size_t>(depth), ']');
  };
  CHECK(Json::parse(nested(Json::kMaxDepth)).dump() == nested(Json::kMaxDepth));
  CHECK(refuses(nested(Json::kMaxDepth + 1)));
}

TEST_CASE("numbers are whole when they are written so and fit into 64 bits") {
  CHECK(Json::parse("9223372036854775807").get<std::int64_t>() == INT64_MAX);
  CHECK(Json::parse("-9223372036854775808").get<std::int64_t>() == INT64_MIN);
  CHECK(Json::parse("9223372036854775808").is_number_float());
  CHECK(Json::parse("1.0").is_number_float());
  CHECK(Json::parse("1.0") == Json(1));
  CHECK(Json::parse("0.1").dump() == "0.1");
}

TEST_CASE("members keep their order, and the last of one name counts") {
  CHECK(Json::parse(R"({"b":1,"a":2,"b":3})").dump() == R"({"b":3,"a":2})");
  CHECK(Json::parse(R"({"b":1,"a":2})") == Json::parse(R"({"a":2,"b":1})"));
  CHECK(Json::parse(R"({"b":1})") != Json::parse(R"({"b":1,"a":null})"));
}

TEST_CASE("pairs that begin with a text are an object, other lists an array") {
  CHECK(Json({{"a", 1}, {"b", nullptr}}).dump() == R"({"a":1,"b":null})");
  CHECK(Json({1, "b"}).dump() == R"([1,"b"])");
  CHECK(Json::array({"a", "b"}).dump() == R"(["a","b"])");
}

TEST_CASE("text that is no Unicode is written with U+FFFD in its place") {
  CHECK(Json(std::string("a\xff")).dump() == "\"a\xEF\xBF\xBD\"");
}

TEST_CASE("a value of another type is refused, not converted") {
  CHECK_THROWS_AS(Json("1").get<bool>(), Error);
  CHECK_THROWS_AS(Json(1.5).get<std::int64_t>(), Error);
  CHECK_THROWS_AS(Json(1).text(), Error);
  CHECK_THROWS_AS(Json::array().at(std::size_t{0}), Error);
  CHECK_THROWS_AS(Json::object().at("a"), Error);
}

}  // namespace vitrine

}  // namespace vitrine::base_json_test
