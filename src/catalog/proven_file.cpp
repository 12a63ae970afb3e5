// See the header.
#include "catalog/proven_file.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "catalog/catalog_file.h"
#include "sqlite/stranger.h"

namespace vitrine::catalog {
namespace {

// What SQLite noted of how many rows there are, to choose indexes by. It is left out as well.
struct {
  std::string_view name = "sqlite_stat1";
  std::string_view table = name;
  std::string_view sql = "CREATE TABLE sqlite_stat1(tbl,idx,stat)";
} constexpr kStatistics;

// Whether a row of (name, table, sql) is that line.
template <class Line>
bool is_line(const Borrowed& row, const Line& line) {
  return row->column_text(2) == line.sql && row->column_text(0) == line.name &&
         row->column_text(1) == line.table;
}

bool has_lines(Connection& connection, const std::vector<SchemaLine>& lines) {
  std::vector<char> found(lines.size());
  // Without the indexes of constraints, which SQLite makes from the table's own line.
  Borrowed select = connection.prepare(
      "SELECT name, tbl_name, sql FROM sqlite_schema WHERE name <> 'sqlite_sequence' AND NOT "
      "(type = 'index' AND sql IS NULL)");
  while (select->step()) {
    if (is_line(select, kStatistics)) continue;
    const auto line = std::find_if(lines.begin(), lines.end(),
                                   [&](const SchemaLine& own) { return is_line(select, own); });
    if (line == lines.end() || std::exchange(found[line - lines.begin()], true)) return false;
  }
  return std::count(found.begin(), found.end(), true) == std::ssize(lines);
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

bool has_own_schema(Connection& connection, std::size_t image_bytes, const CatalogSchema& schema) {
  return ask([&] {
    const StrangerLimits limits(connection, image_bytes);
    return has_lines(connection, schema.lines);
  });
}

bool is_proven(DatabaseImage& image, const CatalogSchema& schema) {
  if (image.size() > Stranger::kMaxBytes || !has_own_header(image)) return false;
  return ask([&] {
    Connection connection = Connection::reading(image);
    const StrangerLimits limits(connection, image.size());
    return has_lines(connection, schema.lines) && has_sound_rows(connection);
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
