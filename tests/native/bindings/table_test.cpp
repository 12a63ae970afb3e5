// Tables: cells that say what they are, and the verbs that answer with them.
#include "bindings/table.h"

#include <doctest/doctest.h>

#include <vector>

#include "bindings/verbs.h"
#include "support/caught.h"
#include "support/packet_numbers.h"

namespace vitrine::bindings_table_test {

using vitrine::testing::caught;
using vitrine::testing::numbers_of;

namespace {

struct Open {
  OpenCatalog open{Catalog::in_memory(), {}, {}};
  Answer answer;

  using Verb = void(OpenCatalog&, std::uint32_t, const Json&, Answer&);
  Packet& ask(Verb* verb, const char* arguments) {
    verb(open, 0, Json::parse(arguments), answer);
    return answer.table();
  }
};

}  // namespace

TEST_CASE("a table names its columns, and each cell has a tag and a number") {
  Open catalog;
  const Packet& packet = catalog.ask(
      sql, R"(["SELECT ?1 AS a, ?2 AS bé, 9007199254740993 AS c, x'0007' AS d, 1.5 AS e",
               [null, "🥐"]])");
  CHECK(packet.text.view() == "abécde🥐9007199254740993");
  CHECK(numbers_of(packet) ==
        std::vector<double>{5, 1, 2, 1, 1, 1, 0, 0, 2, 2, 4, 16, 3, 2, 1, 1.5});
  CHECK(packet.blobs.view() == std::string("\0\7", 2));
}

TEST_CASE("SQL with two columns of one name is refused before it runs") {
  Open catalog;
  const Failure failure = caught([&] {
    catalog.ask(sql, R"(["INSERT INTO uom (name) VALUES ('a') RETURNING id AS x, name AS x", []])");
  });
  CHECK(failure.code == Code::validation);
  CHECK(catalog.open.catalog.count("uom", Json::object()) == 0);
}

TEST_CASE("SQL gets the values it has parameters for, no more and no fewer") {
  Open catalog;
  const auto refused = [&](const char* arguments) {
    return caught([&] { catalog.ask(sql, arguments); });
  };
  CHECK(refused(R"(["SELECT 1 AS a", [1]])").code == Code::validation);
  CHECK(refused(R"(["SELECT ? AS a", []])").code == Code::validation);
  CHECK(refused(R"(["SELECT ? AS a", [[1]]])").path == "values[0]");
  CHECK(refused(R"(["SELECT ? AS a", [{"$int": "1e3"}]])").path == "values[0]");
  CHECK(refused(R"(["SELECT ? AS a", [{"$int": " 12"}]])").path == "values[0]");
  CHECK(refused(R"(["SELECT ? AS a", [{"$bytes": "?"}]])").path == "values[0]");
}

TEST_CASE("statements are noted while they are watched, and handed over once") {
  Open catalog;
  watch(catalog.open, true);
  catalog.open.catalog.count("uom", Json::object());
  statements(catalog.open, catalog.answer);
  const Packet& noted = catalog.answer.table();
  CHECK(noted.text.view().rfind("sqlduration_msrowschangesSELECT count(*)", 0) == 0);
  CHECK(numbers_of(noted).size() == 5 + 8);
  statements(catalog.open, catalog.answer);
  CHECK(numbers_of(catalog.answer.table()).size() == 5);
  watch(catalog.open, false);
  catalog.open.catalog.count("uom", Json::object());
  CHECK(numbers_of(catalog.open.statements).size() == 5);
}

}  // namespace vitrine::bindings_table_test
