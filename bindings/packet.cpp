// The encoder: called once per row and once per cell, so it allocates nothing but buffer growth.
#include "bindings/packet.h"

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

#include "base/error.h"
#include "base/text.h"

namespace vitrine {
namespace {

constexpr double kNull = std::numeric_limits<double>::quiet_NaN();

// Eight bytes at a time: it looks at every byte that leaves.
bool is_ascii(std::string_view text) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080;
  std::uint64_t all = 0;
  while (text.size() >= sizeof all) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data(), sizeof word);
    all |= word;
    text.remove_prefix(sizeof word);
  }
  for (const char byte : text) all |= static_cast<unsigned char>(byte);
  return (all & kHighBits) == 0;
}

}  // namespace

void Packet::clear() {
  numbers.clear();
  text.clear();
  blobs.clear();
}

double Packet::append_text(std::string_view content) {
  if (is_ascii(content)) {
    text.append(content);
    return static_cast<double>(content.size());
  }
  if (!first_malformed_byte(content)) {
    text.append(content);
    return static_cast<double>(utf16_length(content));
  }
  const std::string repaired = repaired_utf8(content);
  text.append(repaired);
  return static_cast<double>(utf16_length(repaired));
}

double Packet::append_blob(std::string_view bytes) {
  blobs.append(bytes);
  return static_cast<double>(bytes.size());
}

PacketSink::PacketSink(Packet& packet, ShapeTable& shapes) : packet_(packet), shapes_(shapes) {
  packet_.clear();
}

void PacketSink::begin_node(const PlanNode& node, const PlanChild* link) {
  if (link == nullptr) packet_.shape = shapes_.intern(node);
  model_ = node.model;
  cells_.clear();
  for (std::size_t i = 0; i < node.visible_columns; ++i) {
    const Column& column = node.model->columns[node.columns[i]];
    cells_.push_back({.kind = cell_kind(column.type), .column = &column});
  }
  count_cells_ = node.counts.size();
  first_count_ = static_cast<int>(node.columns.size());
  has_parent_ = link != nullptr && !link->relationship->is_many_to_one();
  rows_at_ = packet_.numbers.size();
  rows_ = 0;
  packet_.numbers.push_back(0);
}

void PacketSink::row(Statement& statement, std::int64_t parent_row) {
  std::vector<double>& numbers = packet_.numbers;
  if (has_parent_) numbers.push_back(static_cast<double>(parent_row));
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    numbers.push_back(cell(statement, static_cast<int>(i)));
  }
  for (std::size_t i = 0; i < count_cells_; ++i) {
    const int index = first_count_ + static_cast<int>(i);
    numbers.push_back(static_cast<double>(statement.column_integer(index)));
  }
  ++rows_;
}

void PacketSink::end_node(std::span<const std::int64_t> targets) {
  packet_.numbers[rows_at_] = static_cast<double>(rows_);
  for (const std::int64_t target : targets) {
    packet_.numbers.push_back(static_cast<double>(target));
  }
}

double PacketSink::cell(Statement& statement, int index) {
  const StorageClass found = statement.column_class(index);
  if (found == StorageClass::null) return kNull;
  switch (cells_[static_cast<std::size_t>(index)].kind) {
    case CellKind::number:
    case CellKind::boolean:
      return number(statement, index);
    case CellKind::text:
    case CellKind::json:
      if (found != StorageClass::text) refuse_class(index);
      return packet_.append_text(statement.column_text(index));
    case CellKind::blob:
      if (found != StorageClass::blob) refuse_class(index);
      return packet_.append_blob(statement.column_bytes(index));
  }
  refuse_class(index);
}

double PacketSink::number(Statement& statement, int index) {
  const StorageClass found = statement.column_class(index);
  if (found == StorageClass::real) return statement.column_real(index);
  if (found != StorageClass::integer) refuse_class(index);
  const std::int64_t value = statement.column_integer(index);
  if (value >= -kMaxSafeInteger && value <= kMaxSafeInteger) return static_cast<double>(value);
  const std::string column = cells_[static_cast<std::size_t>(index)].column->name;
  fail({.code = Code::range,
        .message = model_->table + "." + column + " holds " + std::to_string(value) +
                   ", which a JavaScript number cannot hold exactly: leave the column out of "
                   "select, or read it through sql, which gives a BigInt.",
        .model = model_->name,
        .fields = {column}});
}

void PacketSink::refuse_class(int index) const {
  const Column& column = *cells_[static_cast<std::size_t>(index)].column;
  fail({.code = Code::corrupt,
        .message = model_->table + "." + column.name + " holds a value that is not " +
                   std::string(column_type_name(column.type)) +
                   ", so the file was not written by a catalog: correct the value with another "
                   "SQLite program, or leave the column out of select.",
        .model = model_->name,
        .fields = {column.name}});
}

}  // namespace vitrine
