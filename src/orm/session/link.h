// Linking: both sides of a relation and its foreign key, changed as one step. A step checks
// everything it can refuse before it changes anything.
#pragma once

#include "orm/session/record.h"

namespace vitrine {

// Relates owner and other through `relationship` of owner's model, taking each single-valued side
// away from what it held before. Linking what is linked does nothing.
void link(Record& owner, const Relationship& relationship, Record& other);
// The opposite; the foreign key becomes NULL, or the child an orphan where its parent owns it.
void unlink(Record& owner, const Relationship& relationship, Record& other);
// Takes the object from whatever a to-one relation refers to, loaded or not.
void unlink_target(Record& owner, const Relationship& relationship);
// After a foreign key column was written by hand: `before` is what the relation referred to.
void retarget(Record& owner, const Relationship& relationship, Record* before);

// What a to-one relation refers to, as far as the target is loaded; what is expired of the owner is
// read again, without a flush.
Record* known_target(Record& owner, const Relationship& relationship);
// An object that leaves the session unsaved is no longer listed by the parents that stay in it;
// when it joins again, it is.
void leave_collections(Record& child);
void rejoin_collections(Record& child);
// Whether a child of this one-to-many lives and dies with its place in it: delete-orphan, or the
// foreign key is part of the child's own key.
bool owns(const Relationship& relationship);
// Puts the members' positions right, in a collection with a position column.
void renumber(Record& owner, const Relationship& relationship);

}  // namespace vitrine
