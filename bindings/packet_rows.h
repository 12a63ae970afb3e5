// PacketRows: rows on their way in, read out of the packet that JavaScript wrote. docs/packets.md
// has the layout; web/package/src/packet/encode.ts writes it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "orm/query/compile.h"
#include "orm/session/new_rows.h"

namespace vitrine {

// Fails with VALIDATION or RANGE, and the path of the value, where read_assignments() and
// read_value() do; what is not of its column's type comes as JSON, for them to refuse.
class PacketRows final : public NewRows {
 public:
  // `model` and the buffers outlive it. `numbers` begins with the number of rows.
  PacketRows(const Model& model, std::span<const double> numbers, std::string_view text,
             std::string_view blobs);

  bool next(std::span<ValueView> cells) override;
  // Before the first row is read. 0 where one is JSON or may have a time, which can be longer than
  // what is stored.
  std::size_t bytes() const override;

 private:
  double number();
  std::string_view text(double units);
  std::string_view blob(double size_bytes);
  void read_json(std::span<ValueView> cells);
  ValueView cell(const Column& column);
  ValueView text_cell(const Column& column, double units);
  std::size_t index() const { return static_cast<std::size_t>(row_); }

  const Model& model_;
  std::span<const double> numbers_;
  std::string_view text_;
  std::string_view blobs_;
  double rows_ = 0;
  double row_ = -1;                            // the one being read
  std::vector<std::vector<Assignment>> kept_;  // what cells borrow that the packet does not hold
};

}  // namespace vitrine
