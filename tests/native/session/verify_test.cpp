// verify(): a session that was damaged on purpose, behind the back of everything that keeps it in
// step, is found out. It ends the program, so that each damage is done in a process of its own.
#ifndef __EMSCRIPTEN__
#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "session/shop_session.h"

namespace vitrine::session_verify_test {

using namespace vitrine::catalog;

namespace {

// Whether verify() ends the program after `damage`.
template <class Damage>
bool is_found(test::ShopSession& shop, Damage damage) {
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    std::signal(SIGABRT, SIG_DFL);
    if (!std::freopen("/dev/null", "w", stderr)) _exit(2);
    damage();
    shop.session.verify();
    _exit(0);
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

struct Verified : test::ShopSession {
  Verified() {
    session.flush();
    REQUIRE(tea.products.size() == 1);
  }
  Record::RelationSlot& parent() {
    return leaf.record().slot(registry.model("product").relationship("category"));
  }
  Record::RelationSlot& children() {
    return tea.record().slot(registry.model("category").relationship("products"));
  }

  Category tea = category("Tea");
  Category boots = category("Boots");
  Product leaf = product("Leaf", tea);
};

}  // namespace

TEST_CASE("a session in order is found in order") {
  Verified shop;
  shop.category("Pending");
  shop.leaf.category = shop.boots;
  CHECK(!is_found(shop, [] {}));
}

TEST_CASE("verify finds a relation that its foreign key contradicts") {
  Verified shop;
  const std::size_t column = shop.registry.model("product").column_index("category_id");
  CHECK(is_found(shop, [&] { shop.leaf.record().slot(column).value = 2; }));
  CHECK(is_found(shop, [&] {
    shop.parent().target = &shop.boots.record();
    shop.children().members.clear();
  }));
}

TEST_CASE("verify finds a member that does not know its collection") {
  Verified shop;
  const std::size_t column = shop.registry.model("product").column_index("category_id");
  CHECK(is_found(shop, [&] {
    shop.parent().target = nullptr;
    shop.leaf.record().slot(column).value = nullptr;
  }));
}

TEST_CASE("verify finds an object that does not belong where it is listed") {
  Verified shop;
  Record& leaf = shop.leaf.record();
  CHECK(is_found(shop, [&] { leaf.set_life(ObjectState::persistent, nullptr); }));
  CHECK(is_found(shop, [&] { leaf.set_life(ObjectState::deleted, &shop.session); }));
  CHECK(is_found(shop, [&] { leaf.slot(0).value = 77; }));
  Record& pending = shop.category("Pending").record();
  CHECK(is_found(shop, [&] { pending.set_life(ObjectState::pending, nullptr); }));
  CHECK(is_found(shop, [&] { pending.set_life(ObjectState::transient, &shop.session); }));
}

TEST_CASE("verify finds a change that no flush would write, and one it would write twice") {
  Verified shop;
  Record& leaf = shop.leaf.record();
  CHECK(is_found(shop, [&] {
    leaf.listed_dirty = true;
    leaf.write(shop.registry.model("product").column_index("name"), "Other");
  }));
  Record& pending = shop.category("Pending").record();
  CHECK(is_found(shop, [&] {
    pending.set_life(ObjectState::transient, nullptr);
    shop.session.add(pending);
  }));
}
}  // namespace vitrine::session_verify_test

#endif
