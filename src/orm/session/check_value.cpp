// See the header.
#include "orm/session/check_value.h"

#include "base/json.h"
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

bool fits(ColumnType type, const ValueView& value) {
  if (is_text_type(type)) return value.text() != nullptr;
  if (type == ColumnType::blob) return value.bytes() != nullptr;
  if (type == ColumnType::real) return value.real() != nullptr || value.integer() != nullptr;
  return value.integer() != nullptr;
}

// What a value is for: a column, of an object where there is one.
struct Subject {
  const Model& model;
  const Column& column;
  const Record* record;

  [[noreturn]] void refuse(const char* reason, const std::string& what) const {
    if (record) fail_value(*record, column.name, reason, what);
    Failure failure = about(Code::validation);
    failure.reason = reason;
    failure.message = model.name + "." + column.name + ": " + what;
    fail(std::move(failure));
  }

  Failure about(Code code) const {
    Failure failure;
    failure.code = code;
    failure.model = model.name;
    failure.fields = {column.name};
    return failure;
  }
};

[[noreturn]] void fail_length(const Subject& subject, std::size_t length) {
  const Column& column = subject.column;
  Failure failure = subject.about(Code::check);
  failure.detail = length_check_name(subject.model, column);
  failure.message = subject.model.name + "." + column.name +
                    (subject.record ? " of " + subject.record->describe() : "") +
                    " holds at most " + std::to_string(column.length) +
                    " characters, and this text has " + std::to_string(length) + "; shorten it";
  fail(std::move(failure));
}

void check_number(const Subject& subject, const ValueView& value) {
  const double* real = value.real();
  const bool is_finite = !real || *real - *real == 0;
  if (!is_finite) subject.refuse("invalid_value", "NaN and infinities cannot be stored");
}

void check_encoding(const Subject& subject, std::string_view text) {
  const auto offset = first_malformed_byte(text);
  if (!offset) return;
  subject.refuse("encoding", "the text is not well-formed Unicode at byte " +
                                 std::to_string(*offset) +
                                 " (a lone surrogate, or bytes that are not UTF-8)");
}

void check_text(const Subject& subject, std::string_view text) {
  const Column& column = subject.column;
  check_encoding(subject, text);
  if (column.length > 0 && column.check.empty() &&
      text.size() > static_cast<std::size_t>(column.length)) {
    const std::size_t length = code_point_count(text);
    if (length > static_cast<std::size_t>(column.length)) fail_length(subject, length);
  }
  if (column.type == ColumnType::datetime && !is_utc_time(text)) {
    subject.refuse("invalid_value",
                   "expected a time like 2026-11-22T09:30:00.000Z, got '" + shortened(text) + "'");
  }
  if (column.type == ColumnType::json && !Json::accept(text)) {
    subject.refuse("invalid_value", "expected JSON text");
  }
}

void check_type(const Subject& subject, const ValueView& value) {
  if (fits(subject.column.type, value)) return;
  subject.refuse("type_mismatch", "expected " + std::string(column_type_name(subject.column.type)) +
                                      ", got " + value.value().describe());
}

void check(const Subject& subject, const ValueView& value) {
  if (value.is_null()) return;
  check_type(subject, value);
  if (subject.column.type == ColumnType::boolean && *value.integer() != 0 &&
      *value.integer() != 1) {
    subject.refuse("invalid_value", "expected true or false");
  }
  check_number(subject, value);
  if (const std::string_view* text = value.text()) check_text(subject, *text);
}

}  // namespace

void check_value(const Record& record, std::size_t column) {
  check({record.model(), record.model().columns[column], &record}, record.slot(column).value);
}

void check_value(const Model& model, std::size_t column, const ValueView& value) {
  check({model, model.columns[column], nullptr}, value);
}

void check_storable(const Record& record, std::size_t column, const Value& value) {
  const Subject subject{record.model(), record.model().columns[column], &record};
  check_number(subject, value);
  if (const std::string* text = value.text()) check_encoding(subject, *text);
}

void check_key_part(const Model& model, std::size_t column, const Value& value) {
  const Subject subject{model, model.columns[column], nullptr};
  if (value.is_null()) subject.refuse("type_mismatch", "NULL is no key; give a value");
  check_type(subject, value);
}

}  // namespace vitrine
