// See the header.
#include "catalog/proven_file.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/fnv.h"
#include "catalog/catalog_file.h"
#include "sqlite/stranger.h"

namespace vitrine::catalog {
namespace {

// One line of a schema, as sqlite_schema has it: its name, its table's, and its SQL.
using Part = std::array<std::string, 3>;

// The n-th name in double quotes; no name of ours has a quote in it.
std::string quoted_name(const std::string& sql, int which) {
  std::size_t start = sql.find('"');
  for (int skipped = 0; skipped < 2 * which; ++skipped) start = sql.find('"', start + 1);
  return sql.substr(start + 1, sql.find('"', start + 1) - start - 1);
}

std::vector<Part> own_parts(const Registry& registry) {
  std::vector<Part> parts;
  for (std::string& sql : schema_statements(registry)) {
    std::string name = quoted_name(sql, 0);
    std::string table = makes_table(sql) ? name : quoted_name(sql, 1);
    parts.push_back({std::move(name), std::move(table), std::move(sql)});
  }
  return parts;
}

// What SQLite noted of how many rows there are, to choose indexes by. It is left out as well.
constexpr const char* kStatisticsSql = "CREATE TABLE sqlite_stat1(tbl,idx,stat)";
const Part kStatistics = {"sqlite_stat1", "sqlite_stat1", kStatisticsSql};

// Without the indexes of constraints, which SQLite makes from the table's own line.
std::vector<Part> parts_of(Connection& connection) {
  std::vector<Part> parts;
  Borrowed select = connection.prepare(
      "SELECT name, tbl_name, sql FROM sqlite_schema WHERE name <> 'sqlite_sequence' AND NOT "
      "(type = 'index' AND sql IS NULL)");
  while (select->step()) {
    Part part = {std::string(select->column_text(0)), std::string(select->column_text(1)),
                 std::string(select->column_text(2))};
    if (part != kStatistics) parts.push_back(std::move(part));
  }
  return parts;
}

bool has_own_parts(Connection& connection, const Registry& registry) {
  const std::vector<Part> parts = parts_of(connection);
  const std::vector<Part> own = own_parts(registry);
  const auto is_there = [&](const Part& part) {
    return std::find(parts.begin(), parts.end(), part) != parts.end();
  };
  // Those of our own all have other names.
  return parts.size() == own.size() && std::all_of(own.begin(), own.end(), is_there);
}

bool has_sound_rows(Connection& connection) {
  return !connection.scalar("SELECT 1 FROM sqlite_sequence WHERE typeof(seq) <> 'integer'") &&
         connection.scalar("PRAGMA integrity_check(1)") == Value("ok") &&
         !connection.scalar("PRAGMA foreign_key_check");
}

// What SQLite has read of them goes with what it knows of the schema, and it reads that again when
// a change of it was taken back.
void forget_statistics(Connection& connection) {
  if (!connection.scalar("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat1'")) return;
  connection.run("DROP TABLE sqlite_stat1");
  connection.execute("BEGIN; CREATE TABLE taken_back (x); ROLLBACK");
}

// What `question` answers; false where SQLite fails.
template <class Question>
bool ask(Question question) {
  try {
    return question();
  } catch (const Error& error) {
    if (error.code() == Code::nomem) throw;
    return false;
  }
}

}  // namespace

bool has_own_header(const DatabaseImage& image) {
  return image.size() >= DatabaseImage::kHeaderBytes && !has_utf16(image.view()) &&
         application_id(image.view()) == kApplicationId &&
         user_version(image.view()) == kSchemaVersion;
}

std::uint64_t schema_digest(Connection& connection) {
  Fnv fnv;
  const Borrowed select = connection.prepare("SELECT name, sql FROM sqlite_schema");
  while (select->step()) {
    const std::string_view sql = select->column_text(1);
    if (sql == kStatisticsSql) continue;
    fnv.add(select->column_text(0));
    fnv.add(sql);
    fnv.add("\n");
  }
  return fnv.hash();
}

bool has_own_schema(Connection& connection, std::size_t image_bytes, const Registry& registry) {
  return ask([&] {
    const StrangerLimits limits(connection, image_bytes);
    const bool is_known = registry.is_own() && schema_digest(connection) == kOwnSchemaDigest;
    return is_known || has_own_parts(connection, registry);
  });
}

bool is_proven(DatabaseImage& image, const Registry& registry) {
  if (image.size() > Stranger::kMaxBytes || !has_own_header(image)) return false;
  return ask([&] {
    Connection connection = Connection::reading(image);
    const StrangerLimits limits(connection, image.size());
    return has_own_parts(connection, registry) && has_sound_rows(connection);
  });
}

void forget_steps(Connection& connection) {
  if (connection.scalar("SELECT 1 FROM vitrine_history")) {
    connection.run("DELETE FROM vitrine_history");
  }
  forget_statistics(connection);
}

Connection proven(DatabaseImage image) {
  Connection connection = Connection::deserialize(std::move(image));
  forget_steps(connection);
  return connection;
}

}  // namespace vitrine::catalog
