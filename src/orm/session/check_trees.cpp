// UnitOfWork: trees stay trees. Where a model refers to itself and its children are deleted with
// their parent, a row among its own parents could never be deleted, nor be reached from any root.
#include <algorithm>

#include "orm/query/row_sql.h"
#include "orm/session/key_index.h"
#include "orm/session/unit_of_work.h"

namespace vitrine {
namespace {

bool is_tree(const Relationship& relationship) {
  return relationship.is_many_to_one() && relationship.target_model == relationship.owner &&
         relationship.inverse && relationship.inverse->cascade.delete_;
}

bool moves(const Record& record, const Relationship& relationship) {
  return std::any_of(relationship.local.begin(), relationship.local.end(),
                     [&](std::size_t column) { return record.slot(column).changed; });
}

[[noreturn]] void fail_cycle(const Record& record, const Relationship& relationship) {
  Failure failure;
  failure.code = Code::cycle;
  failure.reason = "circular_dependency";
  failure.model = record.model().name;
  failure.fields = {relationship.name};
  failure.message = record.describe() + " would be among its own parents through '" +
                    relationship.name + "'; give it a parent that is not below it";
  fail(std::move(failure));
}

}  // namespace

void UnitOfWork::check_trees() {
  for (const auto& model : session_.registry().models()) {
    for (const Relationship& relationship : model->relationships) {
      if (is_tree(relationship)) check_tree(relationship);
    }
  }
}

// A new row has no children yet, so that only a row which moves can close a circle.
void UnitOfWork::check_tree(const Relationship& relationship) {
  std::vector<Record*> moved;
  KeyIndex keys(relationship.owner->primary_key);
  for (Record* record : updates_) {
    if (&record->model() != relationship.owner || !moves(*record, relationship)) continue;
    keys.add(record->key(), static_cast<std::int64_t>(moved.size()));
    moved.push_back(record);
  }
  if (moved.empty()) return;
  Borrowed statement = session_.connection().prepare(select_cycles_sql(relationship));
  keys.bind_keys(*statement);
  if (!statement->step()) return;
  for (const Record* record : moved) {
    bool found = true;
    for (std::size_t i = 0; i < relationship.remote.size(); ++i) {
      const Value& own = record->slot(relationship.remote[i]).value;
      found = found && own == statement->column_value(static_cast<int>(i));
    }
    if (found) fail_cycle(*record, relationship);
  }
}

}  // namespace vitrine
