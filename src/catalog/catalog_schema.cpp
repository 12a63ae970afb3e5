// See the header.
#include "catalog/catalog_schema.h"

#include <string_view>
#include <utility>

#include "catalog/history.h"
#include "catalog/models.h"

namespace vitrine {

namespace {

// As SQLite keeps it: without the condition.
SchemaLine history_line() {
  constexpr std::string_view kCondition = "IF NOT EXISTS ";
  std::string sql = History::table_sql();
  sql.erase(sql.find(kCondition), kCondition.size());
  return {History::kTable, History::kTable, std::move(sql)};
}

}  // namespace

CatalogSchema::CatalogSchema(Registry models)
    : registry(std::move(models)), lines(schema_lines(registry)) {
  lines.push_back(history_line());
}

const CatalogSchema& catalog::own_schema() {
  static const CatalogSchema schema(make_registry());
  return schema;
}

}  // namespace vitrine
