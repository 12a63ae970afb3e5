// See the header. Called once for each row, and cell() once for each cell.
#include "bindings/packet_rows.h"

#include <algorithm>
#include <limits>

#include "base/check.h"
#include "base/text.h"
#include "orm/query/request_json.h"

namespace vitrine {
namespace {

constexpr double kRowAsJson = -std::numeric_limits<double>::infinity();

}  // namespace

PacketRows::PacketRows(const Model& model, std::span<const double> numbers, std::string_view text,
                       std::string_view blobs)
    : model_(model), numbers_(numbers), text_(text), blobs_(blobs) {
  rows_ = number();
}

bool PacketRows::next(std::span<ValueView> cells) {
  if (++row_ >= rows_) return false;
  if (!numbers_.empty() && numbers_.front() == kRowAsJson) {
    read_json(cells);
    return true;
  }
  for (std::size_t i = 0; i < cells.size(); ++i) cells[i] = cell(model_.columns[i]);
  return true;
}

std::size_t PacketRows::bytes() const {
  const bool is_json = std::find(numbers_.begin(), numbers_.end(), kRowAsJson) != numbers_.end();
  const bool has_times =
      std::any_of(model_.columns.begin(), model_.columns.end(),
                  [](const Column& column) { return column.type == ColumnType::datetime; });
  return is_json || has_times ? 0 : text_.size() + blobs_.size();
}

double PacketRows::number() {
  VITRINE_CHECK(!numbers_.empty());
  const double first = numbers_.front();
  numbers_ = numbers_.subspan(1);
  return first;
}

// Each text is followed by a NUL.
std::string_view PacketRows::text(double units) {
  const std::size_t size = utf16_prefix(text_, static_cast<std::size_t>(units));
  VITRINE_CHECK(size < text_.size());
  const std::string_view found = text_.substr(0, size);
  text_.remove_prefix(size + 1);
  return found;
}

std::string_view PacketRows::blob(double size_bytes) {
  const auto size = static_cast<std::size_t>(size_bytes);
  VITRINE_CHECK(size <= blobs_.size());
  const std::string_view found = blobs_.substr(0, size);
  blobs_.remove_prefix(size);
  return found;
}

void PacketRows::read_json(std::span<ValueView> cells) {
  number();
  const Origin rows;
  kept_.push_back(read_assignments(model_, Json::parse(text(number())), Origin(rows, index())));
  put_row(model_, kept_.back(), cells);
}

ValueView PacketRows::cell(const Column& column) {
  const double held = number();
  if (held != held) return {};
  switch (column.type) {
    case ColumnType::integer:
    case ColumnType::boolean:
      return static_cast<std::int64_t>(held);
    case ColumnType::real:
      return held;
    case ColumnType::blob:
      return ValueView::of_bytes(blob(held));
    case ColumnType::string:
    case ColumnType::text:
    case ColumnType::datetime:
    case ColumnType::json:
      break;
  }
  return text_cell(column, held);
}

ValueView PacketRows::text_cell(const Column& column, double units) {
  const std::string_view found = text(units);
  // A text has no more code points than units; what may be too long, or in another form than it is
  // stored in, is read as in every other request.
  const bool short_enough = column.length == 0 || units <= column.length;
  const bool plain = column.type != ColumnType::datetime && short_enough;
  if (plain) return ValueView::of_text(found);
  const Origin rows;
  const Origin row(rows, index());
  kept_.push_back({{column.name, read_value(model_, column, found, Origin(row, column.name))}});
  return kept_.back().front().value;
}

}  // namespace vitrine
