// NestedWrite: from keys in the data to objects, among those waiting to be saved as well as in the
// database.
#include <algorithm>

#include "orm/query/request_json.h"
#include "orm/session/nested_write.h"

namespace vitrine {
namespace {

[[noreturn]] void fail_key(const Model& model, const std::string& path, const Json& key) {
  std::string forms = model.primary_key.size() == 1 ? "a value of its key, " : "";
  forms += "{ ";
  for (std::size_t i = 0; i < model.primary_key.size(); ++i) {
    forms += (i ? ", " : "") + model.columns[model.primary_key[i]].name;
  }
  forms += " }";
  for (const Column& column : model.columns) {
    if (column.unique) forms += " or { " + column.name + " }";
  }
  Failure failure;
  failure.code = Code::validation;
  failure.reason = "invalid_argument";
  failure.model = model.name;
  failure.path = path;
  failure.message = "A key of " + model.name + " is " + forms + "; got " + key.dump() + ".";
  fail(std::move(failure));
}

// Whether these columns, as a set, are the primary key.
bool is_primary_key(const Model& model, const std::vector<Assignment>& values) {
  if (values.size() != model.primary_key.size()) return false;
  return std::all_of(model.primary_key.begin(), model.primary_key.end(), [&](std::size_t column) {
    return std::any_of(values.begin(), values.end(), [&](const Assignment& value) {
      return value.column == model.columns[column].name;
    });
  });
}

// Whether the columns of an object say that it is one of those that `relationship` gives `owner`.
bool refers_to(const Record& record, const Relationship& relationship, const Record& owner) {
  for (std::size_t i = 0; i < relationship.remote.size(); ++i) {
    const Record::ColumnSlot& theirs = record.slot(relationship.remote[i]);
    const Record::ColumnSlot& ours = owner.slot(relationship.local[i]);
    if (!theirs.loaded || !ours.loaded || theirs.value.is_null()) return false;
    if (theirs.value != ours.value) return false;
  }
  return true;
}

// Whether it is there, and has these values now.
bool is_named(const Record& record, const Model& model, const std::vector<Assignment>& values) {
  if (&record.model() != &model || record.marked_deleted) return false;
  return std::all_of(values.begin(), values.end(), [&](const Assignment& value) {
    return record.slot(model.column_index(value.column)).value == value.value;
  });
}

Record* among(const std::vector<Record*>& records, const Model& model,
              const std::vector<Assignment>& values) {
  for (Record* record : records) {
    if (is_named(*record, model, values)) return record;
  }
  return nullptr;
}

}  // namespace

void fail_no_such_key(const Model& model, const std::string& path, const Json& key) {
  Failure failure;
  failure.code = Code::not_found;
  failure.reason = "not_found";
  failure.model = model.name;
  failure.path = path;
  if (key.is_object()) {
    for (const auto& [name, value] : key.items()) failure.fields.push_back(name);
  }
  failure.message = "There is no " + model.name + " with the key " + key.dump() + ".";
  fail(std::move(failure));
}

std::vector<Assignment> read_key(const Model& model, const Json& key, const std::string& path) {
  std::vector<Assignment> values;
  if (!key.is_object()) {
    if (model.primary_key.size() != 1 || key.is_null()) fail_key(model, path, key);
    const Column& column = model.columns[model.primary_key[0]];
    values.push_back({column.name, read_value(model, column, key, path)});
    return values;
  }
  for (const auto& [name, value] : key.items()) {
    const auto column = model.find_column(name);
    if (!column) fail_key(model, path, key);
    values.push_back({name, read_value(model, model.columns[*column], value, path + "." + name)});
  }
  const bool by_unique =
      values.size() == 1 && model.columns[model.column_index(values[0].column)].unique;
  if (!by_unique && !is_primary_key(model, values)) fail_key(model, path, key);
  return values;
}

Record& NestedWrite::require(const Model& model, const Json& key, const std::string& path) {
  if (Record* record = find(model, key, path)) return *record;
  fail_no_such_key(model, path, key);
}

Record* NestedWrite::find(const Model& model, const Json& key, const std::string& path) {
  return find_by(model, read_key(model, key, path));
}

// An object that this data changed is found by what it is now, and one that it deletes not at all.
// A row that has the value comes before an object that is to have it, so that two can swap theirs.
Record* NestedWrite::find_by(const Model& model, const std::vector<Assignment>& values) {
  if (Record* waiting = among(session_.pending(), model, values)) return waiting;
  Record* stored = find_stored(model, values);
  if (stored != nullptr && is_named(*stored, model, values)) return stored;
  return among(session_.dirty(), model, values);
}

Record* NestedWrite::find_stored(const Model& model, const std::vector<Assignment>& values) {
  if (!is_primary_key(model, values)) {
    return session_.find_unique(model, model.column_index(values[0].column), values[0].value);
  }
  std::vector<Value> key;
  for (const std::size_t column : model.primary_key) {
    const auto part = std::find_if(values.begin(), values.end(), [&](const Assignment& value) {
      return value.column == model.columns[column].name;
    });
    key.push_back(part->value);
  }
  return session_.get(model, key);
}

// The object that the primary key in `data` names, or any unique column of it.
Record* NestedWrite::find_in(const Model& model, const Json& data, const std::string& path) {
  if (!data.is_object()) return nullptr;
  const auto value_of = [&](std::size_t column, std::vector<Assignment>& values) {
    const Column& facts = model.columns[column];
    const auto value = data.find(facts.name);
    if (value == nullptr || value->is_null()) return false;
    const std::string here = path.empty() ? facts.name : path + "." + facts.name;
    values.push_back({facts.name, read_value(model, facts, *value, here)});
    return true;
  };
  std::vector<Assignment> key;
  for (const std::size_t column : model.primary_key) value_of(column, key);
  if (key.size() == model.primary_key.size()) {
    if (Record* found = find_by(model, key)) return found;
  }
  for (std::size_t i = 0; i < model.columns.size(); ++i) {
    std::vector<Assignment> unique;
    if (!model.columns[i].unique || !value_of(i, unique)) continue;
    if (Record* found = find_by(model, unique)) return found;
  }
  return nullptr;
}

Record& NestedWrite::connect_or_create(const Model& model, const Json& data,
                                       const std::string& path) {
  Record* found = find_in(model, data, path);
  return found ? *found : create(model, data, path);
}

Record& NestedWrite::member(Record& record, const Relationship& relationship, const Json& key,
                            const std::string& path, bool is_single) {
  const bool alone = is_single && relationship.direction == Direction::one_to_many &&
                     relationship.conditions.empty() && !record.slot(relationship).loaded;
  // Loaded first: the member is then among the session's objects, and not read again.
  if (!alone) record.members(relationship);
  Record& found = require(*relationship.target_model, key, path);
  if (alone && refers_to(found, relationship, record)) return found;
  const std::vector<Record*>& members = record.members(relationship);
  if (std::find(members.begin(), members.end(), &found) != members.end()) return found;
  Failure failure;
  failure.code = Code::not_found;
  failure.reason = "not_a_member";
  failure.model = found.model().name;
  failure.path = path;
  failure.message = found.describe() + " is not among the " + relationship.name + " of " +
                    record.describe() + ".";
  fail(std::move(failure));
}

}  // namespace vitrine
