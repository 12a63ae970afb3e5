// Events: when listeners are called, and what they may do.
#include <doctest/doctest.h>

#include "session/shop_session.h"
#include "support/caught.h"

namespace vitrine::session_events_test {

using namespace vitrine::catalog;
using Event = Session::Event;

namespace {

// A shop that notes its events in the order in which they come.
struct Listened : test::ShopSession {
  Listened() {
    const std::pair<Event, const char*> kinds[] = {{Event::before_flush, "before_flush"},
                                                   {Event::after_flush, "after_flush"},
                                                   {Event::after_commit, "after_commit"},
                                                   {Event::after_rollback, "after_rollback"}};
    for (const auto& [kind, name] : kinds) {
      session.on(kind, [this, name = name](Session&) { heard.emplace_back(name); });
    }
  }
  std::vector<std::string> take() { return std::exchange(heard, {}); }

  std::vector<std::string> heard;
};

using Heard = std::vector<std::string>;

}  // namespace

TEST_CASE("a commit is heard after the flush that belongs to it") {
  Listened shop;
  shop.category("Tea");
  shop.session.commit();
  CHECK(shop.take() == Heard{"before_flush", "after_flush", "after_commit"});
}

TEST_CASE("a flush that has nothing to write is not heard afterwards") {
  Listened shop;
  shop.session.flush();
  CHECK(shop.take() == Heard{"before_flush"});
  shop.session.commit();
  CHECK(shop.take() == Heard{"before_flush", "after_commit"});
}

TEST_CASE("a query with nothing to write flushes nothing, and one with something does") {
  Listened shop;
  shop.session.query<Category>().all();
  CHECK(shop.take().empty());
  shop.category("Tea");
  shop.session.query<Category>().all();
  CHECK(shop.take() == Heard{"before_flush", "after_flush"});
}

TEST_CASE("every way of changing something is reason enough for an autoflush") {
  Listened shop;
  Category tea = shop.category("Tea");
  shop.session.query<Category>().count();
  shop.take();
  tea.name = "Herbs";
  CHECK(shop.session.query<Category>().where(declare::column(&Category::name) == "Herbs").count() ==
        1);
  CHECK(shop.take() == Heard{"before_flush", "after_flush"});
  shop.session.remove(tea);
  shop.take();
  CHECK(shop.session.query<Category>().count() == 0);
  CHECK(shop.take() == Heard{"before_flush", "after_flush"});
}

TEST_CASE("a rollback is heard, and one to a savepoint is not") {
  Listened shop;
  shop.session.begin_savepoint();
  shop.session.rollback_savepoint();
  CHECK(shop.take() == Heard{"before_flush"});
  shop.category("Tea");
  shop.session.rollback();
  CHECK(shop.take() == Heard{"after_rollback"});
}

TEST_CASE("a failed flush is not heard afterwards, and the next one is heard again") {
  Listened shop;
  shop.category("Tea");
  shop.session.flush();
  Category again = shop.category("Tea");
  shop.take();
  CHECK_THROWS_AS(shop.session.flush(), Error);
  CHECK(shop.take() == Heard{"before_flush"});
  again.name = "Coffee";
  shop.session.flush();
  CHECK(shop.take() == Heard{"before_flush", "after_flush"});
}

TEST_CASE("what a listener of before_flush changes is written by the same flush") {
  test::ShopSession shop;
  shop.session.on(Event::before_flush, [](Session& session) {
    for (Record* record : session.pending()) {
      if (record->get("description").is_null()) record->set("description", "none");
    }
    // It is within a flush already.
    session.flush();
  });
  auto tea = shop.session.make<Category>();
  tea.name = "Tea";
  shop.session.add(tea);
  shop.session.commit();
  CHECK(shop.rows("category WHERE description = 'none'") == 1);
}

TEST_CASE("what a listener of after_flush changes is in the commit, and is not without end") {
  test::ShopSession shop;
  Category tea = shop.category("Tea");
  int rounds = 3;
  shop.session.on(Event::after_flush, [&](Session&) {
    if (rounds-- > 0) tea.description = std::to_string(rounds);
  });
  shop.session.commit();
  CHECK(tea.description.value() == "0");
  rounds = 1000;
  tea.description = "again";
  CHECK(testing::caught([&] { shop.session.commit(); }).code == Code::state);
  shop.session.rollback();
  CHECK(tea.description.value() == "0");
}

TEST_CASE("listeners are called in the order in which they were added") {
  test::ShopSession shop;
  std::string order;
  shop.session.on(Event::after_commit, [&](Session&) { order += "a"; });
  shop.session.on(Event::after_commit, [&](Session&) { order += "b"; });
  shop.session.commit();
  CHECK(order == "ab");
}

}  // namespace vitrine::session_events_test
