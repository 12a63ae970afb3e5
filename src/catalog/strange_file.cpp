// See the header.
#include "catalog/strange_file.h"

#include "base/error.h"
#include "base/text.h"
#include "catalog/catalog_file.h"
#include "catalog/proven_file.h"
#include "orm/session/search_index.h"
#include "orm/session/session.h"
#include "sqlite/savepoint.h"
#include "sqlite/stranger.h"

namespace vitrine::catalog {
namespace {

std::string column_list(const Model& model) {
  std::string names;
  for (const Column& column : model.columns) {
    if (!column.is_stored()) continue;
    names += (names.empty() ? "" : ", ") + quoted_identifier(column.name);
  }
  return names;
}

// With its columns named, SQLite reads each value and checks it, instead of copying whole records.
void copy_rows(Connection& connection, const Model& model) {
  const std::string columns = column_list(model);
  const std::string table = quoted_identifier(model.table);
  connection.run("INSERT INTO main." + table + " (" + columns + ") SELECT " + columns +
                 " FROM stranger." + table);
}

// Keys that were once given are not given again.
void copy_sequences(Connection& connection) {
  const auto has = connection.scalar(
      "SELECT 1 FROM stranger.sqlite_schema WHERE name = 'sqlite_sequence' AND type = 'table'");
  if (!has) return;
  const std::string theirs =
      " FROM stranger.sqlite_sequence AS s WHERE typeof(s.seq) = 'integer' AND s.name = ";
  connection.run("UPDATE main.sqlite_sequence SET seq = max(seq, coalesce((SELECT max(s.seq)" +
                 theirs + "sqlite_sequence.name), 0))");
  connection.run(
      "INSERT INTO main.sqlite_sequence SELECT name, seq FROM (SELECT t.name AS name, "
      "(SELECT max(s.seq)" +
      theirs +
      "t.name) AS seq FROM main.sqlite_schema AS t WHERE t.type = 'table' AND t.name NOT IN "
      "(SELECT name FROM main.sqlite_sequence)) WHERE seq > 0");
}

void check_references(Connection& connection) {
  const auto table = connection.scalar("SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1");
  if (!table) return;
  Failure failure;
  failure.code = Code::foreign_key;
  failure.model = table->text() ? *table->text() : "";
  failure.message = "Rows of the table " + failure.model +
                    " in this file refer to rows that it does not have: use a good copy.";
  fail(std::move(failure));
}

void copy_all(Connection& connection, std::string_view image, const Registry& registry) {
  Stranger stranger(connection, image);
  stranger.check();
  check_file(connection, registry, "stranger");
  Savepoint savepoint(connection);
  for (const Model* model : registry.dependency_order()) copy_rows(connection, *model);
  copy_sequences(connection);
  savepoint.release();
}

// The page size of databases that only memory holds: SQLite's own choice.
constexpr std::int64_t kMemoryPageBytes = 4096;

std::int64_t page_bytes_of(Connection& connection) {
  return *connection.scalar("PRAGMA page_size")->integer();
}

Connection copy_of_rows(std::string_view image, const CatalogSchema& schema,
                        std::int64_t page_bytes) {
  Connection connection = Connection::open(":memory:");
  connection.run("PRAGMA page_size = " + std::to_string(page_bytes));
  prepare_file(connection, schema);
  // Rows that refer to rows of their own table may come before these.
  connection.run("PRAGMA foreign_keys = OFF");
  copy_all(connection, image, schema.registry);
  check_references(connection);
  connection.run("PRAGMA foreign_keys = ON");
  return connection;
}

// In pages of that size, as copying whole databases needs it.
Connection in_pages_of(std::int64_t page_bytes, DatabaseImage image, const CatalogSchema& schema) {
  if (!is_proven(image, schema)) return copy_of_rows(image.view(), schema, page_bytes);
  Connection connection = proven(std::move(image));
  if (page_bytes_of(connection) == page_bytes) return connection;
  return copy_of_rows(connection.serialize(), schema, page_bytes);
}

// Opened once, as what it probably is: reading a schema is much of what opening takes.
Connection open_trusted(DatabaseImage image, const CatalogSchema& schema) {
  const std::size_t size_bytes = image.size();
  const bool may_be_own = has_own_header(image);
  Connection connection = Connection::deserialize(std::move(image));
  if (!may_be_own || !has_own_schema(connection, size_bytes, schema)) {
    return copy_of_rows(connection.serialize(), schema, kMemoryPageBytes);
  }
  try {
    forget_steps(connection);
  } catch (Error& error) {
    if (error.code() == Code::corrupt) refine_damage(error.failure());
    throw;
  }
  return connection;
}

}  // namespace

Connection open_stranger(DatabaseImage image, const CatalogSchema& schema, Trusted trusted) {
  const bool is_large = image.size() > Stranger::kMaxBytes;
  if (trusted == Trusted::yes && !is_large) return open_trusted(std::move(image), schema);
  if (!is_proven(image, schema)) return copy_of_rows(image.view(), schema, kMemoryPageBytes);
  return proven(std::move(image));
}

void replace_with(Catalog& catalog, DatabaseImage image) {
  Connection& target = catalog.connection();
  if (target.in_transaction()) {
    fail(Code::busy, "A transaction is open; commit it or roll it back before replacing the data.");
  }
  Connection source = in_pages_of(page_bytes_of(target), std::move(image), catalog.schema());
  copy_database(source, target);
  catalog.session().clear();
  drop_search(target);
  catalog.replaced();
}

}  // namespace vitrine::catalog
