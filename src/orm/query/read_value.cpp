// See the header, and request_json.h.
#include "orm/query/read_value.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/base64.h"
#include "base/text.h"
#include "base/time_text.h"
#include "orm/query/refuse.h"
#include "orm/query/request_json.h"

namespace vitrine {

namespace query {
namespace {

// One value of one column, on its way in.
struct Reading {
  const Model& model;
  const Column& column;
  const Json& value;
  const Origin& origin;

  [[noreturn]] void wrong_type(std::string_view wanted) const {
    refuse_value(model, column.name, origin,
                 model.name + "." + column.name + " takes " + std::string(wanted) + ", not " +
                     described(value) + ".");
  }
  [[noreturn]] void out_of_range() const {
    Failure failure;
    failure.code = Code::range;
    failure.reason = "invalid_value";
    failure.message = model.name + "." + column.name + ": " + value.dump() +
                      " is not exact as a JavaScript number, or does not fit into 64 bits; pass a "
                      "BigInt within them.";
    failure.model = model.name;
    failure.fields = {column.name};
    failure.path = origin.text();
    fail(std::move(failure));
  }
};

// The decimal integer in text, or nothing when it is none or does not fit.
std::optional<std::int64_t> parsed_integer(std::string_view text) {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  if (text.empty()) return std::nullopt;
  std::int64_t number = 0;
  static constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    const int digit = c - '0';
    // Counted downwards, where there is one more number.
    if (number < (kLeast + digit) / 10) return std::nullopt;
    number = number * 10 - digit;
  }
  if (!negative && number == kLeast) return std::nullopt;
  return negative ? number : -number;
}

const std::string* tagged(const Json& value, const char* tag) {
  if (!value.is_object() || value.size() != 1) return nullptr;
  const auto found = value.find(tag);
  if (found == nullptr || !found->is_string()) return nullptr;
  return &found->text();
}

Value read_integer(const Reading& reading) {
  const Json& value = reading.value;
  if (tagged(value, "$int")) {
    if (auto number = tagged_value(value)) return std::move(*number);
    reading.out_of_range();
  }
  if (!value.is_number()) reading.wrong_type("a whole number");
  if (value.is_number_float()) {
    const double number = value.get<double>();
    if (std::abs(number) > static_cast<double>(kMaxSafeInteger)) reading.out_of_range();
    if (number != std::floor(number)) reading.wrong_type("a whole number");
    return static_cast<std::int64_t>(number);
  }
  const auto number = value.get<std::int64_t>();
  if (number > kMaxSafeInteger || number < -kMaxSafeInteger) reading.out_of_range();
  return number;
}

Value read_text(const Reading& reading) {
  if (!reading.value.is_string()) reading.wrong_type("text");
  const std::string& text = reading.value.text();
  if (first_malformed_byte(text)) reading.wrong_type("well-formed Unicode");
  return text;
}

Value read_time(const Reading& reading) {
  static constexpr std::string_view kWanted = "a time like \"2026-11-22T09:30:00.000Z\"";
  if (!reading.value.is_string()) reading.wrong_type(kWanted);
  const auto time = canonical_time(reading.value.text());
  if (!time) reading.wrong_type(kWanted);
  return *time;
}

Value read_bytes(const Reading& reading) {
  if (!tagged(reading.value, "$bytes")) reading.wrong_type("bytes (a Uint8Array)");
  auto bytes = tagged_value(reading.value);
  if (!bytes) reading.wrong_type("bytes in base64");
  return std::move(*bytes);
}

}  // namespace

std::string described(const Json& value) {
  switch (value.type()) {
    case Json::Type::null:
      return "null";
    case Json::Type::boolean:
      return value.get<bool>() ? "true" : "false";
    case Json::Type::string:
      return "the text \"" + shortened(value.text()) + "\"";
    case Json::Type::array:
      return "a list";
    case Json::Type::object:
      break;
    default:
      return "the number " + value.dump();
  }
  if (tagged(value, "$bytes") != nullptr) return "bytes";
  if (const std::string* big = tagged(value, "$int")) return "the number " + shortened(*big);
  return "an object";
}

std::int64_t read_count(const Model& model, const Json& value, const Origin& origin) {
  // What JavaScript writes with an exponent is more than any table holds, or a fraction.
  if (!value.is_number_integer() || value.get<std::int64_t>() < 0) {
    refuse_value(model, "", origin,
                 "Expected a whole number from 0 on, not " + described(value) + ".");
  }
  return value.get<std::int64_t>();
}

void expect_options(const Model& model, const Json& value, Names known, const Origin& origin) {
  if (!value.is_object()) {
    refuse_request(model, origin,
                   "Expected an object with " + listed(known) + ", not " + described(value) + ".");
  }
  for (const auto& [key, ignored] : value.items()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    const std::string near = closest(key, known);
    refuse_request(
        model, Origin(origin, key),
        "There is no option \"" + shortened(key) + "\". " +
            (near.empty() ? "There is " + listed(known) + "." : "Did you mean \"" + near + "\"?"));
  }
}

Value comparable(const Model& model, const Column& column, const Json& value,
                 const Origin& origin) {
  const Reading reading{model, column, value, origin};
  if (value.is_null()) return nullptr;
  switch (column.type) {
    case ColumnType::integer:
      return read_integer(reading);
    case ColumnType::real:
      if (!value.is_number()) reading.wrong_type("a number");
      return value.get<double>();
    case ColumnType::boolean:
      if (!value.is_boolean()) reading.wrong_type("true or false");
      return value.get<bool>();
    case ColumnType::string:
    case ColumnType::text:
      return read_text(reading);
    case ColumnType::datetime:
      return read_time(reading);
    case ColumnType::blob:
      return read_bytes(reading);
    case ColumnType::json:
      break;
  }
  return value.dump();
}

}  // namespace query

std::optional<Value> tagged_value(const Json& value) {
  if (const std::string* digits = query::tagged(value, "$int")) {
    if (const auto number = query::parsed_integer(*digits)) return Value(*number);
  } else if (const std::string* text = query::tagged(value, "$bytes")) {
    if (auto bytes = base64_decode(*text)) return Value(Bytes{std::move(*bytes)});
  }
  return std::nullopt;
}

Value read_value(const Model& model, const Column& column, const Json& value,
                 const Origin& origin) {
  Value read = query::comparable(model, column, value, origin);
  const std::string* text = read.text();
  if (column.type != ColumnType::string || column.length == 0 || text == nullptr) return read;
  const std::size_t length = code_point_count(*text);
  if (length <= static_cast<std::size_t>(column.length)) return read;
  query::refuse_value(model, column.name, origin,
                      model.name + "." + column.name + " holds at most " +
                          std::to_string(column.length) + " characters, and this text has " +
                          std::to_string(length) + "; shorten it.");
}

std::vector<Assignment> read_assignments(const Model& model, const Json& data,
                                         const Origin& origin) {
  if (!data.is_object()) {
    const std::string path = origin.text();
    fail({.code = Code::validation,
          .reason = "invalid_argument",
          .message = path + ": expected an object of columns.",
          .model = model.name,
          .path = path});
  }
  std::vector<Assignment> values;
  for (const auto& [name, value] : data.items()) {
    const Origin here(origin, name);
    const auto column = model.find_column(name);
    if (!column) {
      const std::string path = here.text();
      fail({.code = Code::validation,
            .reason = "unknown_attribute",
            .message = path + ": " + model.name +
                       " has no such column, and only columns are written here; relations are "
                       "for create, update and upsert.",
            .model = model.name,
            .fields = {name},
            .path = path});
    }
    values.push_back({name, read_value(model, model.columns[*column], value, here)});
  }
  return values;
}

}  // namespace vitrine
