// See the header.
#include "orm/session/check_value.h"

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "orm/query/ddl.h"
#include "orm/session/clock.h"
#include "orm/session/failures.h"

namespace vitrine {
namespace {

bool is_text_type(ColumnType type) {
  return type == ColumnType::string || type == ColumnType::text || type == ColumnType::datetime ||
         type == ColumnType::json;
}

bool fits(ColumnType type, const Value& value) {
  if (is_text_type(type)) return value.text() != nullptr;
  if (type == ColumnType::blob) return value.bytes() != nullptr;
  if (type == ColumnType::real) return value.real() != nullptr || value.integer() != nullptr;
  return value.integer() != nullptr;
}

[[noreturn]] void fail_length(const Record& record, const Column& column, std::size_t length) {
  Failure failure;
  failure.code = Code::check;
  failure.model = record.model().name;
  failure.fields = {column.name};
  failure.detail = length_check_name(record.model(), column);
  failure.message = record.model().name + "." + column.name + " of " + record.describe() +
                    " holds at most " + std::to_string(column.length) +
                    " characters, and this text has " + std::to_string(length) + "; shorten it";
  fail(std::move(failure));
}

void check_text(const Record& record, const Column& column, const std::string& text) {
  if (const auto offset = first_malformed_byte(text)) {
    fail_value(record, column.name, "encoding",
               "the text is not well-formed Unicode at byte " + std::to_string(*offset) +
                   " (a lone surrogate, or bytes that are not UTF-8)");
  }
  if (column.length > 0 && column.check.empty() &&
      text.size() > static_cast<std::size_t>(column.length)) {
    const std::size_t length = code_point_count(text);
    if (length > static_cast<std::size_t>(column.length)) fail_length(record, column, length);
  }
  if (column.type == ColumnType::datetime && !is_utc_time(text)) {
    fail_value(record, column.name, "invalid_value",
               "expected a time like 2026-11-22T09:30:00.000Z, got '" + shortened(text) + "'");
  }
  if (column.type == ColumnType::json && !nlohmann::ordered_json::accept(text)) {
    fail_value(record, column.name, "invalid_value", "expected JSON text");
  }
}

}  // namespace

void check_value(const Record& record, std::size_t index) {
  const Column& column = record.model().columns[index];
  const Value& value = record.slot(index).value;
  if (value.is_null()) return;
  if (!fits(column.type, value)) {
    fail_value(
        record, column.name, "type_mismatch",
        "expected " + std::string(column_type_name(column.type)) + ", got " + value.describe());
  }
  if (column.type == ColumnType::boolean && *value.integer() != 0 && *value.integer() != 1) {
    fail_value(record, column.name, "invalid_value", "expected true or false");
  }
  if (const double* real = value.real(); real && !(*real - *real == 0)) {
    fail_value(record, column.name, "invalid_value", "NaN and infinities cannot be stored");
  }
  if (const std::string* text = value.text()) check_text(record, column, *text);
}

}  // namespace vitrine
