// Table: the rows of any statement on their way to JavaScript, whatever their columns: each cell
// says what it is. docs/packets.md has the layout. For rows of models there is PacketSink.
#pragma once

#include <initializer_list>
#include <string_view>

#include "bindings/packet.h"
#include "sqlite/connection.h"

namespace vitrine {

// What a cell is; it stands before its number.
enum class CellTag { null, number, text, blob, integer_text };

// Clears `packet` and names its columns.
void begin_table(Packet& packet, std::initializer_list<std::string_view> names);
void add_number(Packet& packet, double value);
void add_text(Packet& packet, std::string_view value);

// Whether rows are objects with a property for each column, or their reader names the columns.
enum class Names { of_columns, of_reader };

// Steps `statement` to its end and writes its rows; whole numbers that JavaScript cannot hold go as
// text. Fails with VALIDATION, after the first step, when two columns that name have one name.
void write_table(Statement& statement, Packet& packet, Names names);

}  // namespace vitrine
