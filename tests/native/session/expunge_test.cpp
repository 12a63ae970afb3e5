// Expunging: objects that leave the session, alone, with those they reach, or all of them.
#include <doctest/doctest.h>

#include "session/shop_session.h"
#include "support/caught.h"

namespace vitrine::session_expunge_test {

using namespace vitrine::catalog;
using testing::caught;

namespace {

struct Expunging : test::ShopSession {
  Expunging() { session.commit(); }
  Category tea = category("Tea");
  Product leaf = product("Leaf", tea);
};

}  // namespace

TEST_CASE("what an expunged object reaches by its cascade goes with it, as far as it is loaded") {
  Expunging shop;
  CHECK(shop.tea.products.size() == 1);
  shop.session.expunge(shop.tea.record());
  CHECK(shop.tea.state() == ObjectState::detached);
  CHECK(shop.leaf.state() == ObjectState::detached);
  CHECK(shop.session.identity_map().size() == 0);
  Expunging unloaded;
  unloaded.session.expunge(unloaded.tea.record());
  CHECK(unloaded.leaf.state() == ObjectState::persistent);
}

TEST_CASE("a child that is expunged leaves its parent in the session") {
  Expunging shop;
  CHECK(shop.leaf.category == shop.tea);
  shop.session.expunge(shop.leaf.record());
  CHECK(shop.tea.state() == ObjectState::persistent);
  CHECK(shop.session.identity_map().size() == 1);
  CHECK(caught([&] { shop.session.expunge(shop.leaf.record()); }).reason == "invalid_request");
}

TEST_CASE("a new object that is expunged is never written") {
  Expunging shop;
  Category fresh = shop.category("Fresh");
  shop.session.expunge(fresh.record());
  CHECK(fresh.state() == ObjectState::transient);
  CHECK(shop.session.pending().empty());
  shop.session.commit();
  CHECK(shop.rows("category") == 1);
}

TEST_CASE("changes of an expunged object wait for it to come back") {
  Expunging shop;
  shop.tea.name = "Herbs";
  shop.session.expunge(shop.tea.record());
  CHECK(shop.session.dirty().empty());
  shop.session.commit();
  CHECK(shop.rows("category WHERE name = 'Tea'") == 1);
  shop.session.add(shop.tea);
  CHECK(shop.session.dirty().size() == 1);
  shop.session.commit();
  CHECK(shop.rows("category WHERE name = 'Herbs'") == 1);
}

TEST_CASE("a mark of deletion ends when its object is expunged") {
  Expunging shop;
  shop.session.remove(shop.tea);
  shop.session.expunge(shop.leaf.record());
  shop.session.expunge(shop.tea.record());
  CHECK(shop.session.deleted().empty());
  shop.session.commit();
  shop.session.add(shop.tea);
  shop.session.add(shop.leaf);
  shop.session.commit();
  CHECK(shop.rows("category") + shop.rows("product") == 2);
  CHECK(shop.tea.name.value() == "Tea");
}

TEST_CASE("expunging all leaves nothing to write, and nothing that belongs to the session") {
  Expunging shop;
  Category fresh = shop.category("Fresh");
  shop.session.flush();
  shop.session.remove(fresh);
  shop.session.flush();
  shop.tea.name = "Herbs";
  shop.session.remove(shop.leaf);
  shop.tea.description = "waiting";
  Category late = shop.category("Late");
  shop.session.expunge_all();
  CHECK(fresh.state() == ObjectState::detached);
  CHECK(late.state() == ObjectState::transient);
  CHECK(shop.leaf.state() == ObjectState::detached);
  CHECK(shop.tea.state() == ObjectState::detached);
  CHECK(shop.session.pending().empty());
  CHECK(shop.session.dirty().empty());
  CHECK(shop.session.deleted().empty());
  CHECK(shop.session.last_written() == nullptr);
  shop.session.commit();
  CHECK(shop.rows("product") == 1);
  CHECK(shop.rows("category WHERE description = 'waiting'") == 0);
  shop.session.add(shop.tea);
  shop.session.commit();
  CHECK(shop.rows("category WHERE description = 'waiting'") == 1);
}

TEST_CASE("deleting a detached object takes it into the session first") {
  Expunging shop;
  shop.session.expunge_all();
  shop.session.remove(shop.leaf);
  shop.session.commit();
  CHECK(shop.rows("product") == 0);
  CHECK(shop.rows("category") == 1);
}

TEST_CASE("an object that was inserted and expunged keeps its key through a rollback") {
  test::ShopSession shop;
  Category tea = shop.category("Tea");
  shop.session.flush();
  shop.session.expunge(tea.record());
  shop.session.rollback();
  CHECK(tea.state() == ObjectState::detached);
  CHECK(tea.id.value() == 1);
}

TEST_CASE("a key that was given stays through a rollback, though a flush failed before") {
  test::ShopSession shop({.autoflush = false});
  Category tea = shop.category("Tea");
  Category same = shop.category("Tea");
  CHECK_THROWS_AS(shop.session.flush(), Error);
  CHECK(tea.id.is_null());
  tea.id = 7;
  same.name = "Herbs";
  shop.session.flush();
  shop.session.rollback();
  CHECK(tea.id.value() == 7);
  CHECK(same.id.is_null());
}

}  // namespace vitrine::session_expunge_test
