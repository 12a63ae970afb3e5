// A small stock in plain schema structs, with what the query room has to cope with: to-one, to-many
// and many-to-many relations, a composite key that is referred to, a tree, computed columns and a
// viewonly relation. The rows are few enough to know by heart:
//
//   category  1 Drinks   2 Snacks   3 Empty
//   product   1 Cola 1.5 (Drinks)   2 Juice 3.0 (Drinks)   3 Chips 2.0 (Snacks)   4 Loose, neither
//   item      1 Cola 1l (1)   2 Cola 6-pack (1)   3 Juice 1l (2)   4 Chips bag (3)
//   tag       1 new (1)   2 cold (1, 2)
//   picture   64x64 (1)   160x160 (1)   64x64 (3)
//   caption   1, 2 of 64x64 (1)   3 of 64x64 (3)
//   node      1 root   2 left (1)   3 right (1)   4 leaf (2)
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "orm/query/plan.h"
#include "schema/shop.h"
#include "sqlite/connection.h"

namespace vitrine::testing {

// Category, Product, Item, Tag, ProductTag, Picture, Caption, Node; resolved.
Registry stock();

// A database with the tables and rows of stock().
Connection open_stock(const Registry& registry);

// What fixtures are made of: a stock and its database.
struct StockDatabase {
  Registry registry = stock();
  Connection connection = open_stock(registry);
};

using Names = std::vector<std::string>;

// The rows of a statement, a line each: "1|Cola|NULL".
std::vector<std::string> lines(Connection& connection, const Sql& sql);
// The same for a child of a plan, with the keys of these parents as parameter 1.
std::vector<std::string> lines(Connection& connection, const PlanChild& child,
                               const std::vector<std::int64_t>& parents);

// A value as lines() writes it: 1, 1.5, Cola, x'00', NULL.
std::string written(const Value& value);

}  // namespace vitrine::testing
