// Packets, read back as docs/packets.md lays them out.
#include "bindings/packet.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "catalog/catalog.h"
#include "support/caught.h"
#include "support/packet_numbers.h"

namespace vitrine::bindings_packet_test {

using vitrine::testing::caught;
using vitrine::testing::kNullNumber;
using vitrine::testing::kSameText;
using vitrine::testing::numbers_of;

namespace {

// A catalog with two categories, one of them with two products.
struct Shop {
  Catalog catalog = Catalog::in_memory();
  ShapeTable shapes;
  Packet packet;

  Shop() {
    catalog.create("category", Json::parse(R"({"name": "Été", "description": ""})"));
    catalog.create("category", Json::parse(R"({"name": "b", "description": "cd",
      "products": {"create": [{"name": "p", "description": "q"},
                              {"name": "🥐", "description": "r"}]}})"));
  }

  void find(const char* model, const char* request) {
    PacketSink sink(packet, shapes);
    catalog.find(model, Json::parse(request), sink);
  }
};

using Numbers = std::vector<double>;

}  // namespace

TEST_CASE("a packet has the number of rows, then their cells, text by its UTF-16 length") {
  Shop shop;
  shop.find("category", R"({"select": ["id", "name"]})");
  CHECK(numbers_of(shop.packet) == Numbers{2, 1, 3, 2, 1});
  CHECK(shop.packet.text.view() == "Étéb");
  CHECK(shop.packet.blobs.view().empty());
}

TEST_CASE("rows of a to-many relation name their parent's row") {
  Shop shop;
  shop.find("category", R"({"select": ["id"], "include": {"products": {"select": ["name"]}}})");
  CHECK(numbers_of(shop.packet) == Numbers{2, 1, 2, /**/ 2, 1, 1, 1, 2});
  CHECK(shop.packet.text.view() == "p🥐");
}

TEST_CASE("after the rows of a to-one relation comes the row that each parent refers to") {
  Shop shop;
  shop.catalog.create("product", Json::parse(R"({"name": "x", "description": "y"})"));
  shop.find("product", R"({"select": ["id"], "include": {"category": {"select": ["id"]}}})");
  CHECK(numbers_of(shop.packet) == Numbers{3, 1, 2, 3, /**/ 1, 2, /**/ 0, 0, -1});
}

TEST_CASE("null has a word of its own whatever the column") {
  Shop shop;
  shop.catalog.create("product", Json::parse(R"({"name": "x", "description": "y"})"));
  shop.find("product", R"({"where": {"name": "x"}, "select": ["category_id"]})");
  CHECK(numbers_of(shop.packet) == Numbers{1, kNullNumber});
}

TEST_CASE("a packet is empty again when the next one begins") {
  Shop shop;
  shop.find("category", "{}");
  shop.find("uom", "{}");
  CHECK(numbers_of(shop.packet) == Numbers{0});
  CHECK(shop.packet.text.view().empty());
}

TEST_CASE("requests of one shape share a number, others do not") {
  Shop shop;
  const auto shape_of = [&](const char* request) {
    shop.find("category", request);
    return shop.packet.shape;
  };
  const std::size_t plain = shape_of("{}");
  CHECK(shape_of(R"({"where": {"id": 1}, "limit": 3})") == plain);
  CHECK(shape_of(R"({"select": ["name"]})") != plain);
  CHECK(shape_of(R"({"include": {"products": true}})") != plain);
  CHECK(shape_of(R"({"include": {"_count": true}})") != plain);
}

TEST_CASE("a shape describes columns, counts and children") {
  Shop shop;
  shop.find("product", R"({"select": ["name"],
    "include": {"category": {"select": ["id"]}, "_count": {"photos": true}}})");
  CHECK(Json::parse(shop.shapes.description(shop.packet.shape)) == Json::parse(R"({
    "columns": [["name", "text"]],
    "counts": ["photos"],
    "children": [{"name": "category", "many": false, "list": false,
                  "node": {"columns": [["id", "number"]], "counts": [], "children": []}}]})"));
  CHECK(caught([&] { shop.shapes.description(99); }).code == Code::state);
}

TEST_CASE("a whole number that JavaScript cannot hold is refused, and names its column") {
  Shop shop;
  shop.catalog.connection().execute(
      "INSERT INTO image_blob VALUES ('a', 'image/png', 9007199254740991, 1, 1, x'00ff')");
  shop.find("image_blob", R"({"select": ["width", "bytes"]})");
  CHECK(numbers_of(shop.packet) == Numbers{1, 9007199254740991, 2});
  CHECK(shop.packet.blobs.view() == std::string("\0\xff", 2));

  shop.catalog.connection().execute("UPDATE image_blob SET height = -9007199254740992");
  const Failure failure = caught([&] { shop.find("image_blob", "{}"); });
  CHECK(failure.code == Code::range);
  CHECK(failure.model == "ImageBlob");
  CHECK(failure.fields == std::vector<std::string>{"height"});
}

TEST_CASE("a number that one word does not hold takes three") {
  Shop shop;
  const auto words_of = [&](const char* width) {
    shop.catalog.connection().execute("DELETE FROM image_blob");
    shop.catalog.connection().execute(std::string("INSERT INTO image_blob VALUES ('a', 'b', ") +
                                      width + ", 1, 1, x'')");
    shop.find("image_blob", R"({"select": ["width"]})");
    return std::pair{shop.packet.words.size() / 4, numbers_of(shop.packet)[1]};
  };
  CHECK(words_of("2147483647") == std::pair<std::size_t, double>{2, 2147483647});
  CHECK(words_of("2147483648") == std::pair<std::size_t, double>{4, 2147483648});
  CHECK(words_of("-2147483645") == std::pair<std::size_t, double>{2, -2147483645});
  CHECK(words_of("-2147483646") == std::pair<std::size_t, double>{4, -2147483646});
  CHECK(words_of("-2147483647") == std::pair<std::size_t, double>{4, -2147483647});
  CHECK(words_of("-2147483648") == std::pair<std::size_t, double>{4, -2147483648});
}

// Products from id 101 on with these descriptions, the first eight of them others.
void add_described(Shop& shop, const std::vector<std::string>& hex) {
  shop.catalog.connection().execute("DELETE FROM product; DELETE FROM category");
  const auto add = [&](int id, const std::string& description) {
    const std::string number = std::to_string(id);
    shop.catalog.connection().execute("INSERT INTO product (id, name, description) VALUES (" +
                                      number + ", 'P" + number + "', CAST(x'" + description +
                                      "' AS TEXT))");
  };
  for (int i = 0; i < 8; ++i) add(i + 1, "3" + std::to_string(i));
  for (std::size_t i = 0; i < hex.size(); ++i) add(static_cast<int>(i) + 101, hex[i]);
  shop.find("product", R"({"select": ["description"], "orderBy": [{"id": "asc"}]})");
}

// The numbers that stand for these, after those of the first eight.
Numbers described(Shop& shop, const std::vector<std::string>& hex) {
  add_described(shop, hex);
  const Numbers all = numbers_of(shop.packet);
  return {all.begin() + 9, all.end()};
}

TEST_CASE("a text that a row above has too is not written again") {
  Shop shop;
  const std::string boots = "57657420626f6f7473";  // Wet boots
  const std::string boats = "57657420626f617473";  // Wet boats
  CHECK(described(shop, {boots, boats, boats, boots, "", "", "61", "61"}) ==
        Numbers{9, 9, kSameText - 9, kSameText - 8, 0, 0, 1, kSameText - 14});
  CHECK(shop.packet.text.view() == "01234567Wet bootsWet boatsa");
}

TEST_CASE("texts that are malformed are the same only where they are so once they are mended") {
  Shop shop;
  CHECK(described(shop, {"ffffff", "efbfbd", "ffffff", "efbfbdefbfbdefbfbd", "efbfbd"}) ==
        Numbers{3, 1, 3, 3, kSameText - 9});
}

TEST_CASE("a column whose texts are all new is not looked through any more") {
  Shop shop;
  std::vector<std::string> many;
  for (int i = 0; i < 90; ++i) many.push_back("6100" + std::to_string(10 + i));
  for (int i = 0; i < 2; ++i) many.push_back("62");
  const Numbers numbers = described(shop, many);
  CHECK(numbers.size() == many.size());
  CHECK(numbers.back() == 1);
}

TEST_CASE("few rows, null and each node's first text are written") {
  Shop shop;
  shop.catalog.connection().execute(
      "INSERT INTO product_picture (width, height, mimetype, original, created_at, product_id, alt)"
      " VALUES (1, 1, 'a', 1, '2026-11-29', 1, 'x'), (2, 1, 'a', 0, '2026-11-29', 1, NULL),"
      " (3, 1, 'a', 0, '2026-11-29', 1, 'x')");
  shop.find("product_picture", R"({"select": ["alt"]})");
  CHECK(numbers_of(shop.packet) == Numbers{3, 1, kNullNumber, 1});
  shop.find("product_picture", R"({"where": {"width": 3}, "select": ["alt"]})");
  CHECK(numbers_of(shop.packet) == Numbers{1, 1});
}

TEST_CASE("malformed bytes are replaced one by one, the text around them stays") {
  CHECK(repaired_utf8("a\xff"
                      "b\xc3") ==
        "a\xEF\xBF\xBD"
        "b\xEF\xBF\xBD");
  CHECK(repaired_utf8("") == "");
  CHECK(repaired_utf8("🥐") == "🥐");
}

}  // namespace vitrine::bindings_packet_test
