// Packet: rows on their way to JavaScript, as one buffer of numbers, one of text and one of bytes.
// PacketSink writes it while rows stream in. docs/packets.md has the layout; web/package/src/packet
// reads it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/buffer.h"
#include "bindings/shape.h"
#include "orm/session/execute.h"

namespace vitrine {

// The buffers keep their capacity from one answer to the next.
struct Packet {
  std::size_t shape = 0;
  Buffer words;  // of 32 bits each
  Buffer text;
  Buffer blobs;

  void clear();
  void add_word(std::int32_t word);
  // A number in one word, or in three where one does not hold it.
  void add_number(double number);
  // Appends the content of a cell and returns the number that stands for it: how many UTF-16 units
  // or bytes it has.
  std::int32_t append_text(std::string_view content);
  std::int32_t append_blob(std::string_view bytes);
};

// Fails with RANGE for a whole number that JavaScript cannot hold, and with CORRUPT for a cell that
// is not of its column's type, naming model and column; the packet is then of no use.
class PacketSink final : public RowSink {
 public:
  // Both live longer than the sink. Clears `packet`.
  PacketSink(Packet& packet, ShapeTable& shapes);
  // For rows whose shape is known to have this number.
  PacketSink(Packet& packet, std::size_t shape);

  void begin_node(const PlanNode& node, const PlanChild* link) override;
  void row(Statement& statement, std::int64_t parent_row) override;
  void end_node(std::span<const std::int64_t> targets) override;

 private:
  // After so many new texts in a row, those that follow are taken to be new as well.
  static constexpr std::int32_t kPatience = 64;

  struct Target {
    CellKind kind = CellKind::number;
    std::size_t index = 0;              // among the model's columns
    std::int32_t patience = kPatience;  // how many new texts more before none is looked for
  };
  // A text of the node, so that it is not sent again; none where it has no bytes.
  struct Seen {
    std::uint32_t start = 0;
    std::uint32_t size = 0;
    std::int32_t row = 0;
  };

  // Writes what stands for the cell of the result column `index` to `at`, and returns what follows.
  std::int32_t* cell(const Cell& cell, std::size_t index, std::int32_t* at);
  std::int32_t* text(std::string_view content, std::size_t index, std::int32_t* at);
  std::int32_t* integer(std::int64_t value, std::size_t index, std::int32_t* at) const;
  [[noreturn]] void refuse_integer(std::int64_t value, std::size_t index) const;
  [[noreturn]] void refuse_class(std::size_t index) const;
  const Column& column(std::size_t index) const;

  Packet& packet_;
  ShapeTable* shapes_ = nullptr;
  const Model* model_ = nullptr;
  std::vector<Target> columns_;  // of the node that began last
  std::vector<Seen> seen_;       // its texts, at places that depend on what they say
  std::size_t count_cells_ = 0;  // how many relation counts follow them
  std::size_t first_count_ = 0;  // the result column of the first of these
  bool has_parent_ = false;      // rows start with their parent's number
  std::size_t rows_at_ = 0;      // where words holds this node's number of rows
  std::int32_t rows_ = 0;
};

}  // namespace vitrine
