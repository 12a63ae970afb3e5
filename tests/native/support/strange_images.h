// .sqlite files of a small shop, as it wrote them and as somebody else changed them.
#pragma once

#include <doctest/doctest.h>
#include <sqlite3.h>

#include <algorithm>
#include <string>

#include "catalog/catalog.h"

namespace vitrine::testing {

inline constexpr const char* kBoot =
    R"({"name": "Boot", "description": "d", "category": {"create": {"name": "Boots",
        "description": "d"}}, "product_items": {"create": [{"name": "Boot 42", "description": "d",
        "uom": {"create": {"name": "pair"}}}]}})";

inline std::string shop_image(int products = 1) {
  Catalog shop = Catalog::in_memory();
  shop.create("product", Json::parse(kBoot));
  for (int i = 1; i < products; ++i) {
    shop.create("product",
                {{"name", "Shoe " + std::to_string(i)}, {"description", std::string(200, 's')}});
  }
  return shop.export_file();
}

// The shop after whatever SQL a stranger ran on it, with nothing of ours in the way.
inline std::string changed_image(const std::string& sql) {
  const std::string image = shop_image();
  sqlite3* handle = nullptr;
  REQUIRE(sqlite3_open(":memory:", &handle) == SQLITE_OK);
  auto* bytes = static_cast<unsigned char*>(sqlite3_malloc64(image.size()));
  std::copy(image.begin(), image.end(), bytes);
  const auto size = static_cast<sqlite3_int64>(image.size());
  sqlite3_deserialize(handle, "main", bytes, size, size,
                      SQLITE_DESERIALIZE_RESIZEABLE | SQLITE_DESERIALIZE_FREEONCLOSE);
  const int result = sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr);
  CHECK_MESSAGE(result == SQLITE_OK, sqlite3_errmsg(handle) << " in " << sql);
  sqlite3_int64 length = 0;
  unsigned char* made = sqlite3_serialize(handle, "main", &length, 0);
  std::string changed(reinterpret_cast<char*>(made), static_cast<std::size_t>(length));
  sqlite3_free(made);
  sqlite3_close(handle);
  return changed;
}

}  // namespace vitrine::testing
