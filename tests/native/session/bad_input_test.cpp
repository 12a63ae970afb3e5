// Bad input: one clear error each, and nothing lost. Each story says what was wrong, that the error
// names the object, and that the session goes on with what it had.
#include <doctest/doctest.h>

#include "session/described_session.h"
#include "session/shop_session.h"
#include "support/caught.h"

namespace vitrine::session_bad_input_test {

using namespace vitrine::catalog;
using testing::caught;

namespace {

// A category with one product, stored, and a change that waits for its flush: after each mistake
// all of it must still be there.
struct Stocked : test::ShopSession {
  Stocked() {
    session.commit();
    leaf.description = "waiting";
  }
  // The failure of `mistake`, after which nothing is lost.
  template <class Mistake>
  Failure refused(Mistake mistake) {
    const Failure failure = caught(mistake);
    session.verify();
    CHECK(leaf.description.value() == "waiting");
    CHECK(tea.products.size() == 1);
    session.commit();
    CHECK(rows("product WHERE description = 'waiting'") == 1);
    CHECK(!failure.message.empty());
    return failure;
  }
  const vitrine::Relationship& products() {
    return registry.model("category").relationship("products");
  }
  const vitrine::Relationship& category_of() {
    return registry.model("product").relationship("category");
  }

  Category tea = category("Tea");
  Product leaf = product("Leaf", tea);
};

constexpr const char* kRing = R"({"models": [
  {"name": "A", "table": "a", "columns": [
    {"name": "id", "type": "integer", "primary_key": true, "autoincrement": true},
    {"name": "b_id", "type": "integer", "foreign_key": {"table": "b", "column": "id"}}],
   "relationships": [{"name": "b", "target": "B", "direction": "many_to_one"}]},
  {"name": "B", "table": "b", "columns": [
    {"name": "id", "type": "integer", "primary_key": true, "autoincrement": true},
    {"name": "a_id", "type": "integer", "foreign_key": {"table": "a", "column": "id"}}],
   "relationships": [{"name": "a", "target": "A", "direction": "many_to_one"}]}]})";

}  // namespace

TEST_CASE("an object of the wrong model is refused, from either side") {
  Stocked shop;
  auto unit = shop.session.make<UOM>();
  unit.name = "pair";
  Record& record = unit.record();
  const auto append = [&] { shop.tea.record().append(shop.products(), &record); };
  const auto relate = [&] { shop.leaf.record().relate(shop.category_of(), &record); };
  const auto replace = [&] { shop.tea.record().replace(shop.products(), {&record}); };
  CHECK(shop.refused(append).reason == "wrong_type");
  CHECK(caught(relate).reason == "wrong_type");
  CHECK(caught(relate).message.find("expected a Category") != std::string::npos);
  CHECK(caught(replace).reason == "wrong_type");
}

TEST_CASE("one object is asked of a relation to one, several of a relation to many") {
  Stocked shop;
  CHECK(shop.refused([&] { shop.leaf.record().members(shop.category_of()); }).reason ==
        "wrong_type");
  CHECK(caught([&] { shop.tea.record().related(shop.products()); }).reason == "wrong_type");
}

TEST_CASE("an attribute that the model has not is refused, with those that it has") {
  Stocked shop;
  const Failure failure = shop.refused([&] { shop.leaf.record().set("colour", "red"); });
  CHECK(failure.reason == "unknown_attribute");
  CHECK(failure.message.find("description") != std::string::npos);
  CHECK(caught([&] { shop.leaf.record().get("colour"); }).reason == "unknown_attribute");
  CHECK(caught([&] { shop.session.expire(shop.tea.record(), {"colour"}); }).reason ==
        "unknown_attribute");
}

TEST_CASE("new rows that wait for each other are refused as a cycle, and can be saved apart") {
  test::DescribedSession shop(kRing);
  Record& a = shop.session.make(shop.model("A"));
  Record& b = shop.session.make(shop.model("B"));
  a.relate(shop.relation("A", "b"), &b);
  b.relate(shop.relation("B", "a"), &a);
  shop.session.add(a);
  const Failure failure = caught([&] { shop.session.flush(); });
  CHECK(failure.code == Code::cycle);
  CHECK(failure.reason == "circular_dependency");
  b.relate(shop.relation("B", "a"), nullptr);
  shop.session.flush();
  b.relate(shop.relation("B", "a"), &a);
  shop.session.commit();
  CHECK(b.get("a_id") == a.get("id"));
}

TEST_CASE("an object of another session is refused wherever it is handed in") {
  Stocked shop;
  Session other(shop.connection, shop.registry, {}, nullptr);
  Record& stranger = other.make(shop.registry.model("product"));
  stranger.set("name", "Other");
  other.add(stranger);
  const auto add = [&] { shop.session.add(stranger); };
  const auto append = [&] { shop.tea.record().append(shop.products(), &stranger); };
  const auto remove = [&] { shop.session.remove(stranger); };
  CHECK(caught(add).reason == "other_session");
  CHECK(caught(append).reason == "other_session");
  CHECK(caught(remove).reason == "not_persisted");
  stranger.set_life(ObjectState::persistent, &other);
  CHECK(caught(remove).reason == "other_session");
  CHECK(caught([&] { shop.session.expunge(stranger); }).reason == "invalid_request");
  CHECK(caught([&] { shop.session.expire(stranger); }).reason == "not_persisted");
  stranger.set_life(ObjectState::pending, &other);
}

TEST_CASE("what is not in a collection cannot be taken from it") {
  Stocked shop;
  Product alone = shop.product("Alone", shop.category("Boots"));
  const auto remove = [&] { shop.tea.record().remove(shop.products(), &alone.record()); };
  const Failure failure = shop.refused(remove);
  CHECK(failure.reason == "not_a_member");
  CHECK(failure.message.find("Alone") != std::string::npos);
}

TEST_CASE("null is no member, whatever is done with the collection") {
  Stocked shop;
  Record& tea = shop.tea.record();
  CHECK(shop.refused([&] { tea.append(shop.products(), nullptr); }).reason == "null_in_collection");
  CHECK(caught([&] { tea.insert(shop.products(), 0, nullptr); }).reason == "null_in_collection");
  CHECK(caught([&] { tea.remove(shop.products(), nullptr); }).reason == "null_in_collection");
  CHECK(caught([&] { tea.replace(shop.products(), {nullptr}); }).reason == "null_in_collection");
  CHECK(tea.members(shop.products()).size() == 1);
}

TEST_CASE("text with a lone surrogate is refused where it is assigned") {
  Stocked shop;
  const Failure failure = shop.refused([&] { shop.leaf.name = "a\xED\xA0\xBD"; });
  CHECK(failure.reason == "encoding");
  CHECK(failure.fields == std::vector<std::string>{"name"});
}

TEST_CASE("a value of the wrong type is refused by the flush, which names its column") {
  const std::pair<const char*, Value> wrong[] = {
      {"name", 7}, {"category_id", "one"}, {"category_id", 1.5}};
  for (const auto& [column, value] : wrong) {
    Stocked shop;
    shop.leaf.record().set(column, value);
    const Failure failure = caught([&] { shop.session.flush(); });
    CHECK(failure.reason == "type_mismatch");
    CHECK(failure.fields == std::vector<std::string>{column});
    shop.leaf.record().set(column, column == std::string("name") ? Value("Leaf") : Value(1));
    shop.session.commit();
    CHECK(shop.leaf.description.value() == "waiting");
  }
}

TEST_CASE("an integer beyond 53 bits is kept, and one beyond 64 cannot be asked for") {
  Stocked shop;
  Category big = shop.category("Big");
  big.id = INT64_MAX;
  shop.session.commit();
  CHECK(big.id.value() == INT64_MAX);
  // There is no key after that one.
  shop.category("Next");
  CHECK(caught([&] { shop.session.flush(); }).code == Code::full);
}

TEST_CASE("an object that has gone is refused: deleted, or never saved") {
  Stocked shop;
  Category boots = shop.category("Boots");
  const auto never = shop.session.make<Category>();
  CHECK(shop.refused([&] { shop.session.remove(never); }).reason == "not_persisted");
  CHECK(caught([&] { shop.session.refresh(never.record()); }).reason == "not_persisted");
  shop.session.remove(boots);
  shop.session.flush();
  Record& gone = boots.record();
  CHECK(caught([&] { shop.session.add(gone); }).reason == "object_deleted");
  CHECK(caught([&] { shop.leaf.category = boots; }).reason == "object_deleted");
  CHECK(caught([&] { gone.append(shop.products(), &shop.leaf.record()); }).reason ==
        "object_deleted");
}

TEST_CASE("a row that somebody else deleted cannot be refreshed, nor silently updated") {
  Stocked shop;
  shop.session.commit();
  shop.session.sql("DELETE FROM product");
  CHECK(caught([&] { shop.session.refresh(shop.leaf.record()); }).reason == "object_deleted");
  shop.leaf.name = "Lost";
  const Failure failure = caught([&] { shop.session.flush(); });
  CHECK(failure.code == Code::stale);
  CHECK(failure.reason == "stale_data");
}

TEST_CASE("savepoints that are not there cannot end") {
  Stocked shop;
  CHECK(shop.refused([&] { shop.session.release_savepoint(); }).code == Code::state);
  CHECK(caught([&] { shop.session.rollback_savepoint(); }).code == Code::state);
}

TEST_CASE("a request for one object refuses several, and none") {
  Stocked shop;
  shop.category("Boots");
  Select select;
  select.model = &shop.registry.model("category");
  CHECK(shop.refused([&] { shop.session.one(select); }).reason == "multiple_found");
  CHECK(caught([&] { shop.session.one_or_none(select); }).reason == "multiple_found");
  select.limit = 0;
  CHECK(caught([&] { shop.session.one(select); }).reason == "not_found");
  CHECK(shop.session.one_or_none(select) == nullptr);
  select.limit = 1;
  CHECK(&shop.session.one(select) == &shop.tea.record());
}

TEST_CASE("a second object of one key cannot be attached beside the first") {
  Stocked shop;
  Category first = shop.tea;
  shop.session.flush();
  shop.session.expunge(first.record());
  Record& second = shop.session.require(shop.registry.model("category"), {1});
  const Failure failure = caught([&] { shop.session.add(first); });
  CHECK(failure.reason == "invalid_request");
  shop.session.expunge(second);
  shop.session.add(first);
  CHECK(shop.session.find_loaded(second.model(), second.key()) == &first.record());
}

TEST_CASE("a parent that its children cannot do without is not deleted") {
  test::DescribedSession shop(R"({"models": [
    {"name": "Owner", "table": "owner", "columns": [
      {"name": "id", "type": "integer", "primary_key": true, "autoincrement": true}],
     "relationships": [{"name": "shots", "target": "Shot", "direction": "one_to_many",
       "back_populates": "owner"}]},
    {"name": "Shot", "table": "shot", "columns": [
      {"name": "owner_id", "type": "integer", "primary_key": true,
       "foreign_key": {"table": "owner", "column": "id"}},
      {"name": "width", "type": "integer", "primary_key": true}],
     "relationships": [{"name": "owner", "target": "Owner", "direction": "many_to_one",
       "back_populates": "shots"}]}]})");
  Record& owner = shop.add("Owner", {});
  Record& shot = shop.add("Shot", {{"width", 10}});
  shot.relate(shop.relation("Shot", "owner"), &owner);
  shop.session.commit();
  shop.session.remove(owner);
  CHECK(caught([&] { shop.session.flush(); }).reason == "blank_primary_key");
  shop.session.rollback();
  CHECK(shop.rows("shot") == 1);
  CHECK(shot.related(shop.relation("Shot", "owner")) == &owner);
}

}  // namespace vitrine::session_bad_input_test
