// A whole request: `where` is read by read_filter.cpp, single values by read_value.cpp.
#include "orm/query/request_json.h"

#include "orm/query/read_order.h"
#include "orm/query/read_value.h"
#include "orm/query/refuse.h"
#include "orm/query/search_sql.h"

namespace vitrine {
namespace {

using namespace query;

Select read_request(const Registry& registry, const Model& model, const Json& request,
                    Names options, const Origin& origin, std::size_t depth);

constexpr std::string_view kOptions[] = {"where",   "search", "select", "include",
                                         "orderBy", "limit",  "offset", "after"};
constexpr std::string_view kToManyOptions[] = {"where",   "search", "select", "include",
                                               "orderBy", "limit",  "offset"};
constexpr std::string_view kToOneOptions[] = {"select", "include"};

std::vector<std::string> read_columns(const Model& model, const Json& names, const Origin& origin) {
  if (!names.is_array() || names.empty()) {
    refuse_request(model, origin,
                   "Expected a list of at least one column, not " +
                       (names.is_array() ? "an empty one" : described(names)) + ".");
  }
  std::vector<std::string> columns;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Origin here(origin, i);
    if (!names[i].is_string()) {
      refuse_request(model, here,
                     "Expected the name of a column, not " + described(names[i]) + ".");
    }
    columns.push_back(names[i].get<std::string>());
    known_column(model, columns.back(), here);
  }
  return columns;
}

std::vector<std::string> read_counts(const Model& model, const Json& counts, const Origin& origin) {
  std::vector<std::string> names;
  if (counts == true) {
    for (const Relationship& relationship : model.relationships) {
      if (relationship.is_collection()) names.push_back(relationship.name);
    }
    return names;
  }
  if (!counts.is_object()) {
    refuse_request(model, origin,
                   "Expected true or { relation: true }, not " + described(counts) + ".");
  }
  for (const auto& [name, wanted] : counts.items()) {
    const Origin here(origin, name);
    if (!known_relation(model, name, here).is_collection()) {
      refuse_request(model, here, name + " refers to one object; only to-many relations count.");
    }
    if (!wanted.is_boolean()) {
      refuse_request(model, here, "Expected true or false, not " + described(wanted) + ".");
    }
    if (wanted == true) names.push_back(name);
  }
  return names;
}

void read_include(const Registry& registry, const Model& model, const Json& include,
                  const Origin& origin, std::size_t depth, Select& select) {
  check_depth(model, depth, origin);
  if (!include.is_object()) {
    refuse_request(model, origin,
                   "Expected an object of relations, like { " +
                       (model.relationships.empty() ? "_count" : model.relationships[0].name) +
                       ": true }, not " + described(include) + ".");
  }
  for (const auto& [name, value] : include.items()) {
    const Origin here(origin, name);
    if (value == false) continue;
    if (name == "_count") {
      select.counts = read_counts(model, value, here);
      continue;
    }
    const Relationship& relationship = known_relation(model, name, here);
    const Model& target = *relationship.target_model;
    Include included;
    included.relation = name;
    included.select = read_request(
        registry, target, value == true ? Json::object() : value,
        relationship.is_collection() ? Names(kToManyOptions) : Names(kToOneOptions), here, depth);
    select.includes.push_back(std::move(included));
  }
}

std::string read_search(const Model& model, const Json& value, const Origin& origin) {
  if (!value.is_string()) {
    refuse_request(model, origin, "Expected text to search for, not " + described(value) + ".");
  }
  const auto& text = value.text();
  return search_words(text).empty() ? "" : text;
}

void read_option(const Registry& registry, const std::string& name, const Json& value,
                 const Origin& origin, std::size_t depth, Select& select) {
  const Model& model = *select.model;
  if (name == "where") {
    select.where = read_filter(registry, model, value, origin);
  } else if (name == "search") {
    select.search = read_search(model, value, origin);
  } else if (name == "select") {
    select.columns = read_columns(model, value, origin);
  } else if (name == "include") {
    read_include(registry, model, value, origin, depth + 1, select);
  } else if (name == "orderBy") {
    select.order_by = read_orders(model, value, origin);
  } else if (name == "limit") {
    select.limit = read_count(model, value, origin);
  } else if (name == "offset") {
    select.offset = read_count(model, value, origin);
  }
}

Select read_request(const Registry& registry, const Model& model, const Json& request,
                    Names options, const Origin& origin, std::size_t depth) {
  expect_options(model, request, options, origin);
  Select select;
  select.model = &model;
  select.join = JoinKind::outer;
  for (const auto& [name, value] : request.items()) {
    read_option(registry, name, value, Origin(origin, name), depth, select);
  }
  // Last: what it must hold depends on the order.
  const auto after = request.find("after");
  if (after != nullptr) select.after = read_after(model, *after, select.order_by);
  return select;
}

}  // namespace

Select read_select(const Registry& registry, const Model& model, const Json& request) {
  return read_request(registry, model, request, kOptions, "", 0);
}

}  // namespace vitrine
