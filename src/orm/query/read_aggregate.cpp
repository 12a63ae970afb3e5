// Requests for aggregates, as JSON. See request_json.h.
#include "orm/query/read_value.h"
#include "orm/query/refuse.h"
#include "orm/query/request_json.h"

namespace vitrine {
namespace {

using namespace query;

struct Named {
  const char* name;
  int number;
};

constexpr Named kFunctions[] = {
    {"count", static_cast<int>(Function::count)},
    {"countDistinct", static_cast<int>(Function::count_distinct)},
    {"sum", static_cast<int>(Function::sum)},
    {"avg", static_cast<int>(Function::avg)},
    {"min", static_cast<int>(Function::min)},
    {"max", static_cast<int>(Function::max)},
};

constexpr Named kConditions[] = {
    {"eq", static_cast<int>(Operator::eq)}, {"ne", static_cast<int>(Operator::ne)},
    {"lt", static_cast<int>(Operator::lt)}, {"lte", static_cast<int>(Operator::le)},
    {"gt", static_cast<int>(Operator::gt)}, {"gte", static_cast<int>(Operator::ge)},
};

constexpr std::string_view kAggregateOptions[] = {"where",  "groupBy", "values",
                                                  "having", "orderBy", "limit"};

template <std::size_t kCount>
int number_of(const Named (&known)[kCount], const Model& model, const std::string& name,
              const Origin& origin) {
  std::string list;
  for (const Named& one : known) {
    if (name == one.name) return one.number;
    list.append(list.empty() ? "" : ", ").append(one.name);
  }
  refuse_request(model, origin, "There is " + list + "; not \"" + name + "\".");
}

// A column and its model.
struct Place {
  const Model* model;
  const Column* column;
};

// Reads one request; `names` are those of the result's columns so far, and `places` the columns
// whose values they have, none where they are numbers.
struct Reader {
  const Model& model;
  Aggregate aggregate;
  std::vector<std::string> names;
  std::vector<Place> places;

  void name_result(const std::string& name, const Place& place, const Origin& origin) {
    for (const std::string& taken : names) {
      if (taken == name) refuse_request(model, origin, "\"" + name + "\" is there twice.");
    }
    names.push_back(name);
    places.push_back(place);
  }

  // A column of the model or, behind to-one relations, of another: "category.name".
  Place column_at(const Json& dotted, const Origin& origin, Path& path) const {
    if (!dotted.is_string()) {
      refuse_request(model, origin, "Expected a column, like \"name\" or \"category.name\".");
    }
    path = Path::parse(dotted.text());
    const Model* at = &model;
    for (const std::string& name : path.relations) {
      const Relationship& relation = known_relation(*at, name, origin);
      if (relation.is_collection()) {
        refuse_request(model, origin, name + " refers to many objects; start from their model.");
      }
      at = relation.target_model;
    }
    return {at, &at->columns[known_column(*at, path.attribute, origin)]};
  }

  void group(const Json& paths, const Origin& origin) {
    if (!paths.is_array()) refuse_request(model, origin, "Expected a list of columns.");
    for (std::size_t i = 0; i < paths.size(); ++i) {
      const Origin here(origin, i);
      const Place place = column_at(paths[i], here, aggregate.group_by.emplace_back());
      name_result(paths[i].text(), place, here);
    }
  }

  void value(const std::string& name, const Json& value, const Origin& origin) {
    if (!value.is_object() || value.size() != 1) {
      refuse_request(model, origin, "Expected one function, like { max: \"name\" }.");
    }
    Aggregate::Term term;
    const std::string& function = value.items().front().first;
    const Origin here(origin, function);
    term.function = static_cast<Function>(number_of(kFunctions, model, function, here));
    const bool of_rows = term.function == Function::count && value.items().front().second == true;
    Place place{};
    if (!of_rows) {
      place = column_at(value.items().front().second, here, term.path);
      const ColumnType type = place.column->type;
      const bool numeric = type == ColumnType::integer || type == ColumnType::real;
      if (!numeric && (term.function == Function::sum || term.function == Function::avg)) {
        refuse_request(model, here, function + " is of numbers, and this column has none.");
      }
    }
    if (term.function != Function::min && term.function != Function::max) place = {};
    aggregate.terms.push_back(std::move(term));
    name_result(name, place, origin);
  }

  std::size_t position(const std::string& name, const Origin& origin) const {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (names[i] == name) return i;
    }
    refuse_attribute_of(model, name, std::vector<std::string_view>(names.begin(), names.end()),
                        origin);
  }

  // What a result is compared with: a value of its column, else a number, a fraction as well.
  Value compared(const Place& place, const Json& value, const Origin& origin) const {
    if (place.column != nullptr) return comparable(*place.model, *place.column, value, origin);
    if (value.is_number_integer()) return value.get<std::int64_t>();
    if (value.is_number()) return value.get<double>();
    if (value.is_null()) return nullptr;
    refuse_value(model, "", origin, "Expected a number, not " + described(value) + ".");
  }

  void having(const std::string& name, const Json& conditions, const Origin& origin) {
    const std::size_t at = position(name, origin);
    if (!conditions.is_object()) refuse_request(model, origin, "Expected { gt: 1 } or the like.");
    for (const auto& [condition, value] : conditions.items()) {
      const Origin here(origin, condition);
      const auto op = static_cast<Operator>(number_of(kConditions, model, condition, here));
      const bool equal = op == Operator::eq || op == Operator::ne;
      if (value.is_null() && !equal) refuse_value(model, "", here, "Nothing compares with null.");
      aggregate.having.push_back({at, op, compared(places[at], value, here)});
    }
  }

  void order(const Json& order, const Origin& origin) {
    if (!order.is_object()) refuse_request(model, origin, "Expected { name: \"asc\" }.");
    for (const auto& [name, direction] : order.items()) {
      const Origin here(origin, name);
      if (direction != "asc" && direction != "desc") {
        refuse_request(model, here, "Expected \"asc\" or \"desc\".");
      }
      aggregate.order_by.push_back({position(name, here), direction == "desc"});
    }
  }
};

}  // namespace

Aggregate read_aggregate(const Registry& registry, const Model& model, const Json& request) {
  expect_options(model, request, kAggregateOptions, "");
  Reader reader{model, {}, {}, {}};
  reader.aggregate.model = &model;
  reader.aggregate.join = JoinKind::outer;
  const auto given = [&](const char* option, auto read) {
    if (const auto found = request.find(option); found != nullptr) read(*found, Origin(option));
  };
  given("where", [&](const Json& where, const Origin& origin) {
    reader.aggregate.where = read_filter(registry, model, where, origin);
  });
  given("groupBy", [&](const Json& paths, const Origin& origin) { reader.group(paths, origin); });
  given("values", [&](const Json& values, const Origin& origin) {
    if (!values.is_object()) {
      refuse_request(model, origin, "Expected { total: { count: true } }.");
    }
    for (const auto& [name, value] : values.items()) {
      reader.value(name, value, Origin(origin, name));
    }
  });
  given("having", [&](const Json& groups, const Origin& origin) {
    if (!groups.is_object()) refuse_request(model, origin, "Expected { total: { gt: 1 } }.");
    for (const auto& [name, conditions] : groups.items()) {
      reader.having(name, conditions, Origin(origin, name));
    }
  });
  given("orderBy", [&](const Json& orders, const Origin& origin) {
    if (!orders.is_array()) return reader.order(orders, origin);
    for (std::size_t i = 0; i < orders.size(); ++i) reader.order(orders[i], Origin(origin, i));
  });
  given("limit", [&](const Json& limit, const Origin& origin) {
    reader.aggregate.limit = read_count(model, limit, origin);
  });
  for (const char* option : {"having", "limit"}) {
    if (request.contains("groupBy") || !request.contains(option)) continue;
    refuse_request(model, option, "It is about groups: give groupBy.");
  }
  if (reader.names.empty()) {
    refuse_request(model, "values", "Name at least one value, like { total: { count: true } }.");
  }
  return std::move(reader.aggregate);
}

}  // namespace vitrine
