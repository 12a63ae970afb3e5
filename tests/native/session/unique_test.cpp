// Unique values that pass from row to row in one flush.
#include <doctest/doctest.h>

#include "session/described_session.h"
#include "session/shop_session.h"
#include "support/caught.h"

namespace vitrine::session_unique_test {

using namespace vitrine::catalog;
using testing::caught;

namespace {

// Words in languages: a name is unique within its language, a rank and a nickname altogether.
struct Words : test::DescribedSession {
  Words()
      : DescribedSession(R"({"models": [{"name": "Word", "table": "word", "columns": [
          {"name": "id", "type": "integer", "primary_key": true, "autoincrement": true},
          {"name": "name", "type": "string", "length": 8, "not_null": true},
          {"name": "lang", "type": "string", "length": 8, "not_null": true},
          {"name": "rank", "type": "integer", "not_null": true, "unique": true},
          {"name": "nick", "type": "text", "unique": true}],
        "unique_constraints": [{"name": "uq_word", "columns": ["name", "lang"]}]}]})") {}

  Record& word(const char* name, const char* lang, int rank) {
    return add("Word", {{"name", name}, {"lang", lang}, {"rank", rank}});
  }
  std::size_t updates() {
    std::size_t count = 0;
    for (const std::string& sql : statements) count += sql.rfind("UPDATE", 0) == 0 ? 1 : 0;
    return count;
  }
};

// Photos in sets of which each has one cover.
constexpr const char* kSets = R"({"models": [{"name": "Photo", "table": "photo",
  "columns": [
    {"name": "id", "type": "integer", "primary_key": true, "autoincrement": true},
    {"name": "shelf", "type": "integer", "not_null": true},
    {"name": "cover", "type": "boolean", "not_null": true}],
  "unique_constraints": [
    {"name": "uq_cover", "columns": ["shelf"], "where": "cover"}]}]})";

// One of each kind of value, no two rows alike in any, and a small number at that.
constexpr const char* kSorts = R"({"models": [{"name": "Sort", "table": "sort", "columns": [
  {"name": "id", "type": "integer", "primary_key": true, "autoincrement": true},
  {"name": "yes", "type": "boolean", "not_null": true, "unique": true},
  {"name": "letter", "type": "string", "length": 1, "not_null": true, "unique": true},
  {"name": "data", "type": "json", "not_null": true, "unique": true},
  {"name": "raw", "type": "blob", "not_null": true, "unique": true},
  {"name": "small", "type": "integer", "not_null": true, "unique": true,
   "check": "small < 9"}]}]})";

// A table of places, each taken once, whose number is all there is.
constexpr const char* kBare = R"({"models": [
  {"name": "Room", "table": "room", "columns": [
    {"name": "id", "type": "integer", "primary_key": true}]},
  {"name": "Guest", "table": "guest", "columns": [
    {"name": "id", "type": "integer", "primary_key": true},
    {"name": "room_id", "type": "integer", "unique": true, "not_null": true,
     "foreign_key": {"table": "room", "column": "id"}}]}]})";

}  // namespace

TEST_CASE("values that are unique together can be swapped in one flush") {
  Words words;
  Record& a = words.word("tea", "en", 1);
  Record& b = words.word("the", "fr", 2);
  words.session.commit();
  a.set("name", "the");
  a.set("lang", "fr");
  b.set("name", "tea");
  b.set("lang", "en");
  words.session.commit();
  CHECK(a.get("lang") == Value("fr"));
  CHECK(b.get("name") == Value("tea"));
}

TEST_CASE("what a row keeps of the values that it swaps is there afterwards") {
  Words words;
  Record& a = words.word("the", "en", 1);
  Record& b = words.word("the", "fr", 2);
  words.session.commit();
  a.set("lang", "fr");
  b.set("lang", "en");
  words.session.commit();
  words.session.refresh(a);
  words.session.refresh(b);
  CHECK(a.get("name") == Value("the"));
  CHECK(a.get("lang") == Value("fr"));
  CHECK(b.get("name") == Value("the"));
}

TEST_CASE("the one row of a set that a condition holds for may be another one") {
  test::DescribedSession album(kSets);
  Record& first = album.add("Photo", {{"shelf", 1}, {"cover", true}});
  Record& second = album.add("Photo", {{"shelf", 1}, {"cover", false}});
  album.session.commit();
  second.set("cover", true);
  first.set("cover", false);
  album.session.commit();
  Record& third = album.add("Photo", {{"shelf", 1}, {"cover", true}});
  second.set("cover", false);
  album.session.commit();
  CHECK(third.get("cover") == Value(true));
  const auto covers = [&] { return album.connection.scalar("SELECT sum(cover) FROM photo"); };
  CHECK(covers() == Value(1));
  // On another shelf it stays what it was, and makes room here.
  third.set("shelf", 2);
  first.set("cover", true);
  album.session.commit();
  CHECK(covers() == Value(2));
}

TEST_CASE("values of every kind can be swapped, whatever their columns hold otherwise") {
  test::DescribedSession sorts(kSorts);
  const auto values = [](bool yes) {
    const std::string digit = yes ? "1" : "0";
    return std::vector<std::pair<const char*, Value>>{
        {"yes", yes}, {"letter", digit}, {"data", digit}, {"raw", Bytes{digit}}, {"small", yes}};
  };
  const auto set = [&](Record& record, bool yes) {
    for (const auto& [column, value] : values(yes)) record.set(column, value);
  };
  Record& a = sorts.add("Sort", {});
  Record& b = sorts.add("Sort", {});
  for (const bool yes : {true, false, true}) {
    set(a, yes);
    set(b, !yes);
    sorts.session.commit();
    for (const auto& [column, value] : values(yes)) CHECK(a.get(column) == value);
    for (const auto& [column, value] : values(!yes)) CHECK(b.get(column) == value);
  }
  // Only what is put aside for a while is not checked.
  CHECK(caught([&] { sorts.session.sql("UPDATE sort SET small = 9 WHERE small = 0"); }).code ==
        Code::check);
}

TEST_CASE("half of what is unique together is no reason to move anything out of the way") {
  Words words;
  Record& a = words.word("tea", "en", 1);
  Record& b = words.word("the", "fr", 2);
  words.session.commit();
  a.set("name", "herbs");
  b.set("name", "tea");
  words.statements.clear();
  words.session.commit();
  CHECK(words.updates() == 2);
}

TEST_CASE("a circle of three is broken, in numbers and in values that may be null") {
  for (const char* column : {"rank", "nick"}) {
    Words words;
    std::vector<Record*> three;
    for (int i = 0; i < 3; ++i) three.push_back(&words.word("w", std::to_string(i).c_str(), i));
    const auto value = [&](int i) {
      return column == std::string("rank") ? Value(i % 3) : Value(std::to_string(i % 3));
    };
    for (int i = 0; i < 3; ++i) three[static_cast<std::size_t>(i)]->set(column, value(i));
    words.session.commit();
    for (int i = 0; i < 3; ++i) three[static_cast<std::size_t>(i)]->set(column, value(i + 1));
    words.session.commit();
    for (int i = 0; i < 3; ++i) {
      CHECK(three[static_cast<std::size_t>(i)]->get(column) == value(i + 1));
    }
  }
}

TEST_CASE("only what stands in the way is moved, and only where something is given up") {
  Words words;
  Record& a = words.word("tea", "en", 1);
  words.session.commit();
  a.set("rank", 5);
  words.word("the", "fr", 2);
  words.statements.clear();
  words.session.commit();
  CHECK(words.updates() == 1);
  a.set("rank", 6);
  words.word("te", "es", 5);
  words.statements.clear();
  words.session.commit();
  CHECK(words.updates() == 2);
}

TEST_CASE("a delete goes first where its value is taken, unless a row has to leave before") {
  test::ShopSession shop;
  Category tea = shop.category("Tea");
  Category boots = shop.category("Boots");
  Product leaf = shop.product("Leaf", boots);
  shop.session.commit();
  CHECK(leaf.category == boots);
  const Session::NoAutoflush pause(shop.session);
  leaf.category = nullptr;
  shop.session.remove(tea);
  shop.category("Tea");
  shop.take_writes();
  shop.session.commit();
  auto writes = shop.take_writes();
  REQUIRE(writes.size() == 3);
  CHECK(writes[0].rfind("DELETE FROM \"category\"", 0) == 0);
  leaf.category = boots;
  shop.session.commit();
  CHECK(boots.products.size() == 1);
  leaf.category = nullptr;
  shop.session.remove(boots);
  shop.category("Boots");
  shop.take_writes();
  shop.session.commit();
  writes = shop.take_writes();
  REQUIRE(writes.size() == 4);
  CHECK(writes[0].rfind("UPDATE \"category\"", 0) == 0);
  CHECK(shop.rows("product") == 1);
  CHECK(shop.rows("category") == 2);
}

TEST_CASE(
    "what cannot be moved out of the way is a unique value taken twice, and nothing is lost") {
  test::DescribedSession hotel(kBare);
  hotel.add("Room", {{"id", 1}});
  hotel.add("Room", {{"id", 2}});
  Record& a = hotel.add("Guest", {{"id", 1}, {"room_id", 1}});
  Record& b = hotel.add("Guest", {{"id", 2}, {"room_id", 2}});
  hotel.session.commit();
  a.set("room_id", 2);
  b.set("room_id", 1);
  CHECK(caught([&] { hotel.session.flush(); }).code == Code::unique);
  CHECK(hotel.session.dirty().size() == 2);
}

TEST_CASE("real numbers, and numbers that a CHECK keeps from below, can be swapped") {
  test::DescribedSession list(R"({"models": [{"name": "Line", "table": "line", "columns": [
    {"name": "id", "type": "integer", "primary_key": true},
    {"name": "place", "type": "integer", "not_null": true, "unique": true, "check": "place >= 0"},
    {"name": "weight", "type": "real", "not_null": true, "unique": true}]}]})");
  std::vector<Record*> lines;
  for (const int i : {0, 1, 2}) {
    lines.push_back(&list.add("Line", {{"id", i}, {"place", i}, {"weight", i + 0.5}}));
  }
  list.session.commit();
  for (const int i : {0, 1, 2}) {
    lines[static_cast<std::size_t>(i)]->set("place", (i + 1) % 3);
    lines[static_cast<std::size_t>(i)]->set("weight", (i + 1) % 3 + 0.5);
  }
  list.session.commit();
  CHECK(list.rows("line WHERE place = (id + 1) % 3 AND weight = place + 0.5") == 3);
}

}  // namespace vitrine::session_unique_test
