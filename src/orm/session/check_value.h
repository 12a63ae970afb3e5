// The checks of a value before it is written, so that the error names the object and its field and
// says what would be right. The database checks the same again: STRICT tables and CHECKs.
#pragma once

#include <cstddef>

#include "base/value_view.h"
#include "orm/session/record.h"

namespace vitrine {

// Fails with VALIDATION (type_mismatch, encoding, unsupported_type, invalid_value) or, for text
// longer than String(n), with CHECK and the constraint's name as detail. NULL passes: NOT NULL is
// the database's to say.
void check_value(const Record& record, std::size_t column);
// The same for a value that belongs to no object.
void check_value(const Model& model, std::size_t column, const ValueView& value);
// What no column can hold, whatever its type: text that is not Unicode, NaN and infinities. Refused
// already when it is assigned.
void check_storable(const Record& record, std::size_t column, const Value& value);
// A value to look a row up by: of the column's type, and not NULL. VALIDATION: type_mismatch.
void check_key_part(const Model& model, std::size_t column, const Value& value);

}  // namespace vitrine
