// `where` as a Filter. See request_json.h.
#include <algorithm>
#include <array>

#include "orm/query/read_value.h"
#include "orm/query/refuse.h"
#include "orm/query/request_json.h"

namespace vitrine {
namespace {

using namespace query;

Filter read_where(const Model& model, const Json& where, const Origin& origin, std::size_t depth);

struct Comparison {
  std::string_view name;
  Operator op;
};

constexpr Comparison kComparisons[] = {
    {"eq", Operator::eq},
    {"ne", Operator::ne},
    {"in", Operator::in},
    {"notIn", Operator::not_in},
    {"lt", Operator::lt},
    {"lte", Operator::le},
    {"gt", Operator::gt},
    {"gte", Operator::ge},
    {"between", Operator::between},
    {"like", Operator::like},
    {"notLike", Operator::not_like},
    {"likeFolded", Operator::like_folded},
    {"startsWith", Operator::starts_with},
    {"startsWithFolded", Operator::starts_with_folded},
    {"endsWith", Operator::ends_with},
    {"endsWithFolded", Operator::ends_with_folded},
    {"contains", Operator::contains},
    {"containsFolded", Operator::contains_folded},
};

constexpr Comparison kQuantifiers[] = {
    {"some", Operator::some},
    {"every", Operator::every},
    {"none", Operator::none},
};

template <std::size_t kCount>
constexpr std::array<std::string_view, kCount> names_of(const Comparison (&comparisons)[kCount]) {
  std::array<std::string_view, kCount> names;
  for (std::size_t i = 0; i < kCount; ++i) names[i] = comparisons[i].name;
  return names;
}

constexpr auto kComparisonNames = names_of(kComparisons);
constexpr auto kQuantifierNames = names_of(kQuantifiers);

template <std::size_t kCount>
Operator operator_of(const Comparison (&comparisons)[kCount], const std::string& name) {
  const auto same = [&](const Comparison& comparison) { return name == comparison.name; };
  return std::find_if(std::begin(comparisons), std::end(comparisons), same)->op;
}

bool is_pattern(Operator op) { return op >= Operator::like && op <= Operator::ends_with; }

bool is_textual(ColumnType type) {
  return type == ColumnType::string || type == ColumnType::text || type == ColumnType::datetime ||
         type == ColumnType::json;
}

Filter all_of(std::vector<Filter> operands, const Origin& origin) {
  if (operands.size() == 1) return std::move(operands.front());
  Filter filter;
  filter.op = Operator::all_of;
  filter.operands = std::move(operands);
  filter.origin = origin.text();
  return filter;
}

Filter on_column(const Column& column, Operator op, std::vector<Value> values,
                 const Origin& origin) {
  Filter filter;
  filter.op = op;
  filter.path.attribute = column.name;
  filter.values = std::move(values);
  filter.origin = origin.text();
  return filter;
}

// A value that NULL cannot stand for: no comparison with NULL ever holds.
Value present(const Model& model, const Column& column, const Json& value, const Origin& origin) {
  if (value.is_null()) {
    refuse_value(model, column.name, origin,
                 "Nothing compares with null; ask for { " + column.name +
                     ": null }, in an OR if other values will do too.");
  }
  return comparable(model, column, value, origin);
}

std::vector<Value> read_list(const Model& model, const Column& column, const Json& values,
                             const Origin& origin) {
  if (!values.is_array()) {
    refuse_value(model, column.name, origin, "Expected a list, not " + described(values) + ".");
  }
  std::vector<Value> list;
  for (std::size_t i = 0; i < values.size(); ++i) {
    list.push_back(present(model, column, values[i], Origin(origin, i)));
  }
  return list;
}

std::vector<Value> read_operands(const Model& model, const Column& column, Operator op,
                                 const Json& value, const Origin& origin) {
  if (op == Operator::eq || op == Operator::ne) return {comparable(model, column, value, origin)};
  if (op == Operator::in || op == Operator::not_in) {
    return read_list(model, column, value, origin);
  }
  if (op == Operator::between) {
    std::vector<Value> bounds = read_list(model, column, value, origin);
    if (bounds.size() == 2) return bounds;
    refuse_value(model, column.name, origin, "Expected two values, the least and the greatest.");
  }
  if (!is_pattern(op)) return {present(model, column, value, origin)};
  if (!is_textual(column.type)) {
    refuse_value(model, column.name, origin,
                 model.name + "." + column.name + " is no text; compare it with eq, lt or gt.");
  }
  if (!value.is_string()) {
    refuse_value(model, column.name, origin, "Expected text, not " + described(value) + ".");
  }
  return {Value(value.get<std::string>())};
}

// Bytes and big integers are objects too, with a key of their own.
bool is_tagged(const Json& value) {
  return value.size() == 1 && value.is_object() && value.items().front().first.rfind('$', 0) == 0;
}

Filter read_column(const Model& model, const Column& column, const Json& value,
                   const Origin& origin) {
  if (value.is_array()) {
    refuse_value(model, column.name, origin, "For any of several values, say { in: [...] }.");
  }
  if (!value.is_object() || is_tagged(value)) {
    return on_column(column, Operator::eq, {comparable(model, column, value, origin)}, origin);
  }
  expect_options(model, value, kComparisonNames, origin);
  if (value.empty()) {
    refuse_value(model, column.name, origin, "It names no comparison; say eq, in, lt, like, ...");
  }
  std::vector<Filter> parts;
  for (const auto& [name, operand] : value.items()) {
    const Origin here(origin, name);
    const Operator op = operator_of(kComparisons, name);
    parts.push_back(on_column(column, op, read_operands(model, column, op, operand, here), here));
  }
  return all_of(std::move(parts), origin);
}

Filter on_relation(const Relationship& relationship, Operator op, const Origin& origin) {
  Filter filter;
  filter.op = op;
  filter.path.attribute = relationship.name;
  filter.origin = origin.text();
  return filter;
}

Filter read_related(const Relationship& relationship, Operator op, const Json& where,
                    const Origin& origin, std::size_t depth) {
  Filter filter = on_relation(relationship, op, origin);
  filter.operands.push_back(read_where(*relationship.target_model, where, origin, depth + 1));
  return filter;
}

Filter read_relation(const Model& model, const Relationship& relationship, const Json& value,
                     const Origin& origin, std::size_t depth) {
  if (!relationship.is_collection()) {
    if (value.is_null()) return on_relation(relationship, Operator::is, origin);
    return read_related(relationship, Operator::some, value, origin, depth);
  }
  expect_options(model, value, kQuantifierNames, origin);
  if (value.empty()) {
    refuse_request(model, origin, "Say which related rows are meant: some, every or none of them.");
  }
  std::vector<Filter> parts;
  for (const auto& [name, where] : value.items()) {
    parts.push_back(read_related(relationship, operator_of(kQuantifiers, name), where,
                                 Origin(origin, name), depth));
  }
  return all_of(std::move(parts), origin);
}

// AND, OR and NOT, each of a list of filters or of one.
Filter read_combination(const Model& model, const std::string& name, const Json& value,
                        const Origin& origin, std::size_t depth) {
  std::vector<Filter> operands;
  if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      operands.push_back(read_where(model, value[i], Origin(origin, i), depth + 1));
    }
  } else {
    operands.push_back(read_where(model, value, origin, depth + 1));
  }
  if (name == "AND") return all_of(std::move(operands), origin);
  Filter any;
  any.op = Operator::any_of;
  any.operands = std::move(operands);
  any.origin = origin.text();
  if (name == "OR") return any;
  // None of several.
  Filter filter;
  filter.op = Operator::negate;
  filter.origin = origin.text();
  filter.operands.push_back(any.operands.size() == 1 ? any.operands.front() : any);
  return filter;
}

bool is_combination(const std::string& name) {
  return name == "AND" || name == "OR" || name == "NOT";
}

[[noreturn]] void refuse_attribute(const Model& model, const std::string& name,
                                   const Origin& origin) {
  std::vector<std::string_view> known{"AND", "OR", "NOT"};
  for (const Column& column : model.columns) known.push_back(column.name);
  for (const Relationship& relation : model.relationships) known.push_back(relation.name);
  refuse_attribute_of(model, name, known, origin);
}

Filter read_where(const Model& model, const Json& where, const Origin& origin, std::size_t depth) {
  check_depth(model, depth, origin);
  if (!where.is_object()) {
    refuse_request(
        model, origin,
        "Expected a filter, an object of columns and relations, not " + described(where) + ".");
  }
  std::vector<Filter> parts;
  for (const auto& [name, value] : where.items()) {
    const Origin here(origin, name);
    if (is_combination(name)) {
      parts.push_back(read_combination(model, name, value, here, depth));
    } else if (const auto column = model.find_column(name)) {
      parts.push_back(read_column(model, model.columns[*column], value, here));
    } else if (const Relationship* relationship = model.find_relationship(name)) {
      parts.push_back(read_relation(model, *relationship, value, here, depth));
    } else {
      refuse_attribute(model, name, here);
    }
  }
  return all_of(std::move(parts), origin);
}

}  // namespace

Filter read_filter(const Registry&, const Model& model, const Json& where, const Origin& origin) {
  return read_where(model, where, origin, 0);
}

}  // namespace vitrine
