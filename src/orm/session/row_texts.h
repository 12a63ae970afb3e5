// RowTexts: the SQL of single rows, each text written once and then kept. Writing it takes longer
// than running it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "orm/schema/model.h"

namespace vitrine {

// A text is good until the next one is asked for. Models outlive it.
class RowTexts {
 public:
  using Columns = std::vector<std::size_t>;
  // As insert_sql(), update_sql() and select_one_sql() write them.
  const std::string& insert(const Model& model, const Columns& columns, const Columns& returned);
  const std::string& update(const Model& model, const Columns& columns, bool check_version);
  const std::string& select(const Model& model, const Columns& where_columns);

 private:
  enum class Verb { insert, update, update_version, select };
  struct Text {
    Verb verb;
    const Model* model;
    Columns columns;
    Columns returned;
    std::string sql;
  };
  const std::string& find(Verb verb, const Model& model, const Columns& columns,
                          const Columns& returned);

  std::vector<std::unique_ptr<Text>> texts_;
};

}  // namespace vitrine
