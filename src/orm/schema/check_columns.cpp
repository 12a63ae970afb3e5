// What a column, a key or a constraint may say. Nothing here looks at relationships.
#include <algorithm>
#include <iterator>

#include "base/json.h"
#include "base/text.h"
#include "base/time_text.h"
#include "orm/schema/resolve.h"

namespace vitrine::schema {
namespace {

enum class Storage { integer, real, text, blob };

Storage storage_of(ColumnType type) {
  switch (type) {
    case ColumnType::integer:
    case ColumnType::boolean:
      return Storage::integer;
    case ColumnType::real:
      return Storage::real;
    case ColumnType::blob:
      return Storage::blob;
    default:
      return Storage::text;
  }
}

bool holds(ColumnType type, const Value& value) {
  if (value.is_null()) return true;
  switch (storage_of(type)) {
    case Storage::integer:
      return value.integer() != nullptr;
    case Storage::real:
      return value.real() != nullptr || value.integer() != nullptr;
    case Storage::text:
      return value.text() != nullptr;
    case Storage::blob:
      return value.bytes() != nullptr;
  }
  return false;
}

// Whether an object may be flushed with this value: a default that may not would refuse each one.
bool is_storable(const Column& column, const Value& value) {
  if (value.is_null() || !holds(column.type, value)) return value.is_null();
  switch (column.type) {
    case ColumnType::boolean:
      return *value.integer() == 0 || *value.integer() == 1;
    case ColumnType::datetime:
      return canonical_time(*value.text()) == *value.text();
    case ColumnType::json:
      return Json::accept(*value.text());
    case ColumnType::string:
      return column.length <= 0 || !column.check.empty() ||
             code_point_count(*value.text()) <= static_cast<std::size_t>(column.length);
    default:
      return true;
  }
}

void check_type(const Model& model, const Column& column, Mistakes& mistakes) {
  const std::string type(column_type_name(column.type));
  if (column.length < 0) {
    mistakes.add(model, column.name,
                 "length " + std::to_string(column.length) +
                     " is negative; give the number of code points, or 0 for no bound");
  } else if (column.length > 0 && column.type != ColumnType::string) {
    mistakes.add(model, column.name,
                 "only a string has a length, and this is of type " + type +
                     "; drop the length or make it a string");
  }
  if (column.autoincrement && (!column.primary_key || column.type != ColumnType::integer ||
                               model.primary_key.size() != 1)) {
    mistakes.add(model, column.name,
                 "autoincrement needs an integer that is the whole primary key; drop it");
  }
  if (column.type == ColumnType::blob && (column.primary_key || column.foreign_key)) {
    mistakes.add(model, column.name,
                 "bytes are no key, for JSON has no form for them; make it text");
  }
  if (column.version_counter && (column.type != ColumnType::integer || column.primary_key)) {
    mistakes.add(model, column.name,
                 "a version counter is an integer outside the primary key; change its type or key");
  }
  const ClientDefault& given = column.client_default;
  if (given.kind == ClientDefault::Kind::now && column.type != ColumnType::datetime) {
    mistakes.add(model, column.name,
                 "its default is the time now, but it is of type " + type +
                     "; make it a datetime or change the default");
  }
  if (given.kind == ClientDefault::Kind::value && !is_storable(column, given.value)) {
    mistakes.add(model, column.name,
                 "its default " + given.value.describe() + " is not of type " + type +
                     (column.length > 0 ? "(" + std::to_string(column.length) + ")" : "") +
                     "; change the default or the type");
  }
  if (!column.check_name.empty() && column.check.empty()) {
    mistakes.add(model, column.name, "check_name names a check that is not there; add the check");
  }
}

// A rule that no value can be compared with would refuse every value.
void check_rules(const Model& model, const Column& column, Mistakes& mistakes) {
  for (const Rule& rule : column.rules) {
    const bool about_length = rule.op == Rule::Op::min_length || rule.op == Rule::Op::max_length;
    const bool has_text = storage_of(column.type) == Storage::text;
    bool fits = rule.op == Rule::Op::one_of ? !rule.values.empty() : rule.values.size() == 1;
    for (const Value& value : rule.values) {
      const bool comparable = !value.is_null() && holds(column.type, value);
      fits = fits && (about_length ? value.integer() != nullptr && has_text : comparable);
    }
    if (fits) continue;
    mistakes.add(model, column.name,
                 "a rule has no bound, or one that is not of type " +
                     std::string(column_type_name(column.type)) + "; correct the rule");
  }
}

// The columns of `model` that refer to the same table, which together may be one composite key.
std::vector<std::size_t> referred_together(const Model& model, const Model& target) {
  std::vector<std::size_t> referred;
  for (const Column& column : model.columns) {
    if (!column.foreign_key || column.foreign_key->table != target.table) continue;
    if (const auto found = target.find_column(column.foreign_key->column)) {
      referred.push_back(*found);
    }
  }
  return referred;
}

void check_foreign_key(const Models& models, const Model& model, const Column& column,
                       Mistakes& mistakes) {
  const ForeignKey& key = *column.foreign_key;
  const std::string place = key.table + "." + key.column;
  if (key.on_delete == OnDelete::set_null && (column.not_null || column.primary_key)) {
    mistakes.add(model, column.name,
                 "ON DELETE SET NULL cannot clear a column that is not null; make it nullable or "
                 "choose cascade or restrict");
  }
  const Model* target = find_table(models, key.table);
  if (target == nullptr) {
    mistakes.add(model, column.name,
                 "it refers to " + place + ", but there is no table \"" + key.table +
                     "\"; declare its model, or correct the foreign key");
    return;
  }
  const auto referred = target->find_column(key.column);
  if (!referred) {
    mistakes.add(model, column.name,
                 "it refers to " + place + ", but " + target->name +
                     " has no such column; correct "
                     "the foreign key");
    return;
  }
  const ColumnType type = target->columns[*referred].type;
  if (storage_of(type) != storage_of(column.type)) {
    mistakes.add(model, column.name,
                 "it is of type " + std::string(column_type_name(column.type)) + " and refers to " +
                     place + " of type " + std::string(column_type_name(type)) +
                     ", so they would never be equal; make the types the same");
  }
  if (!is_candidate_key(*target, {*referred}) &&
      !is_candidate_key(*target, referred_together(model, *target))) {
    mistakes.add(model, column.name,
                 "it refers to " + place +
                     ", which is neither a key nor unique; refer to a key, or "
                     "make that column unique");
  }
}

// Of the named columns, those that are not stored columns of the model.
void check_column_list(const Model& model, const std::string& what,
                       const std::vector<std::string>& names, Mistakes& mistakes) {
  if (names.empty()) mistakes.add(model, "", what + " names no column; name at least one");
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto column = model.find_column(names[i]);
    if (!column) {
      mistakes.add(model, names[i],
                   what + " names it, but there is no such column; correct the name");
    } else if (!model.columns[*column].is_stored()) {
      mistakes.add(model, names[i],
                   what + " names it, but it is computed and not stored; name a stored column");
    }
    const auto place = names.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::find(names.begin(), place, names[i]) != place) {
      mistakes.add(model, names[i], what + " names it twice; name it once");
    }
  }
}

void check_searched(const Model& model, const std::string& name, const Column& column,
                    Mistakes& mistakes) {
  if (storage_of(column.type) == Storage::text) return;
  mistakes.add(model, name, "search looks in text only; take it out of the search columns");
}

void check_constraints(const Model& model, Mistakes& mistakes) {
  for (const UniqueConstraint& constraint : model.unique_constraints) {
    const std::string name = constraint.name.empty() ? "" : " " + constraint.name;
    check_column_list(model, "unique constraint" + name, constraint.columns, mistakes);
  }
  for (const CheckConstraint& constraint : model.check_constraints) {
    if (!constraint.condition.empty()) continue;
    mistakes.add(model, constraint.name, "a check constraint has no condition; give it one");
  }
  // Those of related rows are looked at once the relations are known.
  std::vector<std::string> searched;
  std::copy_if(model.search_columns.begin(), model.search_columns.end(),
               std::back_inserter(searched),
               [](const std::string& name) { return name.find('.') == std::string::npos; });
  if (!searched.empty()) check_column_list(model, "search", searched, mistakes);
  for (const std::string& name : searched) {
    const auto column = model.find_column(name);
    if (column) check_searched(model, name, model.columns[*column], mistakes);
  }
  if (!model.display_column.empty() && !model.find_column(model.display_column)) {
    mistakes.add(model, model.display_column,
                 "it is to be displayed, but there is no such column; correct the name");
  }
}

void check_keys_of(const Model& model, Mistakes& mistakes) {
  if (model.primary_key.empty()) {
    mistakes.add(model, "", "it has no primary key; declare at least one column with primary_key");
  }
  const auto is_version = [](const Column& column) { return column.version_counter; };
  if (std::count_if(model.columns.begin(), model.columns.end(), is_version) > 1) {
    mistakes.add(model, "", "it has more than one version counter; keep one");
  }
}

// A link is written from its two keys alone, so nothing else may be required.
void check_link_table(const Model& model, Mistakes& mistakes) {
  for (const Column& column : model.columns) {
    const bool filled = column.foreign_key || !column.not_null || !column.server_default.empty();
    if (filled) continue;
    mistakes.add(
        model, column.name,
        "a table of links has a column that must be filled in; give it a server default, or "
        "make the table a model of its own");
  }
}

// A search column "relation.column": text of the rows that refer to this one by its id.
void check_searched_relation(const Model& model, const std::string& name, Mistakes& mistakes) {
  const std::size_t dot = name.find('.');
  const Relationship* relationship = model.find_relationship(name.substr(0, dot));
  if (relationship == nullptr || relationship->target_model == nullptr ||
      relationship->direction != Direction::one_to_many || !relationship->conditions.empty() ||
      !model.rowid_column || relationship->local != std::vector{*model.rowid_column}) {
    mistakes.add(model, name,
                 "search reaches text of one-to-many relations by the integer key; name one of "
                 "those, and a column of its target");
    return;
  }
  const auto column = relationship->target_model->find_column(name.substr(dot + 1));
  if (!column || !relationship->target_model->columns[*column].is_stored()) {
    mistakes.add(model, name, "the related model has no such stored column; correct the name");
    return;
  }
  check_searched(model, name, relationship->target_model->columns[*column], mistakes);
}

}  // namespace

void check_search(const Models& models, Mistakes& mistakes) {
  for (const auto& model : models) {
    for (const std::string& name : model->search_columns) {
      if (name.find('.') != std::string::npos) check_searched_relation(*model, name, mistakes);
    }
  }
}

void check_columns(const Models& models, Mistakes& mistakes) {
  for (const auto& model : models) {
    check_keys_of(*model, mistakes);
    for (const Column& column : model->columns) {
      check_type(*model, column, mistakes);
      check_rules(*model, column, mistakes);
      if (column.foreign_key) check_foreign_key(models, *model, column, mistakes);
    }
    check_constraints(*model, mistakes);
    if (model->link_table) check_link_table(*model, mistakes);
  }
}

}  // namespace vitrine::schema
