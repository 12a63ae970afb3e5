// The names of column types.
#include "orm/schema/column.h"

#include <array>

namespace vitrine {
namespace {

// In the order of the enum, so that the number of a type is its place.
constexpr std::array<std::string_view, 8> kTypeNames = {"integer", "real",     "string", "text",
                                                        "boolean", "datetime", "blob",   "json"};

}  // namespace

std::string_view column_type_name(ColumnType type) {
  return kTypeNames[static_cast<std::size_t>(type)];
}

std::optional<ColumnType> column_type_from_name(std::string_view name) {
  for (std::size_t i = 0; i < kTypeNames.size(); ++i) {
    if (kTypeNames[i] == name) return static_cast<ColumnType>(i);
  }
  return std::nullopt;
}

}  // namespace vitrine
