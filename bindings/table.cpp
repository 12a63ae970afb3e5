// Tables are for requests of few rows: they are written plainly.
#include "bindings/table.h"

#include <string>

#include "base/error.h"

namespace vitrine {
namespace {

void add_tag(Packet& packet, CellTag tag) { packet.add_word(static_cast<std::int32_t>(tag)); }

void add_cell(Packet& packet, const Cell& cell) {
  switch (cell.kind) {
    case StorageClass::null:
      add_tag(packet, CellTag::null);
      packet.add_word(0);
      return;
    case StorageClass::real:
      return add_number(packet, cell.real);
    case StorageClass::text:
      return add_text(packet, {cell.data, cell.size});
    case StorageClass::blob:
      add_tag(packet, CellTag::blob);
      packet.add_word(packet.append_blob({cell.data, cell.size}));
      return;
    case StorageClass::integer:
      break;
  }
  if (cell.integer >= -kMaxSafeInteger && cell.integer <= kMaxSafeInteger) {
    return add_number(packet, static_cast<double>(cell.integer));
  }
  add_tag(packet, CellTag::integer_text);
  packet.add_word(packet.append_text(std::to_string(cell.integer)));
}

void check_names(const Statement& statement) {
  for (int i = 0; i < statement.column_count(); ++i) {
    for (int j = 0; j < i; ++j) {
      if (statement.column_name(i) != statement.column_name(j)) continue;
      fail(Code::validation, "Two columns of the result are called \"" +
                                 std::string(statement.column_name(i)) +
                                 "\": give one of them another name with AS.");
    }
  }
}

}  // namespace

void begin_table(Packet& packet, std::initializer_list<std::string_view> names) {
  packet.clear();
  packet.add_word(static_cast<std::int32_t>(names.size()));
  for (const std::string_view name : names) packet.add_word(packet.append_text(name));
}

void add_number(Packet& packet, double value) {
  add_tag(packet, CellTag::number);
  packet.add_number(value);
}

void add_text(Packet& packet, std::string_view value) {
  add_tag(packet, CellTag::text);
  packet.add_word(packet.append_text(value));
}

void write_table(Statement& statement, Packet& packet, Names names) {
  packet.clear();
  // With its first step a statement learns how a table has changed since it was compiled.
  bool has_row = statement.step();
  if (names == Names::of_columns) check_names(statement);
  const int columns = statement.column_count();
  packet.add_word(columns);
  for (int i = 0; i < columns; ++i) {
    packet.add_word(packet.append_text(statement.column_name(i)));
  }
  for (; has_row; has_row = statement.step()) {
    for (const Cell& cell : statement.row()) add_cell(packet, cell);
  }
}

}  // namespace vitrine
