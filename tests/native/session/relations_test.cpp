// Relations: both sides and the foreign key change as one.
#include <doctest/doctest.h>

#include "session/described_session.h"
#include "session/shop_session.h"
#include "support/caught.h"

namespace vitrine::session_relations_test {

using namespace vitrine::catalog;
using testing::caught;

namespace {

constexpr const char* kLinked = R"({"models": [
  {"name": "Article", "table": "article", "columns": [
    {"name": "id", "type": "integer", "primary_key": true, "autoincrement": true}],
   "relationships": [
    {"name": "tags", "target": "Tag", "direction": "many_to_many", "secondary": "article_tag",
     "back_populates": "articles"},
    {"name": "cover", "target": "Cover", "direction": "one_to_many", "uselist": false,
     "back_populates": "article"},
    {"name": "shots", "target": "Shot", "direction": "one_to_many", "cascade": "all",
     "back_populates": "article"}]},
  {"name": "Tag", "table": "tag", "columns": [
    {"name": "id", "type": "integer", "primary_key": true, "autoincrement": true}],
   "relationships": [{"name": "articles", "target": "Article", "direction": "many_to_many",
     "secondary": "article_tag", "back_populates": "tags"}]},
  {"name": "ArticleTag", "table": "article_tag", "link_table": true, "columns": [
    {"name": "article_id", "type": "integer", "primary_key": true,
     "foreign_key": {"table": "article", "column": "id"}},
    {"name": "tag_id", "type": "integer", "primary_key": true,
     "foreign_key": {"table": "tag", "column": "id"}}]},
  {"name": "Cover", "table": "cover", "columns": [
    {"name": "id", "type": "integer", "primary_key": true, "autoincrement": true},
    {"name": "article_id", "type": "integer",
     "foreign_key": {"table": "article", "column": "id"}}],
   "relationships": [{"name": "article", "target": "Article", "direction": "many_to_one",
     "back_populates": "cover"}]},
  {"name": "Shot", "table": "shot", "columns": [
    {"name": "article_id", "type": "integer", "primary_key": true,
     "foreign_key": {"table": "article", "column": "id"}},
    {"name": "width", "type": "integer", "primary_key": true}],
   "relationships": [{"name": "article", "target": "Article", "direction": "many_to_one",
     "back_populates": "shots"}]}]})";

ProductPicture picture(test::ShopSession& shop, int width, bool original) {
  auto made = shop.session.make<ProductPicture>();
  made.width = width;
  made.height = 10;
  made.mimetype = "image/png";
  made.original = original;
  return made;
}

}  // namespace

TEST_CASE("a relation follows its id as soon as that is set, and the last of both wins") {
  test::ShopSession shop;
  Category a = shop.category("a");
  Category b = shop.category("b");
  Category c = shop.category("c");
  Product p = shop.product("p", a);
  shop.session.commit();
  p.category = b;
  p.category_id = c.id.value();
  CHECK(p.category == c);
  CHECK(c.products.size() == 1);
  CHECK(b.products.empty());
  shop.session.verify();
  p.category_id = a.id.value();
  p.category = b;
  shop.session.commit();
  CHECK(p.category_id.value() == b.id.value());
}

TEST_CASE("appending a member twice is appending it once, and null is never appended") {
  test::ShopSession shop;
  Category c = shop.category("c");
  auto p = shop.session.make<Product>();
  p.name = "p";
  p.description = "d";
  c.products.append(p);
  c.products.append(p);
  CHECK(c.products.size() == 1);
  shop.session.commit();
  c.products.append(p);
  CHECK(c.products.size() == 1);
  const vitrine::Relationship& products = shop.registry.model("category").relationship("products");
  CHECK(caught([&] { c.record().append(products, nullptr); }).reason == "null_in_collection");
}

TEST_CASE("a link appended from both ends is one link") {
  for (const bool autoflush : {true, false}) {
    test::DescribedSession shop(kLinked, {.autoflush = autoflush});
    Record& article = shop.add("Article", {});
    Record& tag = shop.add("Tag", {});
    shop.session.commit();
    article.append(shop.relation("Article", "tags"), &tag);
    tag.append(shop.relation("Tag", "articles"), &article);
    CHECK(tag.members(shop.relation("Tag", "articles")).size() == 1);
    CHECK(article.members(shop.relation("Article", "tags")).size() == 1);
    shop.session.commit();
    CHECK(shop.rows("article_tag") == 1);
  }
}

TEST_CASE("a list of links may keep some of what it had, and be given what it has") {
  test::DescribedSession shop(kLinked);
  Record& article = shop.add("Article", {});
  Record& kept = shop.add("Tag", {});
  Record& dropped = shop.add("Tag", {});
  const vitrine::Relationship& tags = shop.relation("Article", "tags");
  article.replace(tags, {&kept, &dropped});
  shop.session.commit();
  article.replace(tags, {&shop.add("Tag", {}), &kept});
  shop.session.commit();
  CHECK(shop.rows("article_tag") == 2);
  // Nothing is loaded here: only the database knows that the link is there.
  article.append(tags, &kept);
  shop.session.commit();
  CHECK(shop.rows("article_tag") == 2);
  CHECK(article.members(tags).size() == 2);
}

TEST_CASE("deleting one end of a link deletes the link, by object or in bulk") {
  for (const bool in_bulk : {true, false}) {
    test::DescribedSession shop(kLinked);
    Record& article = shop.add("Article", {});
    Record& tag = shop.add("Tag", {});
    article.append(shop.relation("Article", "tags"), &tag);
    shop.session.commit();
    if (in_bulk) {
      shop.session.bulk_delete(shop.model("Tag"), std::nullopt, Session::Synchronize::fetch);
    } else {
      shop.session.remove(tag);
    }
    shop.session.commit();
    CHECK(shop.rows("article_tag") == 0);
    CHECK(article.members(shop.relation("Article", "tags")).empty());
  }
}

TEST_CASE("a link to what is deleted before it is written is never written") {
  test::DescribedSession shop(kLinked);
  Record& article = shop.add("Article", {{"id", 1}});
  Record& tag = shop.add("Tag", {});
  shop.session.commit();
  tag.append(shop.relation("Tag", "articles"), &article);
  const Session::NoAutoflush pause(shop.session);
  shop.session.remove(article);
  // It takes the key over, so that the row goes before links are written.
  shop.add("Article", {{"id", 1}});
  shop.session.commit();
  CHECK(shop.rows("article") == 1);
  CHECK(shop.rows("article_tag") == 0);
}

TEST_CASE("a one-to-one holds one: a second is refused by the database and replaces in memory") {
  test::DescribedSession shop(kLinked);
  Record& article = shop.add("Article", {});
  Record& first = shop.add("Cover", {});
  Record& second = shop.add("Cover", {});
  article.relate(shop.relation("Article", "cover"), &first);
  shop.session.commit();
  article.relate(shop.relation("Article", "cover"), &second);
  CHECK(first.related(shop.relation("Cover", "article")) == nullptr);
  shop.session.commit();
  CHECK(first.get("article_id").is_null());
  const auto again = [&] { shop.session.sql("UPDATE cover SET article_id = 1"); };
  CHECK(caught(again).detail == "cover.article_id");
}

TEST_CASE("an object that leaves unsaved leaves its links, and brings them when it is back") {
  test::DescribedSession shop(kLinked);
  Record& tag = shop.add("Tag", {});
  shop.session.commit();
  Record& article = shop.add("Article", {});
  tag.append(shop.relation("Tag", "articles"), &article);
  shop.session.expunge(article);
  shop.session.commit();
  CHECK(shop.rows("article_tag") == 0);
  shop.session.add(article);
  shop.session.commit();
  CHECK(shop.rows("article_tag") == 1);
}

TEST_CASE("a link that was there, added unread and taken away again, is gone") {
  test::DescribedSession shop(kLinked, {.autoflush = false});
  const auto& tags = shop.relation("Article", "tags");
  Record& article = shop.add("Article", {});
  Record& tag = shop.add("Tag", {});
  article.append(tags, &tag);
  shop.session.commit();
  article.append(tags, &tag);
  article.remove(tags, &tag);
  CHECK(article.members(tags).empty());
  shop.session.commit();
  CHECK(shop.rows("article_tag") == 0);
}

TEST_CASE("a new object can take a one-to-one over in the flush that saves it") {
  test::DescribedSession shop(kLinked, {.autoflush = false});
  Record& article = shop.add("Article", {});
  Record& first = shop.add("Cover", {});
  article.relate(shop.relation("Article", "cover"), &first);
  shop.session.commit();
  Record& second = shop.add("Cover", {});
  article.relate(shop.relation("Article", "cover"), &second);
  shop.session.commit();
  CHECK(first.get("article_id").is_null());
  CHECK(second.get("article_id") == article.get("id"));
}

TEST_CASE("a one-to-one that is loaded from one side is known on the other") {
  test::DescribedSession shop(kLinked);
  Record& article = shop.add("Article", {});
  Record& cover = shop.add("Cover", {});
  article.relate(shop.relation("Article", "cover"), &cover);
  shop.session.commit();
  shop.session.expunge_all();
  Record& again = shop.session.require(shop.model("Article"), {1});
  Record* loaded = again.related(shop.relation("Article", "cover"));
  REQUIRE(loaded != nullptr);
  CHECK(loaded->slot(shop.relation("Cover", "article")).target == &again);
}

TEST_CASE("a relation whose target is not loaded can be let go") {
  test::ShopSession shop;
  shop.product("p", shop.category("c"));
  shop.session.commit();
  shop.session.expunge_all();
  Product p = shop.session.get<Product>(1);
  p.category = nullptr;
  CHECK(p.category_id.is_null());
  shop.session.commit();
  CHECK(shop.rows("product WHERE category_id IS NULL") == 1);
}

TEST_CASE("a child identified by its parent is deleted when it is taken away") {
  test::DescribedSession shop(kLinked);
  Record& article = shop.add("Article", {});
  Record& shot = shop.session.make(shop.model("Shot"));
  shot.set("width", 10);
  article.append(shop.relation("Article", "shots"), &shot);
  shop.session.commit();
  article.remove(shop.relation("Article", "shots"), &shot);
  shop.session.commit();
  CHECK(shop.rows("shot") == 0);
}

TEST_CASE("assigning a stored parent is enough to save a child") {
  test::ShopSession shop;
  Category c = shop.category("c");
  shop.session.commit();
  auto p = shop.session.make<Product>();
  p.name = "p";
  p.description = "d";
  p.category = c;
  CHECK(p.state() == ObjectState::pending);
  shop.session.commit();
  CHECK(shop.rows("product") == 1);
}

TEST_CASE("a primary key cannot change once it is stored, nor a relation that is part of it") {
  test::ShopSession shop;
  Category c = shop.category("c");
  Product p = shop.product("p", c);
  Product q = shop.product("q", c);
  ProductPicture of_p = picture(shop, 10, true);
  of_p.product = p;
  shop.session.commit();
  CHECK(caught([&] { c.id = 50; }).reason == "invalid_value");
  CHECK(caught([&] { of_p.product = q; }).reason == "invalid_value");
  CHECK(of_p.product == p);
  CHECK(p.image.size() == 1);
}

TEST_CASE("a set of pictures has one original, and no picture without extent") {
  test::ShopSession shop;
  Product p = shop.product("p", shop.category("c"));
  p.image.append(picture(shop, 10, true));
  shop.session.commit();
  p.image.append(picture(shop, 20, true));
  CHECK(caught([&] { shop.session.flush(); }).code == Code::unique);
  shop.session.rollback();
  p.image.append(picture(shop, 0, false));
  CHECK(caught([&] { shop.session.flush(); }).detail == "ck_product_picture_extent");
}

TEST_CASE("a rolled back object has no id again, and gets a fresh one") {
  test::ShopSession shop;
  Category x = shop.category("X");
  Product p = shop.product("p", x);
  shop.session.flush();
  shop.session.rollback();
  CHECK(x.id.is_null());
  CHECK(p.category_id.is_null());
  shop.category("Y");
  shop.session.commit();
  shop.session.add(p);
  shop.session.commit();
  CHECK(p.category_id.value() == x.id.value());
  CHECK(x.id.value() == 2);
}

TEST_CASE("text longer than its column is refused, counted in code points") {
  test::ShopSession shop;
  Category c = shop.category("c");
  std::string apples;
  for (int i = 0; i < 255; ++i) apples += "\xF0\x9F\x8D\x8E";
  c.name = apples;
  shop.session.flush();
  // As many bytes as the column has code points, and one code point more.
  c.name = std::string(255, 'a');
  shop.session.flush();
  c.name = apples + "!";
  const Failure failure = caught([&] { shop.session.flush(); });
  CHECK(failure.code == Code::check);
  CHECK(failure.detail == "ck_category_name_length");
  CHECK(failure.fields == std::vector<std::string>{"name"});
}

TEST_CASE("count is the length of the list it counts, and a limit counts objects, despite joins") {
  test::ShopSession shop;
  Category c = shop.category("c");
  for (const char* name : {"p", "q"}) {
    Product made = shop.product(name, c);
    for (const char* part : {"1", "2", "3"}) shop.item(std::string(name) + part, made);
  }
  Select select;
  select.model = &shop.registry.model("Product");
  select.where.emplace();
  select.where->op = Operator::not_null;
  select.where->path = Path::parse("product_items.id");
  CHECK(shop.session.count(select) == 2);
  CHECK(shop.session.columns(select, {{{}, "id"}}).size() == 6);
  select.limit = 2;
  CHECK(shop.session.all(select).size() == 2);
}

}  // namespace vitrine::session_relations_test
