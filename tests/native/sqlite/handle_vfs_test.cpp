// Databases over handles: they outlive their connection, and a commit costs what it must.
#include "sqlite/handle_vfs.h"

#include <doctest/doctest.h>

#include "sqlite/connection.h"
#include "support/caught.h"
#include "support/memory_files.h"

namespace vitrine::sqlite_handle_vfs_test {

using namespace vitrine::testing;

namespace {

Connection open(MemoryFiles& files, Journal journal = Journal::wal) {
  Connection connection = Connection::open_handles(files.open());
  connection.use_journal(journal);
  return connection;
}

void make_shop(MemoryFiles& files) {
  open(files).execute("CREATE TABLE product (name TEXT); INSERT INTO product VALUES ('Bread')");
}

}  // namespace

TEST_CASE("a database over handles is there when it is opened again") {
  MemoryFiles files;
  make_shop(files);
  CHECK(open(files).scalar("SELECT name FROM product") == Value("Bread"));
}

TEST_CASE("after closing, the main file alone is the database") {
  MemoryFiles files;
  make_shop(files);
  CHECK(files.wal.empty());
  CHECK(files.journal.empty());
  Connection copy = Connection::deserialize(files.main);
  CHECK(copy.scalar("SELECT name FROM product") == Value("Bread"));
  CHECK(copy.scalar("PRAGMA page_size") == Value(Connection::kPageBytes));
}

TEST_CASE("a commit of one row is one flush and one write") {
  MemoryFiles files;
  make_shop(files);
  Connection connection = open(files);
  connection.run("INSERT INTO product VALUES ('Cake')");
  for (const int rows : {1, 2, 3}) {
    files.calls = {};
    connection.run("INSERT INTO product VALUES ('Pie')");
    CHECK_MESSAGE(files.calls.flushes == 1, "row " << rows);
    CHECK_MESSAGE(files.calls.writes == 1, "row " << rows);
    CHECK(files.calls.truncates == 0);
  }
}

TEST_CASE("a commit of many pages is one flush, and one write for what fits into it") {
  MemoryFiles files;
  make_shop(files);
  Connection connection = open(files);
  connection.run("INSERT INTO product VALUES ('Cake')");
  files.calls = {};
  connection.run("INSERT INTO product VALUES (?1)", {Value(std::string(300'000, 'x'))});
  CHECK(files.calls.flushes == 1);
  CHECK(files.calls.writes == 1);
}

TEST_CASE("a checkpoint writes neighbouring pages together") {
  MemoryFiles files;
  make_shop(files);
  Connection connection = open(files);
  connection.run("INSERT INTO product VALUES (?1)", {Value(std::string(300'000, 'x'))});
  files.calls = {};
  connection.execute("PRAGMA wal_checkpoint(TRUNCATE)");
  CHECK(files.calls.writes <= 2);
  CHECK(files.calls.flushes <= 3);
  CHECK(files.wal.empty());
  CHECK(files.main.size() > 300'000);
}

TEST_CASE("a long log goes into the file when nobody waits, a short one stays") {
  MemoryFiles files;
  make_shop(files);
  Connection connection = open(files);
  const auto write = [&](int pages) {
    const std::string text(static_cast<std::size_t>(pages) * Connection::kPageBytes, 'x');
    connection.run("INSERT INTO product VALUES (?1)", {Value(text)});
  };
  write(Connection::kIdleLogPages / 2);
  files.calls = {};
  connection.tidy();
  CHECK(files.calls.writes == 0);
  write(Connection::kIdleLogPages);
  const std::size_t before_bytes = files.main.size();
  connection.run("BEGIN");
  connection.tidy();
  CHECK(files.main.size() == before_bytes);
  connection.run("COMMIT");
  connection.tidy();
  CHECK(files.main.size() > before_bytes + Connection::kIdleLogPages * Connection::kPageBytes);
  files.calls = {};
  connection.tidy();
  CHECK(files.calls.writes == 0);
}

TEST_CASE("the commit that makes the log too long takes it into the file") {
  MemoryFiles files;
  make_shop(files);
  Connection connection = open(files);
  const std::string text(std::size_t{Connection::kPageBytes} * Connection::kIdleLogPages, 'x');
  const auto pages = [&] { return files.main.size() / Connection::kPageBytes; };
  for (int written = 0; written < Connection::kMaxLogPages; written += Connection::kIdleLogPages) {
    CHECK(pages() < Connection::kIdleLogPages);
    connection.run("INSERT INTO product VALUES (?1)", {Value(text)});
  }
  CHECK(pages() >= Connection::kMaxLogPages);
}

TEST_CASE("a rollback leaves what was there, and a log that is not finished is ignored") {
  MemoryFiles files;
  make_shop(files);
  MemoryFiles after_crash;
  {
    Connection connection = open(files);
    connection.execute("PRAGMA cache_size = 2; BEGIN");
    connection.run("INSERT INTO product VALUES (?1)", {Value(std::string(3'000'000, 'x'))});
    CHECK(files.wal.size() > 1'000'000);  // the cache was spilled
    after_crash = files;
    connection.execute("ROLLBACK");
    CHECK(connection.scalar("SELECT count(*) FROM product") == Value(1));
  }
  Connection connection = open(after_crash);
  CHECK(connection.scalar("SELECT count(*) FROM product") == Value(1));
  CHECK(connection.scalar("PRAGMA integrity_check") == Value("ok"));
}

TEST_CASE("a journal left behind by a killed owner is rolled back") {
  MemoryFiles files;
  make_shop(files);
  MemoryFiles after_crash;
  {
    Connection connection = Connection::open_handles(files.open());
    connection.scalar("PRAGMA journal_mode = DELETE");
    connection.execute("PRAGMA cache_size = 2; BEGIN");
    connection.run("INSERT INTO product VALUES (?1)", {Value(std::string(300'000, 'x'))});
    after_crash = files;
    connection.execute("ROLLBACK");
  }
  CHECK_FALSE(after_crash.journal.empty());
  Connection connection = open(after_crash);
  CHECK(connection.scalar("SELECT count(*) FROM product") == Value(1));
  CHECK(connection.scalar("PRAGMA integrity_check") == Value("ok"));
}

TEST_CASE("with its journal in memory a commit writes the main file only, and flushes it once") {
  MemoryFiles files;
  make_shop(files);
  Connection connection = open(files, Journal::memory);
  files.calls = {};
  connection.run("INSERT INTO product VALUES ('Cake')");
  CHECK(files.calls.flushes == 1);
  CHECK(files.wal.empty());
  CHECK(files.journal.empty());
  CHECK(Connection::deserialize(files.main).scalar("SELECT count(*) FROM product") == Value(2));
}

TEST_CASE("no file but the three can be opened, and none of them twice") {
  MemoryFiles files;
  make_shop(files);
  Connection connection = open(files);
  for (const char* path : {"other.sqlite", "catalog.sqlite", "catalog.sqlite-walrus"}) {
    const Failure failure = caught([&] { connection.run("ATTACH ?1 AS it", {Value(path)}); });
    CHECK(failure.reason == "cannot_open");
  }
}

TEST_CASE("opening alone changes nothing in the files") {
  MemoryFiles files;
  Connection::open_handles(files.open());
  CHECK(files.main.empty());
  make_shop(files);
  const std::string before = files.main;
  CHECK(Connection::open_handles(files.open()).scalar("SELECT count(*) FROM product") == Value(1));
  CHECK(files.main == before);
}

}  // namespace vitrine::sqlite_handle_vfs_test
