// JsonRows: rows for create_many out of JSON, as short as a test wants them.
#pragma once

#include <utility>
#include <vector>

#include "orm/query/request_json.h"
#include "orm/session/new_rows.h"

namespace vitrine::testing {

class JsonRows final : public NewRows {
 public:
  JsonRows(const Model& model, const char* rows) : JsonRows(model, Json::parse(rows)) {}
  JsonRows(const Model& model, Json rows) : model_(model), rows_(std::move(rows)) {}
  bool next(std::span<ValueView> cells) override {
    if (values_.size() == rows_.size()) return false;
    const std::size_t row = values_.size();
    values_.push_back(read_assignments(model_, rows_.at(row), "[" + std::to_string(row) + "]"));
    put_row(model_, values_.back(), cells);
    return true;
  }

 private:
  const Model& model_;
  Json rows_;
  std::vector<std::vector<Assignment>> values_;
};

}  // namespace vitrine::testing
