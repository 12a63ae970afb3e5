// Declared classes: what a program may say of models of its own, and the mistakes in it that the
// registry finds before anything is stored.
#include <doctest/doctest.h>

#include <functional>

#include "orm/session/typed_query.h"
#include "support/caught.h"

namespace vitrine::session_declared_test {

using declare::Base, declare::ForeignKey, declare::backref, declare::default_value;

namespace {

struct Kid;

struct Parent : Base<Parent> {
  static constexpr const char* tablename = "parent";
  declare::Column<declare::Integer> id = {this, "id", declare::primary_key};
  declare::Collection<Kid> kids = {this, "kids"};
};

struct Kid : Base<Kid> {
  static constexpr const char* tablename = "kid";
  declare::Column<declare::Integer> id = {this, "id", declare::primary_key};
  declare::Column<declare::Integer> parent_id = {this, "parent_id", ForeignKey("parent.id")};
  declare::Relationship<Parent> parent = {this, "parent", backref("kids")};
};

struct Toy : Base<Toy> {
  static constexpr const char* tablename = "toy";
  declare::Column<declare::Integer> id = {this, "id", declare::primary_key};
  declare::Column<declare::Integer> wheels = {this, "wheels", default_value(0)};
  declare::Column<declare::Real> price = {this, "price", default_value(2.5)};
  declare::Column<declare::Boolean> loud = {this, "loud", default_value(true)};
  declare::Column<declare::String> size = {this, "size", declare::String(1), default_value("s")};
  declare::Column<declare::DateTime> made = {this, "made",
                                             default_value("2026-11-22T09:30:00.000Z")};
  declare::Column<declare::Json> parts = {this, "parts", default_value("[]")};
};

std::string messages(const Registry& registry) {
  std::string text;
  for (const Issue& issue : registry.validate()) text += issue.message + "\n";
  return text;
}

// What the registry says of a parent and a kid whose relation was changed.
std::string mistake(const std::function<void(Relationship&)>& change) {
  Registry registry;
  declare::declare<Parent>(registry);
  change(declare::declare<Kid>(registry).relationships.front());
  return messages(registry);
}

// What it says of a toy with this default in that column.
std::string mistake(const char* column, Value value) {
  Registry registry;
  Model& toy = declare::declare<Toy>(registry);
  toy.columns[toy.column_index(column)].client_default.value = std::move(value);
  return messages(registry);
}

}  // namespace

TEST_CASE("a collection that no relation makes is a mistake of its class") {
  CHECK(mistake([](Relationship&) {}) == "");
  CHECK(
      mistake([](Relationship& parent) { parent.backref->name = "children"; }) ==
      "Parent.kids: it is a collection that no relation makes; give a relation of Kid the backref "
      "\"kids\", or correct the name.\n");
  CHECK(mistake([](Relationship& parent) {
          parent.backref.reset();
        }).starts_with("Parent.kids: it is a collection that no relation makes"));
}

TEST_CASE("a collection holds what its relation leads to") {
  Registry registry;
  declare::declare<Parent>(registry).collections.front().target = "Toy";
  declare::declare<Kid>(registry);
  declare::declare<Toy>(registry);
  CHECK(messages(registry) ==
        "Parent.kids: it is a collection of Toy, but the relation leads to Kid; make both the "
        "same.\n");
  CHECK(mistake([](Relationship& parent) { parent.backref->options.uselist = false; }) ==
        "Parent.kids: it is a collection, but the relation of this name holds one object; make it "
        "uselist, or drop the collection.\n");
}

TEST_CASE("a collection of a class that was not declared is a mistake") {
  Registry registry;
  declare::declare<Parent>(registry);
  CHECK(messages(registry) ==
        "Parent.kids: it is a collection of Kid, but there is no such model; declare the model, or "
        "correct the collection.\n");
}

TEST_CASE("a default is a number, a fraction, true, false or text") {
  Registry registry;
  declare::declare<Toy>(registry);
  CHECK(messages(registry) == "");
  const auto value = [&](const char* column) {
    const Model& toy = registry.model("Toy");
    return toy.columns[toy.column_index(column)].client_default.value;
  };
  CHECK(value("wheels") == Value(0));
  CHECK(value("price") == Value(2.5));
  CHECK(value("loud") == Value(1));
  CHECK(value("size") == Value("s"));
}

TEST_CASE("a default that no object could be stored with is a mistake") {
  CHECK(mistake("loud", 5) ==
        "Toy.loud: its default 5 is not of type boolean; change the default or the type.\n");
  CHECK(mistake("size", "xl") ==
        "Toy.size: its default 'xl' is not of type string(1); change the default or the type.\n");
  CHECK(mistake("made", "yesterday") ==
        "Toy.made: its default 'yesterday' is not of type datetime; change the default or the "
        "type.\n");
  CHECK(mistake("parts", "[") ==
        "Toy.parts: its default '[' is not of type json; change the default or the type.\n");
}

TEST_CASE("a registry that is not resolved, or twice, is refused before anything is asked of it") {
  Registry registry;
  declare::declare<Toy>(registry);
  Connection connection = Connection::open(":memory:");
  CHECK(testing::caught([&] { Session(connection, registry); }).message ==
        "The registry is not resolved: call resolve() when all models are declared.");
  registry.resolve();
  CHECK(testing::caught([&] { registry.resolve(); }).message ==
        "The registry is resolved already: call resolve() once.");
}

TEST_CASE("a member that a collection has not is an error of ours") {
  Registry registry;
  declare::declare<Parent>(registry);
  declare::declare<Kid>(registry);
  registry.resolve();
  Connection connection = Connection::open(":memory:");
  Session session(connection, registry);
  const Parent parent = session.make<Parent>();
  const Failure failure = testing::caught([&] { parent.kids[0]; });
  CHECK(failure.code == Code::validation);
  CHECK(failure.message == "Parent.kids of <Parent NULL>: there is no member 0 of 0");
}

TEST_CASE("no table takes the name of what a catalog has, or of the table of its history") {
  const auto named = [](const char* table) {
    Registry registry;
    declare::declare<Toy>(registry).table = table;
    return messages(registry);
  };
  CHECK(named("backups") == "Toy: table \"backups\" is the name of a method; rename it.\n");
  CHECK(named("Vitrine_History") ==
        "Toy: table \"Vitrine_History\" holds the steps of undo; rename it.\n");
}

}  // namespace vitrine::session_declared_test
