// Orphans: objects that their parent owns and that were taken from it.
#include <doctest/doctest.h>

#include "session/described_session.h"
#include "session/shop_session.h"
#include "support/caught.h"

namespace vitrine::session_orphans_test {

namespace {

constexpr const char* kFamily = R"({"models": [
  {"name": "Parent", "table": "parent", "columns": [
    {"name": "id", "type": "integer", "primary_key": true, "autoincrement": true}],
   "relationships": [{"name": "kids", "target": "Kid", "direction": "one_to_many",
     "cascade": "all, delete-orphan", "back_populates": "parent"}]},
  {"name": "Kid", "table": "kid", "columns": [
    {"name": "id", "type": "integer", "primary_key": true, "autoincrement": true},
    {"name": "name", "type": "text", "unique": true},
    {"name": "parent_id", "type": "integer", "foreign_key": {"table": "parent", "column": "id"}}],
   "relationships": [{"name": "parent", "target": "Parent", "direction": "many_to_one",
     "back_populates": "kids"}]}]})";

struct Family : test::DescribedSession {
  Family() : DescribedSession(kFamily), kids(relation("Parent", "kids")) {
    parent.append(kids, &kid);
    session.add(parent);
    session.commit();
  }
  Record& make_kid(const char* name) {
    Record& made = session.make(model("Kid"));
    made.set("name", name);
    return made;
  }
  std::int64_t count() {
    Select select;
    select.model = &model("Kid");
    return session.count(select);
  }

  const Relationship& kids;
  Record& parent = session.make(model("Parent"));
  Record& other = add("Parent", {});
  Record& kid = make_kid("kid");
};

}  // namespace

TEST_CASE("an orphan is deleted by a flush, whichever way it was taken from its parent") {
  for (const int way : {0, 1, 2, 3}) {
    Family family;
    if (way == 0) family.parent.remove(family.kids, &family.kid);
    if (way == 1) family.kid.relate(family.relation("Kid", "parent"), nullptr);
    if (way == 2) family.kid.set("parent_id", nullptr);
    if (way == 3) family.parent.replace(family.kids, {});
    family.session.commit();
    CHECK(family.rows("kid") == 0);
  }
}

TEST_CASE("a read between taking a child away and giving it to another parent loses nothing") {
  Family family;
  family.parent.remove(family.kids, &family.kid);
  CHECK(family.count() == 1);
  CHECK(family.parent.members(family.kids).empty());
  family.session.verify();
  family.other.append(family.kids, &family.kid);
  family.session.commit();
  CHECK(family.rows("kid") == 1);
  CHECK(family.kid.get("parent_id") == family.other.get("id"));
}

TEST_CASE("an orphan that nobody takes goes with the next flush that is asked for") {
  Family family;
  family.parent.remove(family.kids, &family.kid);
  CHECK(family.count() == 1);
  CHECK(family.count() == 1);
  family.session.flush();
  CHECK(family.kid.state() == ObjectState::deleted);
  CHECK(family.count() == 0);
}

TEST_CASE("an orphan whose unique value another object takes does not wait") {
  Family family;
  family.parent.replace(family.kids, {&family.make_kid("kid")});
  CHECK(family.count() == 1);
  CHECK(family.kid.state() == ObjectState::deleted);
}

TEST_CASE("an orphan does not wait when its former parent is deleted with it") {
  Family family;
  family.parent.remove(family.kids, &family.kid);
  family.session.remove(family.parent);
  CHECK(family.count() == 0);
  family.session.commit();
  CHECK(family.rows("parent") == 1);
}

TEST_CASE("a failed flush marks no orphan: it may still find another parent") {
  Family family;
  family.parent.remove(family.kids, &family.kid);
  Record& wrong = family.add("Kid", {{"id", 1}, {"name", "other"}});
  wrong.set("parent_id", 99);
  CHECK_THROWS_AS(family.session.flush(), Error);
  CHECK(family.session.deleted().empty());
  family.session.verify();
  family.other.append(family.kids, &family.kid);
  family.session.expunge(wrong);
  family.session.commit();
  CHECK(family.count() == 1);
  CHECK(family.kid.state() == ObjectState::persistent);
}

TEST_CASE("a failed flush puts back what a deleted parent would have lost") {
  Family family;
  Record& pending = family.make_kid("pending");
  family.parent.append(family.kids, &pending);
  const Session::NoAutoflush pause(family.session);
  family.parent.remove(family.kids, &family.kid);
  Record& wrong = family.add("Kid", {{"name", "pending"}});
  CHECK_THROWS_AS(family.session.flush(), Error);
  CHECK(pending.state() == ObjectState::pending);
  CHECK(wrong.state() == ObjectState::pending);
  wrong.set("name", "right");
  family.session.commit();
  CHECK(family.count() == 2);
}

TEST_CASE("what never had a parent is no orphan, whichever way it is told so") {
  for (const int way : {0, 1, 2}) {
    Family family;
    Record& free = family.add("Kid", {{"name", "free"}});
    family.session.commit();
    if (way == 0) free.relate(family.relation("Kid", "parent"), nullptr);
    if (way == 1) free.set("parent_id", nullptr);
    if (way == 2) family.session.expire(free), free.set("parent_id", nullptr);
    free.set("name", "still free");
    family.session.commit();
    CHECK(family.rows("kid WHERE name = 'still free'") == 1);
  }
}

TEST_CASE("what is taken from its parent unsaved leaves with what is below it") {
  test::DescribedSession yard(R"({"models": [
    {"name": "Yard", "table": "yard", "columns": [
      {"name": "id", "type": "integer", "primary_key": true}]},
    {"name": "Tree", "table": "tree", "columns": [
      {"name": "id", "type": "integer", "primary_key": true},
      {"name": "yard_id", "type": "integer", "foreign_key": {"table": "yard", "column": "id"}}],
     "relationships": [{"name": "yard", "target": "Yard", "direction": "many_to_one",
       "backref": {"name": "trees", "cascade": "all, delete-orphan"}}]},
    {"name": "Nest", "table": "nest", "columns": [
      {"name": "id", "type": "integer", "primary_key": true},
      {"name": "tree_id", "type": "integer", "foreign_key": {"table": "tree", "column": "id"}}],
     "relationships": [{"name": "tree", "target": "Tree", "direction": "many_to_one",
       "backref": {"name": "nests", "cascade": "all"}}]}]})");
  Record& garden = yard.add("Yard", {});
  Record& oak = yard.session.make(yard.model("Tree"));
  Record& nest = yard.session.make(yard.model("Nest"));
  oak.append(yard.relation("Tree", "nests"), &nest);
  garden.append(yard.relation("Yard", "trees"), &oak);
  garden.remove(yard.relation("Yard", "trees"), &oak);
  CHECK(nest.state() == ObjectState::transient);
  yard.session.commit();
  CHECK(yard.rows("nest") == 0);
  garden.append(yard.relation("Yard", "trees"), &oak);
  yard.session.commit();
  CHECK(yard.rows("nest WHERE tree_id IS NOT NULL") == 1);
}

}  // namespace vitrine::session_orphans_test
