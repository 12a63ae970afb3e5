// Operations that hold others: loops, pauses of autoflush, and counts of the statements that ran.
#include <algorithm>
#include <optional>
#include <utility>

#include "runner/operations.h"

namespace vitrine::oracle {
namespace {

// A copy of `json` with ${name} in texts, and {"$var": name}, replaced by the number.
Json substituted(const Json& json, const std::string& name, std::int64_t number) {
  if (json.is_string()) {
    auto text = json.get<std::string>();
    const std::string mark = "${" + name + "}";
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
      text.replace(at, mark.size(), std::to_string(number));
    }
    return text;
  }
  if (json.is_object() && json.contains("$var") && json.at("$var") == name) return number;
  if (!json.is_structured()) return json;
  Json copy = json;
  for (auto& part : copy) part = substituted(part, name, number);
  return copy;
}

Json op_repeat(const Call& call) {
  const auto name = call.op.at("var").get<std::string>();
  std::int64_t iterations = 0;
  std::int64_t errors = 0;
  Json first_error = nullptr;
  const auto last = call.op.at("to").get<std::int64_t>();
  for (auto number = call.op.at("from").get<std::int64_t>(); number <= last; ++number) {
    const Json ops = substituted(call.op.at("ops"), name, number);
    for (const Json& outcome : run_operations(call.stage, ops, call.tables)) {
      if (!outcome.contains("error")) continue;
      ++errors;
      if (first_error.is_null()) first_error = outcome;
    }
    ++iterations;
  }
  return {{"iterations", iterations}, {"errors", errors}, {"first_error", first_error}};
}

Json op_no_autoflush(const Call& call) {
  const Session::NoAutoflush pause(call.session);
  return {{"results", run_operations(call.stage, call.op.at("ops"), call.tables)}};
}

// "INSERT", "product" of INSERT INTO "product" ...; nothing for other statements.
std::optional<std::pair<std::string, std::string>> write_of(const std::string& sql) {
  for (const std::string kind : {"INSERT", "UPDATE", "DELETE"}) {
    if (sql.compare(0, kind.size(), kind) != 0) continue;
    const std::size_t open = sql.find('"');
    const std::size_t close = sql.find('"', open + 1);
    if (close == std::string::npos) continue;
    return std::make_pair(kind, sql.substr(open + 1, close - open - 1));
  }
  return std::nullopt;
}

Json rows_in_order(const std::vector<Ran>& ran, const Json& op) {
  Json shown = Json::array();
  for (const Ran& statement : ran) {
    const auto write = write_of(statement.sql);
    if (!write) continue;
    const bool wanted = !op.contains("kinds") ||
                        std::count(op.at("kinds").begin(), op.at("kinds").end(), write->first) > 0;
    if (!wanted) continue;
    const bool goes_on =
        !shown.empty() && shown.back()[0] == write->first && shown.back()[1] == write->second;
    if (goes_on) {
      shown.back()[2] = shown.back()[2].get<std::int64_t>() + statement.changes;
    } else {
      shown.push_back({write->first, write->second, statement.changes});
    }
  }
  return shown;
}

Json op_trace(const Call& call) {
  Json results;
  const std::vector<Ran> ran = call.stage.record(
      [&] { results = run_operations(call.stage, call.op.at("ops"), call.tables); });
  return {{"results", results}, {"rows_in_order", rows_in_order(ran, call.op)}};
}

Json op_count_selects(const Call& call) {
  Json results;
  const std::vector<Ran> ran = call.stage.record(
      [&] { results = run_operations(call.stage, call.op.at("ops"), call.tables); });
  const auto selects = std::count_if(ran.begin(), ran.end(), [](const Ran& statement) {
    return statement.sql.compare(0, 6, "SELECT") == 0 || statement.sql.compare(0, 4, "WITH") == 0;
  });
  return {{"results", results}, {"selects", selects}};
}

constexpr NamedOperation kNestingOperations[] = {
    {"repeat", op_repeat},
    {"no_autoflush", op_no_autoflush},
    {"trace", op_trace},
    {"count_selects", op_count_selects},
};

}  // namespace

Operation find_nesting_operation(std::string_view name) {
  return find_among(kNestingOperations, name);
}

}  // namespace vitrine::oracle
