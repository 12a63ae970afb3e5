// NestedWrite: from keys in the data to objects, among those waiting to be saved as well as in the
// database.
#include <algorithm>

#include "orm/query/request_json.h"
#include "orm/session/nested_write.h"

namespace vitrine {
namespace {

[[noreturn]] void fail_key(const Model& model, const Origin& origin, const Json& key) {
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
  failure.path = origin.text();
  failure.message = "A key of " + model.name + " is " + forms + "; got " + key.dump() + ".";
  fail(std::move(failure));
}

// Whether these columns, as a set, are the primary key.
bool is_primary_key(const Model& model, const Key& key) {
  if (key.size() != model.primary_key.size()) return false;
  return std::all_of(model.primary_key.begin(), model.primary_key.end(), [&](std::size_t column) {
    return std::any_of(key.begin(), key.end(),
                       [&](const KeyPart& part) { return part.column == column; });
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
bool is_named(const Record& record, const Model& model, const Key& key) {
  if (&record.model() != &model || record.marked_deleted) return false;
  return std::all_of(key.begin(), key.end(), [&](const KeyPart& part) {
    return record.slot(part.column).value == part.value;
  });
}

Record* among(const std::vector<Record*>& records, const Model& model, const Key& key) {
  for (Record* record : records) {
    if (is_named(*record, model, key)) return record;
  }
  return nullptr;
}

}  // namespace

void fail_no_such_key(const Model& model, const Origin& origin, const Json& key) {
  Failure failure;
  failure.code = Code::not_found;
  failure.reason = "not_found";
  failure.model = model.name;
  failure.path = origin.text();
  if (key.is_object()) {
    for (const auto& [name, value] : key.items()) failure.fields.push_back(name);
  }
  failure.message = "There is no " + model.name + " with the key " + key.dump() + ".";
  fail(std::move(failure));
}

Key read_key(const Model& model, const Json& key, const Origin& origin) {
  Key parts;
  if (!key.is_object()) {
    if (model.primary_key.size() != 1 || key.is_null()) fail_key(model, origin, key);
    const std::size_t column = model.primary_key[0];
    parts.push_back({column, read_value(model, model.columns[column], key, origin)});
    return parts;
  }
  for (const auto& [name, value] : key.items()) {
    const auto column = model.find_column(name);
    if (!column) fail_key(model, origin, key);
    const Origin here(origin, name);
    parts.push_back({*column, read_value(model, model.columns[*column], value, here)});
  }
  const bool by_unique = parts.size() == 1 && model.columns[parts[0].column].unique;
  if (!by_unique && !is_primary_key(model, parts)) fail_key(model, origin, key);
  return parts;
}

Record& NestedWrite::require(const Model& model, const Json& key, const Origin& origin) {
  if (Record* record = find(model, key, origin)) return *record;
  fail_no_such_key(model, origin, key);
}

Record* NestedWrite::find(const Model& model, const Json& key, const Origin& origin) {
  return find_by(model, read_key(model, key, origin));
}

// An object that this data changed is found by what it is now, and one that it deletes not at all.
// A row that has the value comes before an object that is to have it, so that two can swap theirs.
Record* NestedWrite::find_by(const Model& model, const Key& key) {
  if (Record* waiting = among(session_.pending(), model, key)) return waiting;
  Record* stored = find_stored(model, key);
  if (stored != nullptr && is_named(*stored, model, key)) return stored;
  return among(session_.dirty(), model, key);
}

Record* NestedWrite::find_stored(const Model& model, const Key& key) {
  if (!is_primary_key(model, key)) {
    return session_.find_unique(model, key[0].column, key[0].value);
  }
  std::vector<Value> values;
  for (const std::size_t column : model.primary_key) {
    const auto part = std::find_if(key.begin(), key.end(), [&](const KeyPart& candidate) {
      return candidate.column == column;
    });
    values.push_back(part->value);
  }
  return session_.get(model, values);
}

// The object that the primary key in `data` names, or any unique column of it.
Record* NestedWrite::find_in(const Model& model, const Json& data, const Origin& origin) {
  if (!data.is_object()) return nullptr;
  const auto value_of = [&](std::size_t column, Key& key) {
    const Column& facts = model.columns[column];
    const auto value = data.find(facts.name);
    if (value == nullptr || value->is_null()) return false;
    key.push_back({column, read_value(model, facts, *value, Origin(origin, facts.name))});
    return true;
  };
  Key key;
  for (const std::size_t column : model.primary_key) value_of(column, key);
  if (key.size() == model.primary_key.size()) {
    if (Record* found = find_by(model, key)) return found;
  }
  for (std::size_t i = 0; i < model.columns.size(); ++i) {
    Key unique;
    if (!model.columns[i].unique || !value_of(i, unique)) continue;
    if (Record* found = find_by(model, unique)) return found;
  }
  return nullptr;
}

Record& NestedWrite::connect_or_create(const Model& model, const Json& data, const Origin& origin) {
  Record* found = find_in(model, data, origin);
  return found ? *found : create(model, data, origin);
}

Record& NestedWrite::member(Record& record, const Relationship& relationship, const Json& key,
                            const Origin& origin, bool is_single) {
  const bool alone = is_single && relationship.direction == Direction::one_to_many &&
                     relationship.conditions.empty() && !record.slot(relationship).loaded;
  // Loaded first: the member is then among the session's objects, and not read again.
  if (!alone) record.members(relationship);
  Record& found = require(*relationship.target_model, key, origin);
  if (alone && refers_to(found, relationship, record)) return found;
  const std::vector<Record*>& members = record.members(relationship);
  if (std::find(members.begin(), members.end(), &found) != members.end()) return found;
  Failure failure;
  failure.code = Code::not_found;
  failure.reason = "not_a_member";
  failure.model = found.model().name;
  failure.path = origin.text();
  failure.message = found.describe() + " is not among the " + relationship.name + " of " +
                    record.describe() + ".";
  fail(std::move(failure));
}

}  // namespace vitrine
