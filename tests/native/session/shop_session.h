// A session over the catalog's models in memory, for the stories of these tests.
#pragma once

#include <string>
#include <vector>

#include "catalog/models.h"
#include "orm/query/ddl.h"
#include "orm/session/typed_query.h"

namespace vitrine::test {

struct ShopSession {
  explicit ShopSession(SessionOptions options = {})
      : registry(catalog::make_registry()),
        connection(Connection::open(":memory:")),
        session((connection.execute(create_all_sql(registry)), connection), registry, options) {
    connection.on_statement(
        [this](const StatementEvent& event) { statements.emplace_back(event.sql); });
  }

  catalog::Category category(const std::string& name) {
    auto made = session.make<catalog::Category>();
    made.name = name;
    made.description = "d";
    session.add(made);
    return made;
  }
  catalog::Product product(const std::string& name, const catalog::Category& of) {
    auto made = session.make<catalog::Product>();
    made.name = name;
    made.description = "d";
    made.category = of;
    session.add(made);
    return made;
  }
  catalog::Product_Item item(const std::string& name, const catalog::Product& of) {
    auto made = session.make<catalog::Product_Item>();
    made.name = name;
    made.description = "d";
    made.product = of;
    session.add(made);
    return made;
  }
  std::int64_t rows(const std::string& table) {
    return *connection.scalar("SELECT count(*) FROM " + table)->integer();
  }
  // The statements since the last call that change rows.
  std::vector<std::string> take_writes() {
    std::vector<std::string> writes;
    for (const std::string& sql : statements) {
      const bool write =
          sql.rfind("INSERT", 0) == 0 || sql.rfind("UPDATE", 0) == 0 || sql.rfind("DELETE", 0) == 0;
      if (write) writes.push_back(sql);
    }
    statements.clear();
    return writes;
  }

  // Before the session, whose end is a statement too.
  std::vector<std::string> statements;
  Registry registry;
  Connection connection;
  Session session;
};

}  // namespace vitrine::test
