// Packet: rows on their way to JavaScript, as one buffer of numbers, one of text and one of bytes.
// PacketSink writes it while rows stream in. docs/packets.md has the layout; web/package/src/packet
// reads it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bindings/shape.h"
#include "orm/session/execute.h"

namespace vitrine {

// The buffers keep their capacity from one answer to the next.
struct Packet {
  std::size_t shape = 0;
  std::vector<double> numbers;
  std::string text;
  std::string blobs;

  void clear();
  // Appends the content of a cell and returns the number that stands for it: how many UTF-16 units
  // or bytes it has.
  double append_text(std::string_view content);
  double append_blob(std::string_view bytes);
};

// Fails with RANGE for a whole number that JavaScript cannot hold, and with CORRUPT for a cell that
// is not of its column's type, naming model and column; the packet is then of no use.
class PacketSink final : public RowSink {
 public:
  // Both live longer than the sink. Clears `packet`.
  PacketSink(Packet& packet, ShapeTable& shapes);

  void begin_node(const PlanNode& node, const PlanChild* link) override;
  void row(Statement& statement, std::int64_t parent_row) override;
  void end_node(std::span<const std::int64_t> targets) override;

 private:
  struct Cell {
    CellKind kind = CellKind::number;
    const Column* column = nullptr;
  };

  double cell(Statement& statement, int index);
  double number(Statement& statement, int index);
  [[noreturn]] void refuse_class(int index) const;

  Packet& packet_;
  ShapeTable& shapes_;
  const Model* model_ = nullptr;
  std::vector<Cell> cells_;      // of the node that began last
  std::size_t count_cells_ = 0;  // how many relation counts follow them
  int first_count_ = 0;          // the result column of the first of these
  bool has_parent_ = false;      // rows start with their parent's number
  std::size_t rows_at_ = 0;      // where numbers holds this node's number of rows
  std::int64_t rows_ = 0;
};

}  // namespace vitrine
