// Session::merge: the state of an object from elsewhere, copied onto this session's own object of
// the same key, and along the relations that cascade merge.
#include <algorithm>
#include <unordered_map>

#include "orm/session/session.h"

namespace vitrine {

class Merge {
 public:
  explicit Merge(Session& session) : session_(session) {}

  Record& run(Record& source) {
    if (const auto done = done_.find(&source); done != done_.end()) return *done->second;
    Record& target = target_of(source);
    done_.emplace(&source, &target);
    if (&target == &source) return target;
    copy_columns(source, target);
    for (const Relationship& relationship : source.model().relationships) {
      if (relationship.cascade.merge && !relationship.viewonly) {
        copy_relation(source, relationship, target);
      }
    }
    return target;
  }

 private:
  Record& target_of(Record& source) {
    if (source.session() == &session_) return source;
    if (source.has_key()) {
      if (Record* known = session_.get(source.model(), source.key())) return *known;
    }
    Record& fresh = session_.make(source.model());
    session_.add(fresh);
    return fresh;
  }

  static void copy_columns(Record& source, Record& target) {
    const Model& model = source.model();
    for (std::size_t i = 0; i < model.columns.size(); ++i) {
      if (!source.slot(i).loaded || !model.columns[i].is_stored()) continue;
      const bool same = target.is_stored() && target.get(i) == source.slot(i).value;
      if (!same) target.set(i, source.slot(i).value);
    }
  }

  void copy_relation(Record& source, const Relationship& relationship, Record& target) {
    const Record::RelationSlot& slot = source.slot(relationship);
    if (!slot.loaded) return;
    if (!relationship.is_collection()) {
      target.relate(relationship, slot.target ? &run(*slot.target) : nullptr);
      return;
    }
    std::vector<Record*> members;
    for (Record* member : std::vector<Record*>(slot.members)) members.push_back(&run(*member));
    if (slot.partial) {
      // What the source never had is not taken away; of the same key is what it did have.
      for (Record* member : target.members(relationship)) {
        const bool gone = std::any_of(slot.removed.begin(), slot.removed.end(),
                                      [&](Record* other) { return other->key() == member->key(); });
        if (!gone) members.push_back(member);
      }
    }
    target.replace(relationship, members);
  }

  Session& session_;
  std::unordered_map<const Record*, Record*> done_;
};

Record& Session::merge(Record& source) {
  if (autoflush()) autoflush_now();
  NoAutoflush pause(*this);
  return Merge(*this).run(source);
}

}  // namespace vitrine
