// The goods in C++: the formulas of goods.mjs. The checksums of the lanes agree only while the two
// do.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace bench {

inline constexpr int kCategories = 50;
inline constexpr int kUnits = 20;
inline constexpr int kItemsPerProduct = 3;
inline constexpr int kGets = 10'000;
inline constexpr int kSearches = 200;
inline constexpr int kNested = 2'000;
inline constexpr int kEdited = 2'000;
inline constexpr int kDeleted = 20;
inline constexpr int kPages = 200;
inline constexpr int kPageRows = 20;

inline std::string word(std::int64_t index) {
  static const char* const words[] = {"oak",    "linen",   "copper", "maple", "river",
                                      "meadow", "harbour", "amber",  "slate"};
  return words[index % 9];
}

struct Category {
  std::int64_t id;
  std::string name, description;
};
struct Uom {
  std::int64_t id;
  std::string name, symbol;
};
struct Product {
  std::int64_t id;
  std::string name, description;
  std::int64_t category_id;
};
struct Item {
  std::int64_t id, product_id;
  std::string name, description;
  std::int64_t uom_id;
};

inline Category category(std::int64_t i) {
  return {i + 1, "Category " + std::to_string(i + 1),
          "Things of " + word(i) + " and " + word(i * 7 + 3)};
}

inline Uom uom(std::int64_t i) {
  return {i + 1, "Unit " + std::to_string(i + 1), "u" + std::to_string(i + 1)};
}

inline Product product(std::int64_t i) {
  const std::string number = std::to_string(i + 1);
  return {i + 1, "Product " + number,
          "A " + word(i) + " thing with a " + word(i * 5 + 1) + " handle, number " + number,
          i % kCategories + 1};
}

inline Item item(std::int64_t i) {
  const std::int64_t owner = i / kItemsPerProduct + 1;
  return {i + 1, owner, "Item " + std::to_string(i + 1),
          "Item " + std::to_string(i % kItemsPerProduct) + " of " + word(i * 11 + owner),
          i % kUnits + 1};
}

// A product to create: its category by name, and its items with their units by name.
struct Nested {
  std::string name, description, category, category_description;
  struct Part {
    std::string name, description, uom;
  };
  std::vector<Part> items;
};

inline Nested nested(int i) {
  const int number = i % 60 + 1;
  Nested made{"New product " + std::to_string(i + 1),
              "Of " + word(i) + ", new",
              "Category " + std::to_string(number),
              "New things of " + word(number),
              {}};
  for (int k = 0; k < kItemsPerProduct; ++k) {
    made.items.push_back({"New item " + std::to_string(i + 1) + "." + std::to_string(k),
                          "Item " + std::to_string(k) + " of " + word(i),
                          "Unit " + std::to_string((i + k) % kUnits + 1)});
  }
  return made;
}

inline std::int64_t get_id(int i, std::int64_t products) {
  return static_cast<std::int64_t>(i) * 7919 % products + 1;
}

inline std::int64_t page_offset(int i, std::int64_t products) {
  return static_cast<std::int64_t>(i) * kPageRows % products;
}

// Every row, made before anything is measured.
struct Goods {
  std::vector<Category> categories;
  std::vector<Uom> units;
  std::vector<Product> products;
  std::vector<Item> items;
};

inline Goods goods(std::int64_t products) {
  Goods made;
  for (int i = 0; i < kCategories; ++i) made.categories.push_back(category(i));
  for (int i = 0; i < kUnits; ++i) made.units.push_back(uom(i));
  for (std::int64_t i = 0; i < products; ++i) made.products.push_back(product(i));
  for (std::int64_t i = 0; i < products * kItemsPerProduct; ++i) made.items.push_back(item(i));
  return made;
}

inline std::vector<Nested> all_nested() {
  std::vector<Nested> made;
  for (int i = 0; i < kNested; ++i) made.push_back(nested(i));
  return made;
}

// The two words of a search.
inline std::string search_word(int i) { return word(i); }
inline std::string search_number(int i) { return std::to_string(i * 37 % 100); }

inline std::int64_t edited(std::int64_t products) {
  return products < kEdited ? products : kEdited;
}

}  // namespace bench
