// Session::verify: the numbered invariants of record.h and session.h, checked on what is loaded.
#include <algorithm>

#include "base/check.h"
#include "orm/session/session.h"

namespace vitrine {
namespace {

bool contains(const std::vector<Record*>& list, const Record* record) {
  return std::find(list.begin(), list.end(), record) != list.end();
}

// (1) A loaded to-one relation and its foreign key agree, or a PendingKey says why they do not yet.
void verify_foreign_key(Record& record, const Relationship& relationship) {
  const Record::RelationSlot& slot = record.slot(relationship);
  if (!relationship.is_many_to_one() || relationship.viewonly || !slot.loaded || !slot.target) {
    return;
  }
  for (std::size_t i = 0; i < relationship.local.size(); ++i) {
    const std::size_t column = relationship.local[i];
    const auto waits = std::any_of(record.pending_keys.begin(), record.pending_keys.end(),
                                   [&](const auto& key) { return key.column == column; });
    const Value& far = slot.target->slot(relationship.remote[i]).value;
    VITRINE_CHECK(waits || !record.slot(column).loaded || record.slot(column).value == far);
  }
}

// (2) Membership is mutual, as far as both sides are loaded.
void verify_sides(Record& record, const Relationship& relationship) {
  const Relationship* inverse = relationship.inverse;
  if (!inverse || relationship.viewonly || !relationship.is_collection()) return;
  for (Record* member : record.slot(relationship).members) {
    const Record::RelationSlot& side = member->slot(*inverse);
    if (!side.loaded || side.partial) continue;
    VITRINE_CHECK(inverse->is_collection() ? contains(side.members, &record)
                                           : side.target == &record);
  }
}

}  // namespace

void Session::verify() const {
  identity_map_.for_each([&](Record& record) {
    // (3), (4), (5)
    VITRINE_CHECK(record.session() == this && record.state() == ObjectState::persistent);
    VITRINE_CHECK(identity_map_.find(record.model(), record.key()) == &record);
    // (6)
    VITRINE_CHECK(!record.is_changed() || contains(dirty_, &record));
    for (const Relationship& relationship : record.model().relationships) {
      verify_foreign_key(record, relationship);
      verify_sides(record, relationship);
    }
  });
  for (Record* record : pending_) {
    VITRINE_CHECK(record->session() == this && record->state() == ObjectState::pending);
    VITRINE_CHECK(std::count(pending_.begin(), pending_.end(), record) == 1);
  }
}

}  // namespace vitrine
