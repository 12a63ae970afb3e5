// Record: its columns, its life and its key. Relations are in record_relations.cpp.
#include "orm/session/record.h"

#include <algorithm>

#include "base/check.h"
#include "orm/session/check_value.h"
#include "orm/session/evaluate.h"
#include "orm/session/failures.h"
#include "orm/session/link.h"
#include "orm/session/session.h"

namespace vitrine {

std::string_view object_state_name(ObjectState state) {
  switch (state) {
    case ObjectState::transient:
      return "transient";
    case ObjectState::pending:
      return "pending";
    case ObjectState::persistent:
      return "persistent";
    case ObjectState::deleted:
      return "deleted";
    case ObjectState::detached:
      return "detached";
  }
  return "";
}

namespace {

bool is_unique(const Model& model, const Column& column) {
  const auto names = [&](const UniqueConstraint& unique) {
    return unique.where == column.name ||
           std::count(unique.columns.begin(), unique.columns.end(), column.name) > 0;
  };
  return column.unique ||
         std::any_of(model.unique_constraints.begin(), model.unique_constraints.end(), names);
}

}  // namespace

Record::Record(const Model& model)
    : model_(&model), columns_(model.columns.size()), relations_(model.relationships.size()) {}

const Value& Record::get(std::size_t column) {
  ColumnSlot& slot = columns_[column];
  const auto& computed = model_->columns[column].computed;
  if (computed && computed->expression) {
    return slot.value = evaluate(*this, *computed->expression);
  }
  if (slot.loaded || slot.changed || !is_stored()) return slot.value;
  if (!session_ || state_ != ObjectState::persistent) {
    if (state_ == ObjectState::deleted) return slot.value;
    fail_state(*this, "detached",
               "is detached and its " + model_->columns[column].name +
                   " is not loaded; read it while its session is open");
  }
  session_->load_columns(*this);
  return slot.value;
}

void Record::set(std::size_t column, Value value) {
  const Column& facts = model_->columns[column];
  if (!facts.is_stored()) {
    fail_value(*this, facts.name, "invalid_argument", "a computed column cannot be set");
  }
  check_storable(*this, column, value);
  // As the database will have it: a computed column divides real numbers as such.
  if (facts.type == ColumnType::real && value.integer()) {
    value = static_cast<double>(*value.integer());
  }
  if (facts.validator) facts.validator(value);
  if (is_stored() && facts.primary_key && value != stored(column)) {
    fail_value(*this, facts.name, "invalid_value",
               "a primary key cannot change once the object is stored");
  }
  std::vector<std::pair<const Relationship*, Record*>> relations;
  if (facts.foreign_key) {
    for (const Relationship& relation : model_->relationships) {
      const auto& local = relation.local;
      const bool concerned = relation.is_many_to_one() && !relation.viewonly &&
                             std::find(local.begin(), local.end(), column) != local.end();
      if (concerned) relations.emplace_back(&relation, known_target(*this, relation));
    }
    const auto waited =
        std::erase_if(pending_keys, [&](const PendingKey& key) { return key.column == column; });
    // It refers to what it did: had it no parent, it is not taken from one.
    if (!waited && columns_[column].loaded && columns_[column].value == value) return;
  }
  // The flush must know which unique value an expired object gives up, for another may take it
  // over. Without a row there is nothing to give up; the flush will say that it has gone.
  const ColumnSlot& slot = columns_[column];
  const bool expired = state_ == ObjectState::persistent && !slot.loaded && !slot.changed;
  if (expired && is_unique(*model_, facts)) session_->load_if_there(*this);
  write(column, std::move(value));
  for (const auto& [relation, before] : relations) retarget(*this, *relation, before);
}

void Record::write(std::size_t column, Value value) {
  ColumnSlot& slot = columns_[column];
  if (is_stored()) {
    const auto original = std::find_if(originals_.begin(), originals_.end(),
                                       [&](const Original& o) { return o.column == column; });
    if (original == originals_.end()) {
      if (slot.loaded && slot.value == value) return;
      originals_.push_back({column, std::move(slot.value), slot.loaded});
    } else if (original->known && original->value == value) {
      originals_.erase(original);
      slot.value = std::move(value);
      slot.changed = false;
      return;
    }
  }
  slot.value = std::move(value);
  slot.loaded = true;
  slot.changed = true;
  if (session_) session_->note_change(*this);
}

const Value& Record::stored(std::size_t column) const {
  for (const Original& original : originals_) {
    if (original.column == column) return original.value;
  }
  return columns_[column].value;
}

void Record::forget_changes() {
  originals_.clear();
  for (ColumnSlot& slot : columns_) slot.changed = false;
}

void Record::revert(std::size_t column) {
  std::erase_if(originals_, [&](const Original& original) { return original.column == column; });
  columns_[column].changed = false;
  columns_[column].loaded = model_->columns[column].primary_key;
}

void Record::set_life(ObjectState state, Session* session) {
  state_ = state;
  session_ = session;
}

std::vector<Value> Record::key() const {
  std::vector<Value> key;
  key.reserve(model_->primary_key.size());
  for (const std::size_t column : model_->primary_key) key.push_back(columns_[column].value);
  return key;
}

bool Record::has_key() const {
  return std::none_of(model_->primary_key.begin(), model_->primary_key.end(),
                      [&](std::size_t column) { return columns_[column].value.is_null(); });
}

std::string Record::describe() const {
  std::string text = "<" + model_->name;
  if (const auto column = model_->find_column(model_->display_column)) {
    return text + " " + columns_[*column].value.describe() + ">";
  }
  for (const Value& part : key()) text += " " + part.describe();
  return text + ">";
}

}  // namespace vitrine
