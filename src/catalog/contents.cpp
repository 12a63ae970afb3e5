// Plain statements instead of objects, which would hold the bytes in memory for as long as they
// live.
#include "catalog/contents.h"

#include "base/error.h"
#include "base/text.h"

namespace vitrine::catalog {

namespace {

constexpr std::string_view kTable = "image_blob";

// " AND NOT EXISTS (SELECT 1 FROM t WHERE t.c = image_blob.sha256)" for each column that refers.
std::string unless_referred_to(const Registry& registry) {
  std::string sql;
  for (const auto& model : registry.models()) {
    for (const Column& column : model->columns) {
      if (!column.foreign_key || column.foreign_key->table != kTable) continue;
      const std::string table = quoted_identifier(model->table);
      sql += " AND NOT EXISTS (SELECT 1 FROM " + table + " WHERE " + table + "." +
             quoted_identifier(column.name) + " = \"image_blob\".\"sha256\")";
    }
  }
  return sql;
}

}  // namespace

void keep_content(Session& session, const Content& content) {
  Borrowed statement = session.prepare(
      "INSERT INTO \"image_blob\" (\"sha256\", \"mimetype\", \"width\", \"height\", "
      "\"size_bytes\", \"bytes\") VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (\"sha256\") DO NOTHING");
  statement->bind_view(1, content.sha256);
  statement->bind_view(2, content.mimetype);
  statement->bind_integer(3, content.width);
  statement->bind_integer(4, content.height);
  statement->bind_integer(5, static_cast<std::int64_t>(content.bytes.size()));
  statement->bind_bytes_view(6, content.bytes);
  session.run(*statement);
}

std::string read_content(Session& session, std::string_view sha256) {
  Borrowed statement = session.prepare("SELECT \"bytes\" FROM \"image_blob\" WHERE \"sha256\" = ?");
  statement->bind_view(1, sha256);
  if (statement->step()) return std::string(statement->column_bytes(0));
  fail({.code = Code::image,
        .reason = "no_bytes",
        .message = "The bytes of this picture are not in the catalog: attach the picture again."});
}

std::int64_t sweep_contents(Session& session, std::span<const std::string> kept) {
  Borrowed statement =
      session.prepare("DELETE FROM \"image_blob\" WHERE \"sha256\" NOT IN carray(?1)" +
                      unless_referred_to(session.registry()));
  statement->bind_array(1, kept);
  statement->step();
  return session.connection().changes();
}

}  // namespace vitrine::catalog
