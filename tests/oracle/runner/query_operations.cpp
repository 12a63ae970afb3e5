// Operations that ask for objects: get, require, query.
#include <optional>
#include <utility>

#include "base/error.h"
#include "runner/filters.h"
#include "runner/operations.h"
#include "runner/show.h"

namespace vitrine::oracle {
namespace {

[[noreturn]] void fail_argument(const std::string& argument, const std::string& value) {
  Failure failure;
  failure.code = Code::validation;
  failure.reason = "invalid_argument";
  failure.message = "'" + argument + "' cannot be '" + value + "'";
  fail(std::move(failure));
}

std::vector<Value> read_key(const Call& call) {
  const Json& id = call.op.at("id");
  std::vector<Value> key;
  if (id.is_array()) {
    for (const Json& part : id) key.push_back(call.stage.value(part));
  } else if (id.is_object() && call.stage.model(call.op).primary_key.size() > 1 &&
             !id.contains("$id")) {
    for (const std::size_t part : call.stage.model(call.op).primary_key) {
      key.push_back(call.stage.value(id.at(call.stage.model(call.op).columns[part].name)));
    }
  } else {
    key.push_back(call.stage.value(id));
  }
  return key;
}

Json answer_object(const Call& call, Record* object) {
  if (call.op.contains("as")) call.stage.handles().bind(call.op.at("as"), object);
  return show_object(object, fields_of(call.op));
}

Json op_get(const Call& call) {
  return answer_object(call, call.session.get(call.stage.model(call.op), read_key(call)));
}

Json op_require(const Call& call) {
  return answer_object(call, &call.session.require(call.stage.model(call.op), read_key(call)));
}

Order read_order(const Json& json) {
  Order order;
  order.path = Path::parse((json.is_array() ? json.at(0) : json).get<std::string>());
  order.descending = json.is_array() && json.size() > 1 && json.at(1) == "desc";
  return order;
}

LoadStrategy read_strategy(const std::string& word) {
  // A subquery load and a select-in load differ in SQL, not in what they promise.
  if (word == "selectin" || word == "subquery") return LoadStrategy::select_in;
  if (word == "joined") return LoadStrategy::joined;
  if (word == "raise") return LoadStrategy::forbidden;
  fail_argument("strategy", word);
}

// Includes "products.product_items" into `select`; every step of a path is loaded in the same way.
void include_path(Select& select, const std::string& path, LoadStrategy strategy) {
  const std::size_t dot = path.find('.');
  const std::string name = path.substr(0, dot);
  Include* include = nullptr;
  for (Include& known : select.includes) {
    if (known.relation == name) include = &known;
  }
  if (!include) {
    include = &select.includes.emplace_back();
    include->relation = name;
    include->select.model = select.model->relationship(name).target_model;
    include->strategy = strategy;
  }
  if (dot != std::string::npos) include_path(include->select, path.substr(dot + 1), strategy);
}

std::optional<std::int64_t> read_count(const Json& op, const char* argument) {
  if (!op.contains(argument) || op.at(argument).is_null()) return std::nullopt;
  return op.at(argument).get<std::int64_t>();
}

Select read_query(const Call& call) {
  const Json& op = call.op;
  Select select;
  select.model = &call.stage.model(op);
  select.where = read_filters(call.stage, *select.model, op);
  if (op.contains("order_by")) {
    for (const Json& order : op.at("order_by")) select.order_by.push_back(read_order(order));
  }
  select.limit = read_count(op, "limit");
  select.offset = read_count(op, "offset");
  select.distinct = op.value("distinct", false);
  if (op.contains("outer")) select.outer_joins = op.at("outer").get<std::vector<std::string>>();
  if (op.contains("eager")) {
    for (const Json& eager : op.at("eager")) {
      include_path(select, eager.at("path"), read_strategy(eager.at("strategy")));
    }
  }
  return select;
}

bool is_ordered(const Json& op) { return op.contains("order_by") || op.value("ordered", false); }

Json answer_all(const Call& call, const Select& select) {
  const bool overwrite = call.op.value("populate_existing", false);
  const std::vector<Record*> objects = call.session.all(select, overwrite);
  if (call.op.contains("as")) call.stage.handles().bind(call.op.at("as"), objects);
  return show_objects(objects, is_ordered(call.op), fields_of(call.op));
}

Json answer_first(const Call& call, Select select) {
  // The first is one, whatever limit the request had.
  select.limit = 1;
  const std::vector<Record*> objects =
      call.session.all(select, call.op.value("populate_existing", false));
  return answer_object(call, objects.empty() ? nullptr : objects.front());
}

Json answer_columns(const Call& call, const Select& select) {
  std::vector<Path> paths;
  std::vector<const Column*> facts;
  for (const Json& column : call.op.at("columns")) {
    const Path& path = paths.emplace_back(Path::parse(column.get<std::string>()));
    const Model* model = select.model;
    for (const std::string& relation : path.relations) {
      model = model->relationship(relation).target_model;
    }
    facts.push_back(&model->columns[model->column_index(path.attribute)]);
  }
  return show_rows(call.session.columns(select, paths), is_ordered(call.op), facts);
}

Json answer(const Call& call) {
  const Select select = read_query(call);
  const std::string wanted = call.op.value("return", std::string("all"));
  if (wanted == "all") return answer_all(call, select);
  if (wanted == "first") return answer_first(call, select);
  if (wanted == "count") return call.session.count(select);
  if (wanted == "exists") return call.session.exists(select);
  if (wanted == "columns") return answer_columns(call, select);
  if (wanted == "one") return answer_object(call, &call.session.one(select));
  if (wanted == "one_or_none") return answer_object(call, call.session.one_or_none(select));
  fail_argument("return", wanted);
}

Json op_query(const Call& call) {
  std::optional<Session::NoAutoflush> pause;
  if (call.op.value("no_autoflush", false)) pause.emplace(call.session);
  return answer(call);
}

constexpr NamedOperation kQueryOperations[] = {
    {"get", op_get},
    {"require", op_require},
    {"query", op_query},
};

}  // namespace

Operation find_query_operation(std::string_view name) { return find_among(kQueryOperations, name); }

}  // namespace vitrine::oracle
