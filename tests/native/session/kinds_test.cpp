// Collections of a kind, relations for reading only, and validators: what a description may ask of
// a model, seen from the session.
#include <doctest/doctest.h>

#include "session/described_session.h"
#include "support/caught.h"

namespace vitrine::session_kinds_test {

using testing::caught;

namespace {

constexpr const char* kBoxes = R"({"models": [
  {"name": "Box", "table": "box", "columns": [
    {"name": "id", "type": "integer", "primary_key": true, "autoincrement": true}],
   "relationships": [
    {"name": "notes", "target": "Note", "direction": "one_to_many",
     "cascade": "all, delete-orphan", "collection": "keyed", "key_column": "key",
     "back_populates": "box"},
    {"name": "marks", "target": "Mark", "direction": "one_to_many", "collection": "set",
     "back_populates": "box"},
    {"name": "links", "target": "Mark", "direction": "many_to_many", "secondary": "box_mark"},
    {"name": "heavy", "target": "Mark", "direction": "one_to_many", "viewonly": true,
     "cascade": "merge", "conditions": [{"column": "weight", "op": "ge", "value": 10}]}]},
  {"name": "BoxMark", "table": "box_mark", "link_table": true, "columns": [
    {"name": "box_id", "type": "integer", "primary_key": true,
     "foreign_key": {"table": "box", "column": "id"}},
    {"name": "mark_id", "type": "integer", "primary_key": true,
     "foreign_key": {"table": "mark", "column": "id"}}]},
  {"name": "Note", "table": "note", "columns": [
    {"name": "id", "type": "integer", "primary_key": true, "autoincrement": true},
    {"name": "key", "type": "text"},
    {"name": "box_id", "type": "integer", "foreign_key": {"table": "box", "column": "id"}}],
   "relationships": [{"name": "box", "target": "Box", "direction": "many_to_one",
     "back_populates": "notes"}]},
  {"name": "Mark", "table": "mark", "columns": [
    {"name": "id", "type": "integer", "primary_key": true, "autoincrement": true},
    {"name": "weight", "type": "integer", "validate": {"ge": 0}, "default": 1},
    {"name": "box_id", "type": "integer", "foreign_key": {"table": "box", "column": "id"}}],
   "relationships": [{"name": "box", "target": "Box", "direction": "many_to_one",
     "back_populates": "marks"}]}]})";

struct Boxes : test::DescribedSession {
  Boxes() : DescribedSession(kBoxes) {}
  const Relationship& of_box(const char* name) const { return relation("Box", name); }

  Record& box = add("Box", {});
};

}  // namespace

TEST_CASE("a keyed collection gives its member by key, and a second one replaces the first") {
  Boxes boxes;
  const Relationship& notes = boxes.of_box("notes");
  Record& first = boxes.session.make(boxes.model("Note"));
  Record& second = boxes.session.make(boxes.model("Note"));
  boxes.box.put_key(notes, "a", &first);
  CHECK(first.get("key") == Value("a"));
  CHECK(boxes.box.at_key(notes, "a") == &first);
  CHECK(boxes.box.at_key(notes, "b") == nullptr);
  boxes.session.commit();
  boxes.box.put_key(notes, "a", &first);
  CHECK(boxes.box.members(notes).size() == 1);
  boxes.box.put_key(notes, "a", &second);
  CHECK(boxes.box.at_key(notes, "a") == &second);
  boxes.session.commit();
  CHECK(boxes.rows("note") == 1);
  boxes.box.remove_key(notes, "a");
  boxes.session.commit();
  CHECK(boxes.rows("note") == 0);
  CHECK(caught([&] { boxes.box.remove_key(notes, "a"); }).reason == "not_a_member");
  CHECK(caught([&] { boxes.box.put_key(notes, "a", nullptr); }).reason == "null_in_collection");
}

TEST_CASE("a set holds each member once, whichever side it is added from") {
  Boxes boxes;
  const Relationship& marks = boxes.of_box("marks");
  Record& mark = boxes.session.make(boxes.model("Mark"));
  boxes.box.append(marks, &mark);
  boxes.box.append(marks, &mark);
  mark.relate(boxes.relation("Mark", "box"), &boxes.box);
  CHECK(boxes.box.members(marks).size() == 1);
  boxes.session.commit();
  CHECK(boxes.rows("mark") == 1);
}

TEST_CASE("links that only one side knows are written, and taken away again") {
  Boxes boxes;
  const Relationship& links = boxes.of_box("links");
  Record& mark = boxes.add("Mark", {});
  boxes.session.commit();
  boxes.box.append(links, &mark);
  boxes.session.verify();
  boxes.session.commit();
  CHECK(boxes.rows("box_mark") == 1);
  CHECK(boxes.box.members(links) == std::vector<Record*>{&mark});
  boxes.session.verify();
  boxes.box.remove(links, &mark);
  boxes.session.commit();
  CHECK(boxes.rows("box_mark") == 0);
  CHECK(boxes.rows("mark") == 1);
}

TEST_CASE("a relation for reading only has what its condition says, and takes nothing") {
  Boxes boxes;
  Record& light = boxes.add("Mark", {{"weight", 9}});
  Record& heavy = boxes.add("Mark", {{"weight", 10}});
  boxes.box.replace(boxes.of_box("marks"), {&light, &heavy});
  boxes.session.commit();
  CHECK(boxes.box.members(boxes.of_box("heavy")) == std::vector<Record*>{&heavy});
  CHECK(caught([&] { boxes.box.append(boxes.of_box("heavy"), &light); }).reason ==
        "invalid_argument");
  boxes.session.remove(boxes.box);
  boxes.session.commit();
  CHECK(boxes.rows("mark WHERE box_id IS NULL") == 2);
}

TEST_CASE("a validator refuses a value where it is assigned, and the old one stays") {
  Boxes boxes;
  Record& mark = boxes.add("Mark", {{"weight", 5}});
  const Failure failure = caught([&] { mark.set("weight", -1); });
  CHECK(failure.code == Code::validation);
  CHECK(failure.reason == "invalid_value");
  CHECK(mark.get("weight") == Value(5));
  boxes.session.commit();
  CHECK(caught([&] { mark.set("weight", -1); }).reason == "invalid_value");
  CHECK(boxes.session.dirty().empty());
}

TEST_CASE("what was given no value gets the default of its column when it is written") {
  Boxes boxes;
  Record& mark = boxes.add("Mark", {});
  CHECK(mark.get("weight").is_null());
  boxes.session.flush();
  CHECK(mark.get("weight") == Value(1));
  CHECK(boxes.rows("mark WHERE weight = 1") == 1);
}

}  // namespace vitrine::session_kinds_test
