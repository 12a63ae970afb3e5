// NestedWrite: JSON data applied to objects, with the objects they are related to:
//   { name: "Boot", category: { connect: { name: "Boots" } }, product_items: { create: [ ... ] } }
// It only changes objects of the session; the caller flushes. docs/writes.md has the whole form.
//
// A mistake fails with VALIDATION (NOT_FOUND for a key that is not there) and the path in the data:
// "product_items.create[0].name". What was changed until then is the caller's to roll back.
#pragma once

#include <forward_list>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/origin.h"
#include "orm/session/session.h"

namespace vitrine {

// A column of a key, with its value.
struct KeyPart {
  std::size_t column;
  Value value;
};
// The primary key, in any order, or one unique column.
using Key = std::vector<KeyPart>;

// The key that a number or text, {part: value, ...} or {unique: value} is. VALIDATION, with the
// forms that would be right, when it is none of them.
Key read_key(const Model& model, const Json& key, const Origin& origin);
[[noreturn]] void fail_no_such_key(const Model& model, const Origin& origin, const Json& key);

class NestedWrite {
 public:
  // No deeper than this; deeper data fails with VALIDATION.
  static constexpr int kMaxDepth = 16;

  explicit NestedWrite(Session& session) : session_(session), pause_(session) {}

  // A new object of `model`, added to the session.
  Record& create(const Model& model, const Json& data) { return create(model, data, whole_); }
  // The object with the primary key in `data`, or with a unique value in it, changed to be as
  // `data` says; a new one when there is none. Its row keeps its key and what refers to it.
  Record& upsert(const Model& model, const Json& data);
  void update(Record& record, const Json& data) { apply(record, data, whole_); }
  // The object a key names: a number, {part: value, ...} of the primary key, or {unique: value}.
  Record& require(const Model& model, const Json& key, const Origin& origin = {});
  // Where in the data an object was made or changed, while that data is there; empty for others.
  std::string path(const Record& record) const;

 private:
  Record& create(const Model& model, const Json& data, const Origin& origin);
  void apply(Record& record, const Json& data, const Origin& origin);
  void set(Record& record, std::size_t column, const Json& value, const Origin& origin);
  void apply_to_one(Record& record, const Relationship& relationship, const Json& operations,
                    const Origin& origin);
  void apply_to_many(Record& record, const Relationship& relationship, const Json& operations,
                     const Origin& origin);
  void apply_operation(Record& record, const Relationship& relationship, const std::string& name,
                       const Json& argument, const Origin& origin);
  Record& connect_or_create(const Model& model, const Json& data, const Origin& origin);
  Record* find_in(const Model& model, const Json& data, const Origin& origin);
  Record* find(const Model& model, const Json& key, const Origin& origin);
  Record* find_by(const Model& model, const Key& key);
  Record* find_stored(const Model& model, const Key& key);
  // The related object with that key. All of them are loaded, in one statement for any number;
  // a single one is read alone, where its columns say that it is related.
  Record& member(Record& record, const Relationship& relationship, const Json& key,
                 const Origin& origin, bool is_single = false);
  // An origin in `outer` that stays until the end, for the objects that come from there.
  template <class Part>
  const Origin& kept(const Origin& outer, const Part& part) {
    return origins_.emplace_front(outer, part);
  }
  // One object, or each of a list of them, with its origin.
  template <class Action>
  void for_each(const Json& argument, const Origin& origin, Action action);

  Session& session_;
  Session::NoAutoflush pause_;
  const Origin whole_;
  std::forward_list<Origin> origins_;
  std::vector<std::pair<const Record*, const Origin*>> places_;  // of objects, the first one counts
  int depth_ = 0;
};

}  // namespace vitrine
