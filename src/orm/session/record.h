// Record: one object of a model: the values of its columns and what it is related to.
//
// Both sides of a relation change together: relating, appending or setting the id of a foreign key
// updates the other object's side, as far as it is loaded, and the key column, as far as it is
// known. What is not loaded is fetched when it is read. Records live in a RecordStore and are
// handled by reference; they are never copied.
//
// Invariants (Session::verify() checks them by number):
//
//   (1) A loaded to-one relation and its foreign key agree, or a PendingKey says why not yet.
//
//   (2) If a is in the loaded members of b, then b is the loaded target of a's side of that
//       relation, or among its loaded members, unless some of them were not asked for.
//
//   (3) A record with a session is pending, persistent or deleted; one without is transient or
//       detached.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/value.h"
#include "orm/schema/model.h"

namespace vitrine {

class Session;

// SQLAlchemy's life cycle of an object.
enum class ObjectState { transient, pending, persistent, deleted, detached };
std::string_view object_state_name(ObjectState state);

class Record {
 public:
  explicit Record(const Model& model);
  Record(const Record&) = delete;
  Record& operator=(const Record&) = delete;

  const Model& model() const { return *model_; }
  ObjectState state() const { return state_; }
  Session* session() const { return session_; }

  // A column's value. An expired column of a persistent object is read again first: STATE with
  // reason object_deleted when the row is gone, detached when there is no session to ask.
  const Value& get(std::size_t column);
  const Value& get(std::string_view column) { return get(model_->column_index(column)); }
  // Sets a column. Runs its validator; a primary key that is stored cannot change: both fail with
  // VALIDATION, reason invalid_value. A foreign key set by id re-targets its relation.
  void set(std::size_t column, Value value);
  void set(std::string_view column, Value value) {
    set(model_->column_index(column), std::move(value));
  }

  // The object at the other end of a to-one relation, or nullptr.
  Record* related(const Relationship& relationship);
  void relate(const Relationship& relationship, Record* target);

  // The members of a collection, in its order. Changes while it is walked invalidate it.
  const std::vector<Record*>& members(const Relationship& relationship);
  // Adding a member twice is adding it once. VALIDATION: wrong_type, null_in_collection.
  void append(const Relationship& relationship, Record* member);
  void insert(const Relationship& relationship, std::size_t index, Record* member);
  // VALIDATION, reason not_a_member, when it is not in the collection.
  void remove(const Relationship& relationship, Record* member);
  void replace(const Relationship& relationship, const std::vector<Record*>& members);
  // Keyed collections: the member under `key`, or nullptr; put replaces the one that was there.
  Record* at_key(const Relationship& relationship, const Value& key);
  void put_key(const Relationship& relationship, const Value& key, Record* member);
  void remove_key(const Relationship& relationship, const Value& key);

  // The primary key, NULL where it is not known yet; never loads.
  std::vector<Value> key() const;
  bool has_key() const;
  // <Product 'Boot'>, for messages and display; never loads.
  std::string describe() const;

  // --- For the rooms that keep records: Session and what it is made of. ---

  struct ColumnSlot {
    Value value;
    bool loaded = false;
    bool changed = false;
  };
  // One side of a relation. While a collection is not loaded, `added` and `removed` wait for it.
  struct RelationSlot {
    bool loaded = false;
    bool partial = false;    // not all of its members are loaded: those that a request asked for
    bool forbidden = false;  // loading it is an error (LoadStrategy::forbidden)
    Record* target = nullptr;
    std::vector<Record*> members;
    std::vector<Record*> added;
    std::vector<Record*> removed;
  };
  // A foreign key that waits for the key of a new object.
  struct PendingKey {
    std::size_t column;
    Record* source;
    std::size_t source_column;
  };

  ColumnSlot& slot(std::size_t column) { return columns_[column]; }
  const ColumnSlot& slot(std::size_t column) const { return columns_[column]; }
  RelationSlot& slot(const Relationship& relationship) { return relations_[relationship.index]; }
  // Writes a column without validators and without touching relations; keeps the original.
  void write(std::size_t column, Value value);
  // The value that the database has, as far as is known: the original of a changed column.
  const Value& stored(std::size_t column) const;
  bool is_changed() const { return !originals_.empty(); }
  void forget_changes();
  // Forgets one column: its change, and what is loaded of it unless it is part of the key.
  void revert(std::size_t column);
  void set_life(ObjectState state, Session* session);
  // Whether the object's unloaded parts can be in the database at all.
  bool is_stored() const {
    return state_ == ObjectState::persistent || state_ == ObjectState::deleted ||
           state_ == ObjectState::detached;
  }

  std::vector<PendingKey> pending_keys;
  bool orphaned = false;         // taken from a parent that owns it: deleted by the next flush
  bool marked_deleted = false;   // deleted by the next flush
  bool unlisted = false;         // left the collections of its parents when it left the session
  bool listed_dirty = false;     // in the session's list of changed objects
  bool generated_key = false;    // the database handed its key out; undoing the insert takes it
  bool erased = false;           // its row was deleted, and the transaction committed
  std::uint32_t load_group = 0;  // objects of one result, whose relations are loaded together

 private:
  // What a changed column held before; not known when it was set without having been loaded.
  struct Original {
    std::size_t column;
    Value value;
    bool known;
  };

  const Model* model_;
  Session* session_ = nullptr;
  ObjectState state_ = ObjectState::transient;
  std::vector<ColumnSlot> columns_;
  std::vector<RelationSlot> relations_;
  std::vector<Original> originals_;
};

}  // namespace vitrine
