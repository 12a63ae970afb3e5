// Packets on their way in, written here as docs/packets.md lays them out.
#include "bindings/packet_rows.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "catalog/catalog.h"
#include "support/caught.h"

namespace vitrine::bindings_packet_rows_test {

using namespace std::string_literals;
using vitrine::testing::caught;

namespace {

constexpr double kNull = std::numeric_limits<double>::quiet_NaN();
constexpr double kJson = -std::numeric_limits<double>::infinity();

struct Shop {
  Catalog catalog = Catalog::in_memory();

  std::int64_t insert(const char* model, const std::vector<double>& numbers,
                      const std::string& text, const std::string& blobs = "") {
    PacketRows rows(catalog.registry().model(model), numbers, text, blobs);
    return catalog.create_many(model, rows);
  }
  Value value(const char* sql) { return *catalog.connection().scalar(sql); }
};

}  // namespace

TEST_CASE("rows come out of the packet, texts by their UTF-16 length") {
  Shop shop;
  CHECK(shop.insert("uom", {2, 5, 7, 3, kNull, 2, kNull}, "Stück 🥐\0a\0b\0🥐\0"s) == 2);
  CHECK(shop.value("SELECT name FROM uom WHERE id = 5") == Value("Stück 🥐"));
  CHECK(shop.value("SELECT symbol FROM uom WHERE id = 5") == Value(std::string("a\0b", 3)));
  CHECK(shop.value("SELECT id FROM uom WHERE name = '🥐'") == Value(6));
  CHECK(shop.value("SELECT symbol FROM uom WHERE id = 6") == Value());
}

TEST_CASE("bytes come out of the packet, and every kind of number") {
  Shop shop;
  shop.insert("image_blob", {1, 1, 2, 9007199254740991, -3, 0, 4}, "s\0mt\0"s, "\x01\0\x02z"s);
  CHECK(shop.value("SELECT bytes FROM image_blob") == Value(Bytes{"\x01\0\x02z"s}));
  CHECK(shop.value("SELECT width FROM image_blob") == Value(std::int64_t{9007199254740991}));
  shop.insert("product", {1, 1, 1, 0, kNull}, "p\0\0"s);
  CHECK(shop.value("SELECT description FROM product") == Value(""));
  // width, height, mimetype, original, created_at, sha256, alt, dominant_color, product_id
  shop.insert("product_picture", {1, 1, 2, 1, 1, 17, kNull, kNull, kNull, 1},
              "m\0"
              "2026-11-22T09:30Z\0"s);
  CHECK(shop.value("SELECT original FROM product_picture") == Value(1));
  CHECK(shop.value("SELECT created_at FROM product_picture") == Value("2026-11-22T09:30:00.000Z"));
}

TEST_CASE("a row may come as JSON, between others") {
  Shop shop;
  shop.insert("uom", {3, kNull, 1, kNull, kJson, 23, kNull, 1, 1},
              "a\0{\"id\":7,\"name\":\"Stück\"}\0"
              "b\0c\0"s);
  CHECK(shop.value("SELECT group_concat(id || name, ' ') FROM (SELECT * FROM uom ORDER BY id)") ==
        Value("1a 7Stück 8b"));
}

TEST_CASE("what does not fit is refused as in any other request, and nothing is written") {
  Shop shop;
  const auto refused = [&](const std::vector<double>& numbers, const std::string& text) {
    return caught([&] { shop.insert("uom", numbers, text); });
  };
  const std::string symbol(33, 's');
  const Failure longer = refused({2, kNull, 1, kNull, kNull, 1, 33}, "a\0b\0"s + symbol + '\0');
  CHECK(longer.code == Code::validation);
  CHECK(longer.path == "[1].symbol");
  CHECK(refused({1, kJson, 10}, "{\"name\":5}\0"s).path == "[0].name");
  CHECK(refused({1, kJson, 9}, "{\"nme\":5}\0"s).path == "[0].nme");
  CHECK(refused({1, kJson, 1}, "7\0"s).path == "[0]");
  CHECK(refused({1, kNull, 1, kNull}, "\xff\0"s).reason == "encoding");
  CHECK(shop.value("SELECT count(*) FROM uom") == Value(0));
}

TEST_CASE("as many code points as a column holds are not too many, whatever units they take") {
  Shop shop;
  std::string boots;
  for (int i = 0; i < 32; ++i) boots += "🥾";
  CHECK(shop.insert("uom", {1, kNull, 1, 64}, "a\0"s + boots + '\0') == 1);
}

}  // namespace vitrine::bindings_packet_rows_test
