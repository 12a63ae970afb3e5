// Stage: the world of one scenario: a database with the tables of its schema, the sessions that
// work on it, and the names it has given to objects.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "orm/session/session.h"
#include "runner/handles.h"
#include "runner/json.h"

namespace vitrine::oracle {

// A statement that one of the sessions ran.
struct Ran {
  std::string sql;
  std::int64_t changes = 0;
};

class Stage {
 public:
  // `registry` must outlive the stage. Scenarios with two sessions get a file, others memory.
  Stage(const Registry& registry, const Json& scenario);
  Stage(const Stage&) = delete;
  ~Stage();

  const Registry& registry() const { return registry_; }
  // The session that an operation names, or the first one.
  Session& session(const Json& op);
  const Model& model(const Json& op) const {
    return registry_.model(op.at("type").get<std::string>());
  }

  Handles& handles() { return handles_; }
  Record& object(const Json& op, const char* argument = "obj") const {
    return handles_.object(op.at(argument));
  }
  // The object that {"$ref": h} or a bare handle means; null is nullptr.
  Record* reference(const Json& json) const;
  // A value, or the key of an object for {"$id": h}.
  Value value(const Json& json) const;

  // The bytes of pictures, by the names that the scenario gives them.
  std::map<std::string, std::string>& sources() { return sources_; }

  // Runs `work` and returns the statements that ran meanwhile, on all sessions.
  std::vector<Ran> record(const std::function<void()>& work);

  // Rolls every session back and shows the tables that schema.json names.
  Json finish(const Json& tables);
  // The rows of one table, in the order of its primary key, as `session` sees them.
  Json table(Session& session, const std::string& name, const Json& tables) const;

 private:
  struct Place {
    Connection connection;
    std::unique_ptr<Session> session;
  };
  Place& place(const std::string& name);

  const Registry& registry_;
  SessionOptions options_;
  std::filesystem::path file_;  // empty: memory
  std::shared_ptr<RecordStore> store_ = std::make_shared<RecordStore>();
  std::map<std::string, std::unique_ptr<Place>> places_;
  Handles handles_;
  std::map<std::string, std::string> sources_;
  std::vector<std::vector<Ran>*> recorders_;
};

}  // namespace vitrine::oracle
