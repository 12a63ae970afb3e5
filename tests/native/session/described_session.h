// A session in memory over models that a test describes as JSON, as an application adds its own.
#pragma once

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "orm/query/ddl.h"
#include "orm/schema/description.h"
#include "orm/session/session.h"

namespace vitrine::test {

struct DescribedSession {
  explicit DescribedSession(const char* description, SessionOptions options = {})
      : registry(read(description)),
        connection(Connection::open(":memory:")),
        session((connection.execute(create_all_sql(registry)), connection), registry, options) {
    connection.on_statement(
        [this](const StatementEvent& event) { statements.emplace_back(event.sql); });
  }

  const Model& model(const std::string& name) const { return registry.model(name); }
  const Relationship& relation(const std::string& of, const std::string& name) const {
    return model(of).relationship(name);
  }

  // A new object in the session.
  Record& add(const std::string& name,
              std::initializer_list<std::pair<const char*, Value>> values) {
    Record& record = session.make(model(name));
    for (const auto& [column, value] : values) record.set(column, value);
    session.add(record);
    return record;
  }
  std::int64_t rows(const std::string& table) {
    return *connection.scalar("SELECT count(*) FROM " + table)->integer();
  }
  std::size_t take_selects() {
    std::size_t count = 0;
    for (const std::string& sql : statements) count += sql.rfind("SELECT", 0) == 0 ? 1 : 0;
    statements.clear();
    return count;
  }

  std::vector<std::string> statements;
  Registry registry;
  Connection connection;
  Session session;

 private:
  static Registry read(const char* description) {
    Registry registry;
    add_description(registry, Json::parse(description));
    registry.resolve();
    return registry;
  }
};

}  // namespace vitrine::test
