// Operations on sets of rows: aggregates, bulk writes, raw SQL, whole tables.
#include <cctype>
#include <utility>

#include "runner/filters.h"
#include "runner/operations.h"
#include "runner/show.h"

namespace vitrine::oracle {
namespace {

constexpr std::pair<std::string_view, Function> kFunctions[] = {
    {"count", Function::count}, {"sum", Function::sum},
    {"min", Function::min},     {"max", Function::max},
    {"avg", Function::avg},     {"count_distinct", Function::count_distinct},
};

constexpr std::pair<std::string_view, Operator> kComparisons[] = {
    {"eq", Operator::eq}, {"ne", Operator::ne}, {"lt", Operator::lt},
    {"le", Operator::le}, {"gt", Operator::gt}, {"ge", Operator::ge},
};

template <class Meaning, std::size_t Size>
Meaning meaning_of(const std::pair<std::string_view, Meaning> (&table)[Size],
                   const std::string& word) {
  for (const auto& [name, meaning] : table) {
    if (name == word) return meaning;
  }
  Failure failure;
  failure.code = Code::validation;
  failure.reason = "invalid_argument";
  failure.message = "'" + word + "' is not in the vocabulary";
  fail(std::move(failure));
}

Aggregate::Term read_term(const Json& json) {
  Aggregate::Term term;
  term.function = meaning_of(kFunctions, json.at(0).get<std::string>());
  const bool counts_rows = json.size() < 2 || json.at(1).is_null() || json.at(1) == "*";
  if (!counts_rows) term.path = Path::parse(json.at(1).get<std::string>());
  return term;
}

// [position, operator, value] or [operator, position, value].
Aggregate::Having read_having(const Call& call, const Json& json) {
  const bool position_first = json.at(0).is_number();
  Aggregate::Having having;
  having.position = json.at(position_first ? 0 : 1).get<std::size_t>();
  having.op = meaning_of(kComparisons, json.at(position_first ? 1 : 0).get<std::string>());
  having.value = call.stage.value(json.at(2));
  return having;
}

Aggregate::Position read_position(const Json& json) {
  if (!json.is_array()) return {json.get<std::size_t>(), false};
  return {json.at(0).get<std::size_t>(), json.size() > 1 && json.at(1) == "desc"};
}

void read_havings(const Call& call, const Json& json, std::vector<Aggregate::Having>& havings) {
  const bool single = !json.empty() && !json.at(0).is_array();
  if (single) {
    havings.push_back(read_having(call, json));
    return;
  }
  for (const Json& having : json) havings.push_back(read_having(call, having));
}

Json op_aggregate(const Call& call) {
  const Json& op = call.op;
  Aggregate request;
  request.model = &call.stage.model(op);
  request.where = read_filters(call.stage, *request.model, op);
  if (op.contains("outer")) request.outer_joins = op.at("outer").get<std::vector<std::string>>();
  if (op.contains("group_by")) {
    for (const Json& path : op.at("group_by")) {
      request.group_by.push_back(Path::parse(path.get<std::string>()));
    }
  }
  for (const Json& term : op.at("select")) request.terms.push_back(read_term(term));
  if (op.contains("having")) read_havings(call, op.at("having"), request.having);
  if (op.contains("order_by")) {
    for (const Json& place : op.at("order_by")) request.order_by.push_back(read_position(place));
  }
  return show_rows(call.session.aggregate(request), op.contains("order_by"), {});
}

std::vector<Assignment> read_assignments(const Call& call, const Json& values) {
  std::vector<Assignment> assignments;
  for (const auto& [column, value] : values.items()) {
    assignments.push_back({column, call.stage.value(value)});
  }
  return assignments;
}

Json op_bulk_insert(const Call& call) {
  std::vector<std::vector<Assignment>> rows;
  for (const Json& row : call.op.at("rows")) rows.push_back(read_assignments(call, row));
  call.session.bulk_insert(call.stage.model(call.op), rows);
  return nullptr;
}

Session::Synchronize read_synchronize(const Json& op) {
  const bool none = op.contains("synchronize") && op.at("synchronize") == Json(false);
  return none ? Session::Synchronize::none : Session::Synchronize::fetch;
}

Json op_bulk_update(const Call& call) {
  const Model& model = call.stage.model(call.op);
  return call.session.bulk_update(model, read_filters(call.stage, model, call.op),
                                  read_assignments(call, call.op.at("values")),
                                  read_synchronize(call.op));
}

Json op_bulk_delete(const Call& call) {
  const Model& model = call.stage.model(call.op);
  return call.session.bulk_delete(model, read_filters(call.stage, model, call.op),
                                  read_synchronize(call.op));
}

// Parameters by name, in the order in which SQLite numbers them: that of their first use.
std::vector<Value> named_parameters(const Call& call, const std::string& sql, const Json& values) {
  std::vector<Value> parameters;
  std::vector<std::string> seen;
  for (std::size_t at = sql.find(':'); at != std::string::npos; at = sql.find(':', at + 1)) {
    std::size_t end = at + 1;
    while (end < sql.size() &&
           (std::isalnum(static_cast<unsigned char>(sql[end])) != 0 || sql[end] == '_')) {
      ++end;
    }
    const std::string name = sql.substr(at + 1, end - at - 1);
    const bool first = std::find(seen.begin(), seen.end(), name) == seen.end();
    if (!values.contains(name) || !first) continue;
    seen.push_back(name);
    parameters.push_back(call.stage.value(values.at(name)));
  }
  return parameters;
}

std::vector<Value> read_parameters(const Call& call, const std::string& sql) {
  if (!call.op.contains("params") || call.op.at("params").is_null()) return {};
  const Json& values = call.op.at("params");
  if (values.is_object()) return named_parameters(call, sql, values);
  std::vector<Value> parameters;
  for (const Json& value : values) parameters.push_back(call.stage.value(value));
  return parameters;
}

Json op_sql(const Call& call) {
  const auto text = call.op.at("sql").get<std::string>();
  const Session::Rows rows = call.session.sql(text, read_parameters(call, text));
  const bool reads = text.rfind("SELECT", 0) == 0 || text.rfind("PRAGMA", 0) == 0;
  if (reads) return show_rows(rows, true, {});
  // As a recording has it of a write: the number of rows.
  return *call.session.sql("SELECT changes()")[0][0].integer();
}

Json op_table(const Call& call) {
  return call.stage.table(call.session, call.op.at("table"), call.tables);
}

constexpr NamedOperation kSetOperations[] = {
    {"aggregate", op_aggregate},
    {"bulk_insert", op_bulk_insert},
    {"bulk_update", op_bulk_update},
    {"bulk_delete", op_bulk_delete},
    {"sql", op_sql},
    {"table", op_table},
};

}  // namespace

Operation find_set_operation(std::string_view name) { return find_among(kSetOperations, name); }

}  // namespace vitrine::oracle
