// Shape: what the rows of a plan look like (names, kinds, nesting), told to JavaScript once and
// then known by a number. Packets carry the number only.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "orm/query/plan.h"

namespace vitrine {

// How a cell is written: as itself (number, boolean 0 or 1), or as a length in the numbers and its
// content in the text or blob buffer.
enum class CellKind { number, boolean, text, json, blob };

CellKind cell_kind(ColumnType type);
std::string_view cell_kind_name(CellKind kind);

// The shapes that one catalog's plans have had. Numbers are good for the life of the table.
//
// Invariant: plans of one shape always get the same number.
class ShapeTable {
 public:
  // More than any program writes by hand; a program that makes requests without end gets STATE.
  static constexpr std::size_t kMaxShapes = 100'000;

  // The number of `root`'s shape, new when it was not seen before.
  std::size_t intern(const PlanNode& root);
  // { columns: [[name, kind]], counts: [name], children: [{ name, many, node }] } as JSON. Fails
  // with STATE when no shape has this number.
  const std::string& description(std::size_t shape) const;

 private:
  std::unordered_map<std::string, std::size_t> known_;
  std::vector<std::string> descriptions_;
  std::string signature_;  // reused
};

}  // namespace vitrine
