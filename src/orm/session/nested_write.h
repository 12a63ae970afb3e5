// NestedWrite: JSON data applied to objects, with the objects they are related to:
//   { name: "Boot", category: { connect: { name: "Boots" } }, product_items: { create: [ ... ] } }
// It only changes objects of the session; the caller flushes. docs/writes.md has the whole form.
//
// A mistake fails with VALIDATION (NOT_FOUND for a key that is not there) and the path in the data:
// "product_items.create[0].name". What was changed until then is the caller's to roll back.
#pragma once

#include <string>
#include <unordered_map>

#include "base/json.h"
#include "orm/session/session.h"

namespace vitrine {

// The columns and values of a key: a number or text, {part: value, ...}, or {unique: value}.
// VALIDATION, with the forms that would be right, when it is none of them.
std::vector<Assignment> read_key(const Model& model, const Json& key, const std::string& path);
[[noreturn]] void fail_no_such_key(const Model& model, const std::string& path, const Json& key);

class NestedWrite {
 public:
  // No deeper than this; deeper data fails with VALIDATION.
  static constexpr int kMaxDepth = 16;

  explicit NestedWrite(Session& session) : session_(session), pause_(session) {}

  // A new object of `model`, added to the session.
  Record& create(const Model& model, const Json& data, const std::string& path = "");
  // The object with the primary key in `data`, or with a unique value in it, changed to be as
  // `data` says; a new one when there is none. Its row keeps its key and what refers to it.
  Record& upsert(const Model& model, const Json& data);
  void update(Record& record, const Json& data, const std::string& path = "");
  // The object a key names: a number, {part: value, ...} of the primary key, or {unique: value}.
  Record& require(const Model& model, const Json& key, const std::string& path = "");
  // Where in the data an object was made or changed; empty for others.
  std::string origin(const Record& record) const;

 private:
  void apply(Record& record, const Json& data, const std::string& path);
  void set(Record& record, std::size_t column, const Json& value, const std::string& path);
  void apply_to_one(Record& record, const Relationship& relationship, const Json& operations,
                    const std::string& path);
  void apply_to_many(Record& record, const Relationship& relationship, const Json& operations,
                     const std::string& path);
  void apply_operation(Record& record, const Relationship& relationship, const std::string& name,
                       const Json& argument, const std::string& path);
  Record& connect_or_create(const Model& model, const Json& data, const std::string& path);
  Record* find_in(const Model& model, const Json& data, const std::string& path);
  Record* find(const Model& model, const Json& key, const std::string& path);
  Record* find_by(const Model& model, const std::vector<Assignment>& values);
  Record* find_stored(const Model& model, const std::vector<Assignment>& values);
  // The related object with that key. All of them are loaded, in one statement for any number;
  // a single one is read alone, where its columns say that it is related.
  Record& member(Record& record, const Relationship& relationship, const Json& key,
                 const std::string& path, bool is_single = false);

  Session& session_;
  Session::NoAutoflush pause_;
  std::unordered_map<const Record*, std::string> origins_;
  int depth_ = 0;
};

}  // namespace vitrine
