// NestedWrite: see the header. Keys and look-ups are in nested_keys.cpp.
#include "orm/session/nested_write.h"

#include <algorithm>
#include <array>

#include "orm/query/request_json.h"
#include "orm/session/failures.h"

namespace vitrine {
namespace {

[[noreturn]] void fail_at(const Model& model, const Origin& origin, std::string reason,
                          const std::string& what) {
  Failure failure;
  failure.code = Code::validation;
  failure.reason = std::move(reason);
  failure.model = model.name;
  failure.path = origin.text();
  failure.message =
      (failure.path.empty() ? "The data of " + model.name : "At " + failure.path) + ": " + what;
  fail(std::move(failure));
}

// An error of the objects, told with the place in the data.
template <class Action>
void at(const Origin& origin, Action action) {
  try {
    action();
  } catch (Error& error) {
    if (error.failure().path.empty()) error.failure().path = origin.text();
    throw;
  }
}

std::string known_names(const Model& model) {
  std::string names;
  for (const Column& column : model.columns) names += (names.empty() ? "" : ", ") + column.name;
  for (const Relationship& relationship : model.relationships) names += ", " + relationship.name;
  return names;
}

// The order in which the operations of a to-many relation apply, whatever order they were written
// in.
constexpr std::array kOperations = {"set",     "disconnect", "delete",         "update",
                                    "connect", "create",     "connectOrCreate"};

}  // namespace

template <class Action>
void NestedWrite::for_each(const Json& argument, const Origin& origin, Action action) {
  if (!argument.is_array()) {
    action(argument, origin);
    return;
  }
  for (std::size_t i = 0; i < argument.size(); ++i) action(argument[i], kept(origin, i));
}

Record& NestedWrite::create(const Model& model, const Json& data, const Origin& origin) {
  Record& record = session_.make(model);
  apply(record, data, origin);
  session_.add(record);
  return record;
}

Record& NestedWrite::upsert(const Model& model, const Json& data) {
  Record* found = find_in(model, data, whole_);
  if (found == nullptr) return create(model, data);
  update(*found, data);
  return *found;
}

std::string NestedWrite::path(const Record& record) const {
  for (const auto& [placed, origin] : places_) {
    if (placed == &record) return origin->text();
  }
  return "";
}

void NestedWrite::apply(Record& record, const Json& data, const Origin& origin) {
  const Model& model = record.model();
  if (!data.is_object()) fail_at(model, origin, "invalid_argument", "expected an object of values");
  if (++depth_ > kMaxDepth)
    fail_at(model, origin, "invalid_argument", "the data is nested too deep");
  places_.emplace_back(&record, &origin);
  for (const auto& [name, value] : data.items()) {
    const auto column = model.find_column(name);
    if (!column) continue;
    set(record, *column, value, Origin(origin, name));
  }
  for (const auto& [name, value] : data.items()) {
    if (model.find_column(name)) continue;
    const Origin& here = kept(origin, name);
    const Relationship* relationship = model.find_relationship(name);
    if (!relationship) {
      fail_at(model, here, "unknown_attribute",
              model.name + " has no '" + name + "'; it has " + known_names(model));
    }
    if (relationship->is_collection()) {
      apply_to_many(record, *relationship, value, here);
    } else {
      apply_to_one(record, *relationship, value, here);
    }
  }
  --depth_;
}

void NestedWrite::set(Record& record, std::size_t column, const Json& value, const Origin& origin) {
  const Model& model = record.model();
  at(origin, [&] { record.set(column, read_value(model, model.columns[column], value, origin)); });
}

void NestedWrite::apply_to_one(Record& record, const Relationship& relationship,
                               const Json& operations, const Origin& origin) {
  const Model& target = *relationship.target_model;
  if (operations.is_null()) {
    at(origin, [&] { record.relate(relationship, nullptr); });
    return;
  }
  if (!operations.is_object() || operations.size() != 1) {
    fail_at(record.model(), origin, "invalid_argument",
            "expected one of { create }, { connect }, { connectOrCreate }, { update }, "
            "{ disconnect: true }, { delete: true }, or null");
  }
  const std::string& name = operations.items().front().first;
  const Json& argument = operations.items().front().second;
  const Origin& here = kept(origin, name);
  if (name == "create") {
    Record& made = create(target, argument, here);
    at(here, [&] { record.relate(relationship, &made); });
  } else if (name == "connect") {
    Record& found = require(target, argument, here);
    at(here, [&] { record.relate(relationship, &found); });
  } else if (name == "connectOrCreate") {
    Record& found = connect_or_create(target, argument, here);
    at(here, [&] { record.relate(relationship, &found); });
  } else if (name == "disconnect" && argument == true) {
    at(here, [&] { record.relate(relationship, nullptr); });
  } else if (name == "update" || (name == "delete" && argument == true)) {
    Record* related = record.related(relationship);
    if (!related) fail_at(record.model(), here, "not_found", "there is no related object");
    if (name == "update") {
      apply(*related, argument, here);
    } else {
      session_.remove(*related);
    }
  } else {
    fail_at(record.model(), here, "invalid_argument", "'" + name + "' is not an operation here");
  }
}

void NestedWrite::apply_to_many(Record& record, const Relationship& relationship,
                                const Json& operations, const Origin& origin) {
  const auto known = [](const std::string& name) {
    return std::find(kOperations.begin(), kOperations.end(), name) != kOperations.end();
  };
  if (!operations.is_object()) {
    fail_at(record.model(), origin, "invalid_argument",
            "expected an object of operations: create, connect, connectOrCreate, update, "
            "disconnect, set, delete");
  }
  for (const auto& [name, argument] : operations.items()) {
    if (known(name)) continue;
    fail_at(record.model(), Origin(origin, name), "invalid_argument",
            "'" + name + "' is not an operation here");
  }
  for (const char* name : kOperations) {
    const auto operation = operations.find(name);
    if (operation == operations.end()) continue;
    apply_operation(record, relationship, name, *operation, kept(origin, name));
  }
}

void NestedWrite::apply_operation(Record& record, const Relationship& relationship,
                                  const std::string& name, const Json& argument,
                                  const Origin& origin) {
  const Model& target = *relationship.target_model;
  if (name == "set" || name == "delete") {
    const bool setting = name == "set";
    std::vector<Record*> members;
    for_each(argument, origin, [&](const Json& key, const Origin& here) {
      members.push_back(setting ? &require(target, key, here)
                                : &member(record, relationship, key, here));
    });
    if (!setting) return session_.remove(members);
    at(origin, [&] { record.replace(relationship, members); });
    return;
  }
  const bool is_single = !argument.is_array() || argument.size() == 1;
  for_each(argument, origin, [&](const Json& item, const Origin& here) {
    if (name == "create") {
      Record& made = create(target, item, here);
      at(here, [&] { record.append(relationship, &made); });
    } else if (name == "connect") {
      Record& found = require(target, item, here);
      at(here, [&] { record.append(relationship, &found); });
    } else if (name == "connectOrCreate") {
      Record& found = connect_or_create(target, item, here);
      at(here, [&] { record.append(relationship, &found); });
    } else if (name == "disconnect") {
      Record& found = member(record, relationship, item, here);
      at(here, [&] { record.remove(relationship, &found); });
    } else {
      const bool formed = item.is_object() && item.contains("where") && item.contains("data");
      if (!formed) fail_at(target, here, "invalid_argument", "expected { where: key, data }");
      Record& found = member(record, relationship, item["where"], Origin(here, "where"), is_single);
      apply(found, item["data"], kept(here, "data"));
    }
  });
}

}  // namespace vitrine
