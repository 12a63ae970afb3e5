// Relations whose keys are texts: what is loaded with its parents is what refers to them.
#include <doctest/doctest.h>

#include "query/ask.h"
#include "session/described_session.h"
#include "support/caught.h"

namespace vitrine::session_text_keys_test {

using namespace vitrine::testing;

namespace {

constexpr const char* kShelves = R"({"models": [
  {"name": "Shelf", "table": "shelf", "columns": [
    {"name": "code", "type": "text", "primary_key": true}],
   "relationships": [{"name": "things", "target": "Thing", "direction": "one_to_many",
     "back_populates": "shelf"}]},
  {"name": "Thing", "table": "thing", "columns": [
    {"name": "id", "type": "integer", "primary_key": true, "autoincrement": true},
    {"name": "shelf_code", "type": "text", "foreign_key": {"table": "shelf", "column": "code"}}],
   "relationships": [{"name": "shelf", "target": "Shelf", "direction": "many_to_one",
     "back_populates": "things"}]}]})";

const std::string kWithNul("a\0b", 3);

// A shelf of each code with as many things as its place, from 0.
struct Shelves : test::DescribedSession {
  explicit Shelves(const std::vector<Value>& codes, const char* models = kShelves)
      : DescribedSession(models) {
    for (std::size_t place = 0; place < codes.size(); ++place) {
      add("Shelf", {{"code", codes[place]}});
      for (std::size_t thing = 0; thing < place; ++thing) {
        add("Thing", {{"shelf_code", codes[place]}});
      }
    }
    session.commit();
    session.expunge_all();
  }
  Select shelves() {
    Select select = from(registry, "Shelf");
    select.includes = {including("things", from(registry, "Thing"))};
    return select;
  }
  std::size_t things(Record& shelf) { return shelf.members(relation("Shelf", "things")).size(); }
};

}  // namespace

TEST_CASE("one shelf and all of them come with their things") {
  const std::vector<Value> codes = {"a", "10", "1", "Ä", ""};
  Shelves shelves(codes);
  for (std::size_t place = 0; place < codes.size(); ++place) {
    Select select = shelves.shelves();
    select.where = where(Operator::eq, "code", {codes[place]});
    shelves.session.expunge_all();
    CHECK(shelves.things(shelves.session.one(select)) == place);
  }
  Select all = shelves.shelves();
  all.where = where(Operator::ne, "code", {"none"});
  shelves.session.expunge_all();
  std::size_t things = 0;
  for (Record* shelf : shelves.session.all(all)) things += shelves.things(*shelf);
  CHECK(things == 10);
  shelves.session.expunge_all();
  Select select = from(shelves.registry, "Thing");
  select.includes = {including("shelf", from(shelves.registry, "Shelf"))};
  for (Record* thing : shelves.session.all(select)) {
    CHECK(thing->related(shelves.relation("Thing", "shelf"))->get("code") ==
          thing->get("shelf_code"));
  }
}

TEST_CASE("a key may be any number") {
  std::string models = kShelves;
  for (std::size_t at; (at = models.find("\"text\"")) != std::string::npos;) {
    models.replace(at, 6, "\"real\"");
  }
  Shelves shelves({0.1, 2.0, -1e300}, models.c_str());
  std::vector<std::size_t> counts;
  for (Record* shelf : shelves.session.all(shelves.shelves())) {
    counts.push_back(shelves.things(*shelf));
  }
  CHECK(counts == std::vector<std::size_t>{2, 0, 1});
  shelves.session.expunge_all();
  Select select = shelves.shelves();
  select.where = where(Operator::gt, "code", {0.0});
  CHECK(shelves.things(*shelves.session.all(select).back()) == 1);
  select.where = where(Operator::eq, "code", {-1e300});
  CHECK(shelves.things(shelves.session.one(select)) == 2);
}

TEST_CASE("a code with NUL in it finds its things, and is refused among others") {
  Shelves shelves({"a", kWithNul});
  Select select = shelves.shelves();
  select.where = where(Operator::eq, "code", {kWithNul});
  CHECK(shelves.things(shelves.session.one(select)) == 1);
  shelves.session.expunge_all();
  select.where = where(Operator::ne, "code", {"none"});
  CHECK(caught([&] { shelves.session.all(select); }).reason == "nul_in_list");
}

}  // namespace vitrine::session_text_keys_test
