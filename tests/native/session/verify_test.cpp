// verify(): a session that was damaged on purpose, behind the back of everything that keeps it in
// step, is found out. It ends the program, so that each damage is done in a process of its own.
#ifndef __EMSCRIPTEN__
#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "query/ask.h"
#include "session/described_session.h"
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

TEST_CASE("a session in which some members were not asked for is found in order") {
  test::DescribedSession shop(R"({"models": [
    {"name": "Article", "table": "article", "columns": [
      {"name": "id", "type": "integer", "primary_key": true}],
     "relationships": [{"name": "tags", "target": "Tag", "direction": "many_to_many",
       "secondary": "article_tag", "back_populates": "articles"}]},
    {"name": "Tag", "table": "tag", "columns": [
      {"name": "id", "type": "integer", "primary_key": true}],
     "relationships": [{"name": "articles", "target": "Article", "direction": "many_to_many",
       "secondary": "article_tag", "back_populates": "tags"}]},
    {"name": "ArticleTag", "table": "article_tag", "link_table": true, "columns": [
      {"name": "article_id", "type": "integer", "primary_key": true,
       "foreign_key": {"table": "article", "column": "id"}},
      {"name": "tag_id", "type": "integer", "primary_key": true,
       "foreign_key": {"table": "tag", "column": "id"}}]}]})");
  const auto& tags = shop.relation("Article", "tags");
  Record& article = shop.add("Article", {{"id", 1}});
  for (const int id : {1, 2, 3}) article.append(tags, &shop.add("Tag", {{"id", id}}));
  shop.session.commit();
  shop.session.expunge_all();
  Select articles = testing::from(shop.registry, "Article");
  articles.includes = {testing::including("tags", testing::from(shop.registry, "Tag"))};
  articles.includes[0].select.limit = 1;
  Record& found = shop.session.one(articles);
  CHECK(found.members(tags).size() == 1);
  Select others = testing::from(shop.registry, "Tag");
  others.includes = {testing::including("articles", testing::from(shop.registry, "Article"))};
  CHECK(shop.session.all(others).size() == 3);
  shop.session.verify();
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
