// Relationship: how the objects of one model refer to those of another, in SQLAlchemy's words.
// The first part is declared; the second is worked out by Registry::resolve().
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/value.h"
#include "orm/schema/cascade.h"

namespace vitrine {

struct Model;

enum class Direction { many_to_one, one_to_many, many_to_many };

// Whether a delete leaves children that are not loaded to the database (yes) or all of them (all).
enum class PassiveDeletes { no, yes, all };

// list: in the order of order_by, or of the primary key; ordered: position_column is kept equal to
// the index; keyed: by the value of key_column; set: no order.
enum class CollectionKind { list, set, keyed, ordered };

struct OrderBy {
  std::string column;
  bool descending = false;
};

// A condition on a column of the target, for viewonly relationships.
struct Condition {
  enum class Op { eq, ne, lt, le, gt, ge };
  std::string column;
  Op op = Op::eq;
  Value value;
};

// What may be said of either side of a relation.
struct RelationshipOptions {
  bool uselist = true;  // false on a one-to-many makes it one-to-one
  Cascade cascade = Cascade::standard();
  PassiveDeletes passive_deletes = PassiveDeletes::no;
  std::vector<OrderBy> order_by;
  CollectionKind collection = CollectionKind::list;
  std::string key_column;
  std::string position_column;
  bool viewonly = false;
  std::vector<Condition> conditions;
  bool image_attachment = false;
};

// The other side, declared together with this one: resolve() adds it to the target.
struct Backref {
  std::string name;
  RelationshipOptions options;
};

struct Relationship : RelationshipOptions {
  std::string name;
  std::string target;  // model
  Direction direction = Direction::many_to_one;
  std::vector<std::string> foreign_keys;  // the columns that refer; empty: the only ones that fit
  std::string secondary;                  // many-to-many: the table of links
  std::string back_populates;             // the other side's name; empty: one-sided
  std::optional<Backref> backref;

  // --- filled by Registry::resolve() ---
  std::size_t index = 0;  // in the owner's relationships
  const Model* owner = nullptr;
  const Model* target_model = nullptr;
  const Relationship* inverse = nullptr;  // nullptr: one-sided
  // Pairs: owner's column local[i] equals target's column remote[i] (indexes into columns). In a
  // many-to-many, local[i] pairs with secondary_local[i] and remote[i] with secondary_remote[i].
  std::vector<std::size_t> local;
  std::vector<std::size_t> remote;
  const Model* secondary_model = nullptr;
  std::vector<std::size_t> secondary_local;
  std::vector<std::size_t> secondary_remote;

  bool is_collection() const { return direction != Direction::many_to_one && uselist; }
  bool is_many_to_one() const { return direction == Direction::many_to_one; }
};

}  // namespace vitrine
