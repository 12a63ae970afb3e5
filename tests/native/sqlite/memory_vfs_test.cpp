// The VFS of the browser, tried natively too: memory databases work on it, files are refused.
#include "sqlite/memory_vfs.h"

#include <doctest/doctest.h>

#include <sqlite3.h>

#include <algorithm>

#include "sqlite/connection.h"
#include "support/caught.h"

namespace vitrine::sqlite_memory_vfs_test {

using vitrine::testing::caught;

namespace {

// Registered without becoming the default, under its name.
std::string registered_name() {
  Connection::open(":memory:");
  if (sqlite3_vfs_find(memory_vfs()->zName) == nullptr) sqlite3_vfs_register(memory_vfs(), 0);
  return memory_vfs()->zName;
}

}  // namespace

TEST_CASE("a memory database on the memory VFS sorts, vacuums and rolls back") {
  Connection connection = Connection::open(":memory:", registered_name());
  connection.execute(
      "CREATE TABLE t (x TEXT);"
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
      " INSERT INTO t SELECT printf('%032d', i * 7919 % 20000) FROM n;"
      "CREATE INDEX by_x ON t (x); BEGIN; DELETE FROM t WHERE rowid > 10; ROLLBACK; VACUUM");
  CHECK(connection.scalar("SELECT count(*) FROM (SELECT x FROM t ORDER BY x DESC)") ==
        Value(20000));
  CHECK(connection.scalar("PRAGMA integrity_check") == Value("ok"));
}

TEST_CASE("a file on the memory VFS is refused with IO") {
  const std::string vfs = registered_name();
  CHECK(caught([&] { Connection::open("shop.sqlite", vfs); }).code == Code::io);
}

TEST_CASE("the memory VFS tells the time of today") {
  sqlite3_int64 now_ms = 0;
  REQUIRE(memory_vfs()->xCurrentTimeInt64(memory_vfs(), &now_ms) == SQLITE_OK);
  Connection connection = Connection::open(":memory:");
  const Value today = *connection.scalar("SELECT julianday('now')");
  CHECK(static_cast<double>(now_ms) / 86400000.0 == doctest::Approx(*today.real()).epsilon(1e-9));
}

TEST_CASE("the memory VFS gives different random bytes each time") {
  std::string first(32, '\0');
  std::string second(32, '\0');
  CHECK(memory_vfs()->xRandomness(memory_vfs(), 32, first.data()) == 32);
  CHECK(memory_vfs()->xRandomness(memory_vfs(), 32, second.data()) == 32);
  CHECK(first != second);
}

}  // namespace vitrine::sqlite_memory_vfs_test
