// Pictures as part of the unit of work: what attaching, thumbnails, galleries and deletes do to
// rows and to contents.
#include <doctest/doctest.h>

#include <algorithm>

#include "catalog/catalog.h"
#include "catalog/contents.h"
#include "catalog/history.h"
#include "image/samples.h"
#include "image/sha256.h"
#include "session/shop_session.h"
#include "support/caught.h"

namespace vitrine::catalog_pictures_test {

using namespace vitrine::catalog;
using namespace vitrine::testing;

namespace {

// A picture of that size whose bytes are its own.
std::string photo(int width, int height, const std::string& note = "") {
  return jpeg(width, height, jpeg_segment(0xFE, note));
}

// "Scales" by drawing a new picture of the size.
struct Drawing : Scaler {
  std::string scale(std::string_view, image::Size to) override {
    ++calls;
    return png(static_cast<std::uint32_t>(to.width), static_cast<std::uint32_t>(to.height));
  }
  int calls = 0;
};

struct PictureShop : test::ShopSession {
  Product boot = product("Boot", category("Boots"));

  PictureShop() { session.commit(); }
  std::string sizes(const std::string& table) {
    const auto text = connection.scalar(
        "SELECT group_concat(width || 'x' || height, ' ' ORDER BY width) FROM " + table);
    return text->is_null() ? "" : *text->text();
  }
};

}  // namespace

TEST_CASE("attached bytes are sniffed, and read back as they were") {
  PictureShop shop;
  const std::string bytes = photo(40, 30);
  shop.take_writes();
  const ProductPicture picture = shop.boot.image.attach(bytes);
  shop.session.commit();
  const std::vector<std::string> writes = shop.take_writes();
  REQUIRE(writes.size() == 2);
  CHECK(writes[0].find("INSERT INTO \"image_blob\"") == 0);
  CHECK(writes[1].find("INSERT INTO \"product_picture\"") == 0);
  CHECK(picture.mimetype == "image/jpeg");
  CHECK(picture.original == true);
  CHECK(picture.sha256 == image::sha256_hex(bytes));
  CHECK(shop.boot.image.bytes(picture) == bytes);
}

TEST_CASE("a photo taken on its side has the size that is shown") {
  PictureShop shop;
  const ProductPicture picture = shop.boot.image.attach(jpeg(60, 40, exif(6, true)));
  CHECK(picture.width == 40);
  CHECK(picture.height == 60);
}

TEST_CASE("attaching replaces the whole set, also by a picture of the same size") {
  PictureShop shop;
  Drawing drawing;
  shop.boot.image.attach(photo(40, 30, "old"));
  shop.boot.image.thumbnail({.width = 20}, drawing);
  shop.session.commit();
  shop.boot.image.attach(photo(40, 30, "new"));
  shop.session.commit();
  CHECK(shop.sizes("product_picture") == "40x30");
  CHECK(shop.boot.image.bytes(shop.boot.image.require_original()) == photo(40, 30, "new"));
}

TEST_CASE("of two attachments in one flush the last one counts") {
  PictureShop shop;
  shop.boot.image.attach(photo(40, 30));
  shop.boot.image.attach(photo(50, 30));
  shop.session.commit();
  CHECK(shop.sizes("product_picture") == "50x30");
}

TEST_CASE("a query between two attachments sees one original") {
  PictureShop shop;
  shop.boot.image.attach(photo(40, 30, "old"));
  shop.session.commit();
  shop.boot.image.attach(photo(40, 30, "new"));
  CHECK(shop.session.query<ProductPicture>().count() == 1);
  shop.boot.image.attach(photo(10, 10));
  CHECK(shop.session.query<ProductPicture>().one().width.value() == 10);
  shop.session.verify();
}

TEST_CASE("a rollback brings the set back, with its bytes") {
  PictureShop shop;
  shop.boot.image.attach(photo(40, 30, "old"));
  shop.session.commit();
  shop.boot.image.attach(photo(40, 30, "new"));
  shop.session.flush();
  shop.session.rollback();
  CHECK(shop.boot.image.all().count() == 1);
  CHECK(shop.boot.image.bytes(shop.boot.image.require_original()) == photo(40, 30, "old"));
  CHECK(shop.rows("image_blob") == 1);
}

TEST_CASE("a savepoint takes back its own pictures only") {
  PictureShop shop;
  shop.boot.image.attach(photo(40, 30));
  shop.session.begin_savepoint();
  shop.boot.image.attach(photo(50, 30));
  shop.session.rollback_savepoint();
  shop.session.commit();
  CHECK(shop.sizes("product_picture") == "40x30");
  CHECK(shop.rows("image_blob") == 1);
}

TEST_CASE("bytes that are no picture are refused, and the set stays") {
  PictureShop shop;
  shop.boot.image.attach(photo(40, 30));
  for (const std::string& bytes : {std::string("hello"), std::string(), photo(9, 9).substr(0, 20)})
    CHECK(caught([&] { shop.boot.image.attach(bytes); }).code == Code::image);
  shop.session.commit();
  CHECK(shop.sizes("product_picture") == "40x30");
}

TEST_CASE("an unsaved object has pictures where it names the session") {
  PictureShop shop;
  auto sandal = shop.session.make<Product>();
  sandal.name = "Sandal";
  sandal.description = "d";
  CHECK(caught([&] { sandal.image.attach(photo(40, 30)); }).reason == "not_persisted");
  sandal.image.all(shop.session).attach(photo(40, 30));
  CHECK(sandal.image.all(shop.session).require_original().width.value() == 40);
  CHECK(shop.rows("product_picture") == 0);
  shop.session.add(sandal);
  shop.session.commit();
  CHECK(shop.sizes("product_picture") == "40x30");
}

TEST_CASE("a thumbnail has one side given and the other truncated, and is made once") {
  PictureShop shop;
  Drawing drawing;
  shop.boot.image.attach(photo(405, 640));
  CHECK(shop.boot.image.thumbnail({.width = 100}, drawing).height.value() == 158);
  CHECK(shop.boot.image.thumbnail({.height = 100}, drawing).width.value() == 63);
  CHECK(shop.boot.image.thumbnail({.ratio = 0.5}, drawing).width.value() == 202);
  CHECK(shop.boot.image.thumbnail({.width = 100}, drawing).mimetype.value() == "image/png");
  CHECK(drawing.calls == 3);
  CHECK(shop.boot.image.thumbnail({.width = 405}, drawing).original.value() == true);
  CHECK(shop.boot.image.find(100, 158)->original.value() == false);
  CHECK(shop.boot.image.find(405, 640)->original.value() == true);
  CHECK_FALSE(shop.boot.image.find(100, 159).has_value());
  shop.session.commit();
  CHECK(shop.sizes("product_picture") == "63x100 100x158 202x320 405x640");
}

TEST_CASE("a thumbnail is asked for by exactly one number above 0, of a picture that is there") {
  PictureShop shop;
  Drawing drawing;
  const auto thumbnail = [&](const Scale& scale) {
    return caught([&] { shop.boot.image.thumbnail(scale, drawing); });
  };
  CHECK(thumbnail({.width = 10}).reason == "no_original");
  CHECK(caught([&] { shop.boot.image.require_original(); }).code == Code::image);
  CHECK_FALSE(shop.boot.image.original().has_value());
  shop.boot.image.attach(photo(40, 30));
  CHECK(thumbnail({}).reason == "invalid_argument");
  CHECK(thumbnail({.width = 10, .height = 10}).reason == "invalid_argument");
  CHECK(thumbnail({.width = 0}).reason == "empty_picture");
  CHECK(thumbnail({.ratio = -1}).reason == "bad_ratio");
}

TEST_CASE("a scaler that makes another size is found out") {
  struct Wrong : Scaler {
    std::string scale(std::string_view, image::Size) override { return png(7, 7); }
  } wrong;
  PictureShop shop;
  shop.boot.image.attach(photo(40, 30));
  CHECK(caught([&] { shop.boot.image.thumbnail({.width = 20}, wrong); }).reason == "wrong_size");
}

TEST_CASE("a picture row without bytes is a picture, until its bytes are asked for") {
  PictureShop shop;
  auto row = shop.session.make<ProductPicture>();
  row.product = shop.boot;
  row.width = 1;
  row.height = 1;
  row.mimetype = "image/png";
  row.original = true;
  shop.session.commit();
  CHECK(shop.boot.image.require_original().width.value() == 1);
  CHECK(caught([&] { shop.boot.image.bytes(row); }).reason == "no_bytes");
}

TEST_CASE("the same bytes are one content, and a sweep takes what nobody refers to") {
  PictureShop shop;
  Product sandal = shop.product("Sandal", shop.boot.category);
  shop.boot.image.attach(photo(40, 30));
  sandal.image.attach(photo(40, 30));
  shop.boot.photos.set(0).attach(photo(40, 30));
  shop.session.commit();
  CHECK(shop.rows("image_blob") == 1);
  shop.boot.image.attach(photo(50, 50));
  shop.session.remove(sandal);
  shop.session.commit();
  CHECK(sweep_contents(shop.session) == 0);  // the gallery has it
  shop.boot.photos.set(0).remove();
  shop.session.flush();
  const std::vector<std::string> kept = {image::sha256_hex(photo(40, 30))};
  CHECK(sweep_contents(shop.session, kept) == 0);
  CHECK(sweep_contents(shop.session) == 1);
  CHECK(shop.rows("image_blob") == 1);
}

TEST_CASE("a thumbnail is found by both of its sides") {
  PictureShop shop;
  Drawing drawing;
  shop.boot.image.attach(photo(100, 50));
  const std::string odd = png(20, 3);
  PictureSet(shop.session, shop.boot.record(), shop.boot.record().model().relationship("image"))
      .add(read_picture(odd));
  CHECK(shop.boot.image.thumbnail({.width = 20}, drawing).height.value() == 10);
  CHECK(shop.boot.image.all().count() == 3);
}

TEST_CASE("what is added to a gallery without a number comes last") {
  Catalog catalog = Catalog::in_memory();
  catalog.create("product", Json::parse(R"({"name": "Boot", "description": "d"})"));
  Json request = Json::parse(R"({"key": 1, "set": null, "of": null})");
  request["pictures"] = Json::parse(R"([{"width": 40, "height": 30, "mimetype": "image/png",
                                         "sha256": "ab", "size_bytes": 1}])");
  CHECK(catalog.attach("product_photo", request, "x").at("order_index") == 0);
  CHECK(catalog.attach("product_photo", request, "x").at("order_index") == 1);
  CHECK(catalog.count("product_photo", Json::object()) == 2);
  CHECK(caught([&] { catalog.attach("product_picture", request, "x"); }).reason ==
        "invalid_argument");
}

TEST_CASE("thumbnails that come later are described as their original, and go to no other") {
  Catalog catalog = Catalog::in_memory();
  catalog.create("product", Json::parse(R"({"name": "Boot", "description": "d"})"));
  Json request = Json::parse(R"({"key": 1, "set": {}, "of": null, "alt": "A boot"})");
  request["pictures"] = Json::parse(R"([{"width": 40, "height": 30, "mimetype": "image/png",
                                         "sha256": "ab", "size_bytes": 1}])");
  catalog.attach("product_picture", request, "x");
  Json later = Json::parse(R"({"key": 1, "set": {}, "of": "ab", "dominant_color": "#123456"})");
  later["pictures"] = Json::parse(R"([{"width": 20, "height": 15, "mimetype": "image/png",
                                       "sha256": "cd", "size_bytes": 1}])");
  CHECK(catalog.attach("product_picture", later, "y").at("width") == 20);
  const char* all =
      "SELECT group_concat(width || alt || dominant_color, ' ') FROM "
      "(SELECT * FROM product_picture ORDER BY width)";
  const Value shared("20A boot#123456 40A boot#123456");
  CHECK(catalog.connection().scalar(all) == shared);
  later["of"] = "ef";
  CHECK(caught([&] { catalog.attach("product_picture", later, "y"); }).reason == "replaced");
  CHECK(catalog.connection().scalar(all) == shared);
  catalog.remove("product", 1);
  catalog.create("product", Json::parse(R"({"id": 1, "name": "Shoe", "description": "d"})"));
  CHECK(caught([&] { catalog.attach("product_picture", later, "y"); }).reason == "no_original");
}

TEST_CASE("a catalog sweeps contents that no step speaks of as pictures are attached") {
  Catalog catalog = Catalog::in_memory();
  catalog.create("product", Json::parse(R"({"name": "Boot", "description": "d"})"));
  std::int64_t most = 0;
  for (int i = 0; i < 260; ++i) {
    const std::string bytes = photo(40, 30, std::to_string(i));
    const NewPicture picture = read_picture(bytes);
    Json request = Json::parse(R"({"key": 1, "set": {}, "of": null, "alt": "A boot"})");
    request["pictures"] = Json::array({{{"width", 40},
                                        {"height", 30},
                                        {"mimetype", picture.mimetype},
                                        {"sha256", picture.sha256},
                                        {"size_bytes", bytes.size()}}});
    const Json key = catalog.attach("product_picture", request, bytes);
    CHECK(key.dump() == R"({"width":40,"height":30,"product_id":1})");
    CHECK(catalog.content(picture.sha256) == bytes);
    most =
        std::max(most, *catalog.connection().scalar("SELECT count(*) FROM image_blob")->integer());
  }
  // The one that is shown, one for each step, and what came since the last sweep.
  CHECK(most <= 1 + History::kMaxSteps + History::kSpareSteps + 64);
  const std::int64_t steps =
      *catalog.connection().scalar("SELECT count(*) FROM vitrine_history")->integer();
  CHECK(steps >= History::kMaxSteps);
  CHECK(catalog.sweep_contents() > 0);
  CHECK(*catalog.connection().scalar("SELECT count(*) FROM image_blob")->integer() == 1 + steps);
  catalog.connection().run("DELETE FROM vitrine_history");
  CHECK(catalog.sweep_contents() == steps);
  CHECK(caught([&] { catalog.content("none"); }).reason == "no_bytes");
  CHECK(caught([&] { catalog.attach("category", Json::object(), ""); }).reason ==
        "invalid_argument");
}

TEST_CASE("a gallery has several sets, and each is by itself") {
  PictureShop shop;
  Drawing drawing;
  shop.boot.photos.set(0).attach(photo(40, 30));
  shop.boot.photos.set(1).attach(photo(40, 20));
  CHECK(shop.boot.photos.set(0).thumbnail({.width = 20}, drawing).height.value() == 15);
  CHECK(shop.boot.photos.set(1).thumbnail({.width = 20}, drawing).height.value() == 10);
  shop.session.commit();
  shop.boot.photos.set(0).attach(photo(8, 8));
  shop.session.commit();
  CHECK(shop.sizes("product_photo") == "8x8 20x10 40x20");
  CHECK(shop.boot.photos.set(1).count() == 2);
  CHECK(shop.boot.photos.all().count() == 3);
  CHECK(shop.boot.photos.all().list()[1].width.value() == 20);
}

TEST_CASE("a gallery is asked by its sets' numbers, and a single set has none") {
  PictureShop shop;
  const auto set_of = [&](const char* relation, std::vector<Assignment> set) {
    return PictureSet(shop.session, shop.boot.record(),
                      shop.boot.record().model().relationship(relation), std::move(set));
  };
  CHECK(caught([&] { shop.boot.photos.original(); }).reason == "set_needed");
  CHECK(caught([&] { shop.boot.photos.attach(photo(1, 1)); }).reason == "set_needed");
  CHECK(caught([&] { set_of("photos", {{"colour", 1}}); }).reason == "unknown_attribute");
  CHECK(caught([&] { set_of("photos", {{"width", 1}}); }).reason == "unknown_attribute");
  CHECK(caught([&] { set_of("image", {{"order_index", 1}}); }).reason == "unknown_attribute");
  CHECK(caught([&] { shop.boot.image.reorder({}); }).reason == "invalid_argument");
  CHECK(set_of("photos", {}).next_set() == 0);
  shop.boot.photos.set(4).attach(photo(1, 1));
  CHECK(set_of("photos", {}).next_set() == 5);
}

TEST_CASE("sets that have numbers below zero are put into order as others are") {
  PictureShop shop;
  for (int set : {-3, -1, 0, 2}) shop.boot.photos.set(set).attach(photo(20 + set, 10));
  shop.session.commit();
  shop.boot.photos.reorder({0, -1, 2, -3});
  for (int place = 0; const int width : {20, 19, 22, 17}) {
    CHECK(shop.boot.photos.set(place++).require_original().width.value() == width);
  }
  shop.session.verify();
}

TEST_CASE("sets are put into any order, in two statements for one and one for each more") {
  PictureShop shop;
  for (int set : {2, 5, 7}) shop.boot.photos.set(set).attach(photo(10 + set, 10));
  shop.session.commit();
  shop.take_writes();
  shop.boot.photos.reorder({7, 2, 5});
  CHECK(shop.take_writes().size() == 4);
  CHECK(shop.boot.photos.set(0).require_original().width.value() == 17);
  CHECK(shop.boot.photos.set(1).require_original().width.value() == 12);
  CHECK(shop.boot.photos.set(2).require_original().width.value() == 15);
  CHECK(caught([&] { shop.boot.photos.reorder({0, 1}); }).reason == "invalid_argument");
  CHECK(caught([&] { shop.boot.photos.reorder({0, 1, 1}); }).reason == "invalid_argument");
  shop.session.rollback();
  CHECK(shop.boot.photos.set(7).require_original().width.value() == 17);
  shop.session.verify();
}

TEST_CASE("pictures go with their owner, by object, by cascade and in bulk") {
  PictureShop shop;
  shop.boot.image.attach(photo(40, 30));
  shop.boot.photos.set(0).attach(photo(41, 30));
  auto item = shop.item("Boot 42", shop.boot);
  item.image_url.attach(photo(42, 30));
  shop.session.commit();
  shop.session.begin_savepoint();
  shop.session.bulk_delete(shop.registry.model("Product"), std::nullopt,
                           Session::Synchronize::fetch);
  CHECK(shop.rows("product_picture") + shop.rows("product_photo") + shop.rows("user_picture") == 0);
  shop.session.rollback_savepoint();
  CHECK(shop.rows("user_picture") == 1);
  shop.session.remove(shop.boot.category.get());
  shop.session.commit();
  CHECK(shop.rows("product_picture") + shop.rows("product_photo") + shop.rows("user_picture") == 0);
  CHECK(sweep_contents(shop.session) == 3);
}

TEST_CASE("the pictures of any number of objects come in one statement") {
  PictureShop shop;
  for (const char* name : {"a", "b", "c"}) {
    shop.product(name, shop.boot.category).image.attach(photo(40, 30, name));
  }
  shop.session.commit();
  shop.session.clear();
  shop.statements.clear();
  int pictures = 0;
  for (Product& product : shop.session.query<Product>().load(&Product::image).all()) {
    pictures += product.image.original().has_value() ? 1 : 0;
  }
  CHECK(pictures == 3);
  CHECK(shop.statements.size() == 2);
}

}  // namespace vitrine::catalog_pictures_test
