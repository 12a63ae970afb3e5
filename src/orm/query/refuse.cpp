// See the header.
#include "orm/query/refuse.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"

namespace vitrine::query {
namespace {

// Insertions, deletions and replacements of a byte that turn one into the other; case is ignored.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row.back();
}

std::vector<std::string_view> column_names(const Model& model) {
  std::vector<std::string_view> names;
  for (const Column& column : model.columns) names.push_back(column.name);
  return names;
}

std::vector<std::string_view> relation_names(const Model& model) {
  std::vector<std::string_view> names;
  for (const Relationship& relation : model.relationships) names.push_back(relation.name);
  return names;
}

std::string hint(const std::string& name, Names known) {
  const std::string near = closest(name, known);
  if (!near.empty()) return "Did you mean \"" + near + "\"?";
  return "There is " + listed(known) + ".";
}

[[noreturn]] void refuse(const char* reason, const Model& model, std::vector<std::string> fields,
                         const Origin& origin, const std::string& message) {
  Failure failure;
  failure.code = Code::validation;
  failure.reason = reason;
  failure.path = origin.text();
  failure.message = (failure.path.empty() ? "" : failure.path + ": ") + message;
  failure.model = model.name;
  failure.fields = std::move(fields);
  fail(std::move(failure));
}

}  // namespace

std::string listed(Names names) {
  std::string text;
  for (const std::string_view name : names) text.append(text.empty() ? "" : ", ").append(name);
  return text.empty() ? "none" : text;
}

std::string closest(std::string_view name, Names known) {
  // Names of a schema are short; one of a request may be anything.
  static constexpr std::size_t kLongestName = 100;
  if (name.size() > kLongestName) return "";
  std::string best;
  std::size_t least = std::max<std::size_t>(1, name.size() / 3) + 1;
  for (const std::string_view candidate : known) {
    const std::size_t distance = edit_distance(name, candidate);
    if (distance >= least) continue;
    least = distance;
    best = candidate;
  }
  return best;
}

void refuse_column(const Model& model, const std::string& name, const Origin& origin) {
  const std::string quoted = "\"" + shortened(name) + "\"";
  if (model.find_relationship(name) != nullptr) {
    refuse("unknown_attribute", model, {name}, origin,
           quoted + " of " + model.name + " is a relation, where a column is needed; go on to one" +
               " of its columns.");
  }
  refuse("unknown_attribute", model, {name}, origin,
         model.name + " has no column " + quoted + ". " + hint(name, column_names(model)));
}

void refuse_relation(const Model& model, const std::string& name, const Origin& origin) {
  const std::string quoted = "\"" + shortened(name) + "\"";
  if (model.find_column(name)) {
    refuse("unknown_attribute", model, {name}, origin,
           quoted + " of " + model.name + " is a column, where a relation is needed; there is " +
               listed(relation_names(model)) + ".");
  }
  refuse("unknown_attribute", model, {name}, origin,
         model.name + " has no relation " + quoted + ". " + hint(name, relation_names(model)));
}

void refuse_attribute_of(const Model& model, const std::string& name, Names known,
                         const Origin& origin) {
  refuse(
      "unknown_attribute", model, {name}, origin,
      model.name + " has no column or relation \"" + shortened(name) + "\". " + hint(name, known));
}

void refuse_value(const Model& model, const std::string& field, const Origin& origin,
                  const std::string& message) {
  std::vector<std::string> fields;
  if (!field.empty()) fields.push_back(field);
  refuse("invalid_value", model, std::move(fields), origin, message);
}

void refuse_request(const Model& model, const Origin& origin, const std::string& message) {
  refuse("invalid_request", model, {}, origin, message);
}

std::size_t known_column(const Model& model, const std::string& name, const Origin& origin) {
  if (const auto found = model.find_column(name)) return *found;
  refuse_column(model, name, origin);
}

const Relationship& known_relation(const Model& model, const std::string& name,
                                   const Origin& origin) {
  if (const Relationship* found = model.find_relationship(name)) return *found;
  refuse_relation(model, name, origin);
}

void check_folded(const Model& model, std::size_t column, const Origin& origin) {
  const ColumnType type = model.columns[column].type;
  if (type == ColumnType::string || type == ColumnType::text) return;
  refuse_request(model, origin,
                 "Only text has case and accents to fold; order this by \"asc\" or \"desc\".");
}

void check_depth(const Model& model, std::size_t depth, const Origin& origin) {
  if (depth <= kMaxDepth) return;
  refuse_request(model, origin,
                 "It is nested more than " + std::to_string(kMaxDepth) +
                     " levels deep; ask for less at once.");
}

}  // namespace vitrine::query
