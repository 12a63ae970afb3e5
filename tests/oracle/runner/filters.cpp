// See the header.
#include "runner/filters.h"

#include <optional>
#include <utility>

#include "base/error.h"

namespace vitrine::oracle {
namespace {

constexpr std::pair<std::string_view, Operator> kComparisons[] = {
    {"eq", Operator::eq},
    {"ne", Operator::ne},
    {"lt", Operator::lt},
    {"le", Operator::le},
    {"gt", Operator::gt},
    {"ge", Operator::ge},
    {"between", Operator::between},
    {"in", Operator::in},
    {"not_in", Operator::not_in},
    {"is_null", Operator::is_null},
    {"not_null", Operator::not_null},
    {"like", Operator::like},
    {"not_like", Operator::not_like},
    {"ilike", Operator::like_folded},
    {"contains", Operator::contains},
    {"starts_with", Operator::starts_with},
    {"ends_with", Operator::ends_with},
};

constexpr std::pair<std::string_view, Operator> kRelations[] = {
    {"any", Operator::some},
    {"has", Operator::some},
    {"rel_is", Operator::is},
    {"rel_is_not", Operator::is_not},
    {"rel_contains", Operator::includes},
};

template <std::size_t Size>
std::optional<Operator> find(const std::pair<std::string_view, Operator> (&table)[Size],
                             const std::string& word) {
  for (const auto& [name, op] : table) {
    if (name == word) return op;
  }
  return std::nullopt;
}

[[noreturn]] void fail_operator(const std::string& word) {
  Failure failure;
  failure.code = Code::validation;
  failure.reason = "wrong_operator";
  failure.message = "There is no filter called '" + word + "'; vocabulary.json lists them";
  fail(std::move(failure));
}

Filter on_column(Operator op, const Json& path) {
  Filter filter;
  filter.op = op;
  filter.path = Path::parse(path.get<std::string>());
  return filter;
}

Filter combined(Operator op, std::vector<Filter> operands) {
  Filter filter;
  filter.op = op;
  filter.operands = std::move(operands);
  return filter;
}

Filter read_comparison(const Stage& stage, Operator op, const Json& where) {
  Filter filter = on_column(op, where.at(1));
  const bool listed = op == Operator::in || op == Operator::not_in;
  if (listed) {
    for (const Json& value : where.at(2)) filter.values.push_back(stage.value(value));
    return filter;
  }
  for (std::size_t i = 2; i < where.size(); ++i) filter.values.push_back(stage.value(where[i]));
  return filter;
}

// The model that a path of relations leads to.
const Model& target_of(const Model& model, const Path& path) {
  const Model* at = &model;
  for (const std::string& relation : path.relations) {
    at = at->relationship(relation).target_model;
  }
  return *at->relationship(path.attribute).target_model;
}

Filter relation_is(Operator op, const Path& path, const Record* object) {
  Filter filter;
  filter.op = op;
  filter.path = path;
  if (object) {
    filter.values = object->key();
  } else {
    filter.values = {nullptr};
  }
  return filter;
}

// What "parent.relation" holds: the objects whose other side is the parent.
Filter with_parent(const Stage& stage, const Json& where) {
  const Record& parent = *stage.reference(where.at(2));
  const Relationship& relationship = parent.model().relationship(where.at(1).get<std::string>());
  if (const Relationship* inverse = relationship.inverse) {
    const Operator op = inverse->is_collection() ? Operator::includes : Operator::is;
    return relation_is(op, Path{{}, inverse->name}, &parent);
  }
  std::vector<Filter> parts;
  for (std::size_t i = 0; i < relationship.remote.size(); ++i) {
    const Column& column = relationship.target_model->columns[relationship.remote[i]];
    Filter part = on_column(Operator::eq, column.name);
    part.values = {parent.slot(relationship.local[i]).value};
    parts.push_back(std::move(part));
  }
  return combined(Operator::all_of, std::move(parts));
}

// `some` is one word for what SQLAlchemy calls any() of a collection and has() of one object.
void check_some(const Model& model, const Path& path, const std::string& word) {
  const Model* at = &model;
  for (const std::string& relation : path.relations) {
    at = at->relationship(relation).target_model;
  }
  if (at->relationship(path.attribute).is_collection() == (word == "any")) return;
  Failure failure;
  failure.code = Code::validation;
  failure.reason = "invalid_request";
  failure.message = "'" + word + "' is not the word for " + model.name + "." + path.attribute;
  fail(std::move(failure));
}

Filter read_relation(const Stage& stage, const Model& model, Operator op, const Json& where) {
  const Path path = Path::parse(where.at(1).get<std::string>());
  if (op == Operator::some) check_some(model, path, where.at(0).get<std::string>());
  if (op != Operator::some) return relation_is(op, path, stage.reference(where.at(2)));
  Filter filter;
  filter.op = op;
  filter.path = path;
  if (where.size() > 2 && !where[2].is_null()) {
    filter.operands = {read_where(stage, target_of(model, path), where[2])};
  }
  return filter;
}

}  // namespace

Filter read_where(const Stage& stage, const Model& model, const Json& where) {
  const auto word = where.at(0).get<std::string>();
  if (word == "and" || word == "or" || word == "not") {
    std::vector<Filter> operands;
    for (std::size_t i = 1; i < where.size(); ++i) {
      operands.push_back(read_where(stage, model, where[i]));
    }
    const Operator op = word == "and"  ? Operator::all_of
                        : word == "or" ? Operator::any_of
                                       : Operator::negate;
    return combined(op, std::move(operands));
  }
  if (word == "with_parent") return with_parent(stage, where);
  if (word == "contains_raw") {
    Filter filter = on_column(Operator::like, where.at(1));
    filter.values = {"%" + *stage.value(where.at(2)).text() + "%"};
    return filter;
  }
  if (const auto op = find(kComparisons, word)) return read_comparison(stage, *op, where);
  if (const auto op = find(kRelations, word)) return read_relation(stage, model, *op, where);
  fail_operator(word);
}

Filter read_filter_by(const Stage& stage, const Model& model, const Json& values) {
  std::vector<Filter> parts;
  for (const auto& [name, value] : values.items()) {
    if (model.find_relationship(name)) {
      parts.push_back(relation_is(Operator::is, Path{{}, name}, stage.reference(value)));
      continue;
    }
    Filter part = on_column(Operator::eq, name);
    part.values = {stage.value(value)};
    parts.push_back(std::move(part));
  }
  return combined(Operator::all_of, std::move(parts));
}

std::optional<Filter> read_filters(const Stage& stage, const Model& model, const Json& op) {
  std::vector<Filter> parts;
  if (op.contains("where") && !op.at("where").is_null()) {
    parts.push_back(read_where(stage, model, op.at("where")));
  }
  if (op.contains("filter_by")) {
    parts.push_back(read_filter_by(stage, model, op.at("filter_by")));
  }
  if (parts.empty()) return std::nullopt;
  return combined(Operator::all_of, std::move(parts));
}

}  // namespace vitrine::oracle
