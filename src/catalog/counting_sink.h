// CountingSink: passes rows on, and notes how many there were of the root. Private to the room.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "orm/session/execute.h"

namespace vitrine {

class CountingSink : public RowSink {
 public:
  // `key_column`: of the root's rows, a whole number that last_key() is to have.
  explicit CountingSink(RowSink& sink, std::optional<std::size_t> key_column = {})
      : sink_(sink), key_column_(key_column) {}
  void begin_node(const PlanNode& node, const PlanChild* link) override {
    root_ = link == nullptr;
    sink_.begin_node(node, link);
  }
  void row(Statement& statement, std::int64_t parent_row) override {
    if (root_) {
      ++rows_;
      if (key_column_) last_key_ = statement.row()[*key_column_].integer;
    }
    sink_.row(statement, parent_row);
  }
  void end_node(std::span<const std::int64_t> targets) override { sink_.end_node(targets); }

  std::int64_t rows() const { return rows_; }
  std::int64_t last_key() const { return last_key_; }

 private:
  RowSink& sink_;
  std::optional<std::size_t> key_column_;
  bool root_ = false;
  std::int64_t rows_ = 0;
  std::int64_t last_key_ = 0;
};

}  // namespace vitrine
