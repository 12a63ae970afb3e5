// Storage and memory that fail: whichever call it is, a savepoint's work is there or it is not.
// These are also the tests of the tools themselves (support/fault_vfs.h, support/fault_malloc.h).
#include <doctest/doctest.h>
#include <sqlite3.h>

#include "sqlite/connection.h"
#include "sqlite/savepoint.h"
#include "support/caught.h"
#include "support/fault_malloc.h"
#include "support/fault_vfs.h"

namespace vitrine::sqlite_fault_test {

using namespace vitrine::testing;

namespace {

constexpr const char* kPath = "shop.sqlite";

// Two rows, large enough that SQLite writes to the file before the commit.
void make_shop(FaultVfs& vfs) {
  Connection connection = Connection::open(kPath, vfs.name());
  connection.execute(
      "CREATE TABLE product (name TEXT, description TEXT);"
      "INSERT INTO product VALUES ('Bread', ''), ('Cake', '')");
}

void change_shop(Connection& connection) {
  connection.execute("PRAGMA cache_size = 4");
  Savepoint savepoint(connection);
  connection.run("UPDATE product SET description = ?1", {Value(std::string(20'000, 'x'))});
  connection.run("INSERT INTO product VALUES ('Pie', ?1)", {Value(std::string(20'000, 'y'))});
  savepoint.release();
}

// "before", "after", or what else it is.
std::string state_of(Connection& connection) {
  if (connection.scalar("PRAGMA integrity_check") != Value("ok")) return "damaged";
  const Value found =
      *connection.scalar("SELECT group_concat(name || length(description), ' ') FROM product");
  if (found == Value("Bread0 Cake0")) return "before";
  if (found == Value("Bread20000 Cake20000 Pie20000")) return "after";
  return found.describe();
}

std::string state_after_reopening(FaultVfs& vfs) {
  Connection connection = Connection::open(kPath, vfs.name());
  return state_of(connection);
}

// Fails the first call, the second, ... until a run passes without; returns how many failed.
int fail_each_call(StorageCall kind, int result, Code expected, bool stays) {
  for (int nth = 1;; ++nth) {
    FaultVfs vfs;
    make_shop(vfs);
    std::string outcome = "after";
    {
      Connection connection = Connection::open(kPath, vfs.name());
      if (stays) vfs.fail_from(kind, nth, result);
      if (!stays) vfs.fail_at(kind, nth, result);
      try {
        change_shop(connection);
      } catch (const Error& error) {
        outcome = "before";
        CHECK_MESSAGE(error.code() == expected, code_name(error.code()) << " at call " << nth);
      }
      vfs.heal();
      connection.verify();
      CHECK_FALSE(connection.in_transaction());
      CHECK_MESSAGE(state_of(connection) == outcome, "at call " << nth);
    }
    CHECK_MESSAGE(state_after_reopening(vfs) == outcome, "reopened, at call " << nth);
    if (!vfs.tripped()) return nth - 1;
  }
}

}  // namespace

TEST_CASE("files on the fault VFS are files: they outlive their connections") {
  FaultVfs vfs;
  make_shop(vfs);
  CHECK(state_after_reopening(vfs) == "before");
  CHECK(vfs.content(kPath).substr(0, 15) == "SQLite format 3");
  CHECK_FALSE(vfs.exists("shop.sqlite-journal"));
}

TEST_CASE("each write that fails leaves the database as it was") {
  CHECK(fail_each_call(StorageCall::write, SQLITE_IOERR_WRITE, Code::io, false) > 10);
}

TEST_CASE("a disk that is full, from any write on, leaves the database as it was") {
  CHECK(fail_each_call(StorageCall::write, SQLITE_FULL, Code::full, true) > 10);
}

TEST_CASE("each sync that fails leaves the database as it was") {
  CHECK(fail_each_call(StorageCall::sync, SQLITE_IOERR_FSYNC, Code::io, false) >= 2);
}

TEST_CASE("each read that fails leaves the database as it was") {
  CHECK(fail_each_call(StorageCall::read, SQLITE_IOERR_READ, Code::io, false) >= 1);
}

TEST_CASE("a journal that cannot be made leaves the database as it was") {
  CHECK(fail_each_call(StorageCall::open, SQLITE_CANTOPEN, Code::io, false) >= 1);
}

TEST_CASE("a file that cannot be read at all is IO when it is opened") {
  FaultVfs vfs;
  make_shop(vfs);
  vfs.fail_from(StorageCall::read, 1, SQLITE_IOERR_READ);
  CHECK(caught([&] { Connection::open(kPath, vfs.name()); }).code == Code::io);
  CHECK(vfs.tripped());
}

TEST_CASE("each allocation of SQLite's that fails leaves the database as it was") {
  using Lasts = FailingMalloc::Lasts;
  for (const Lasts lasts : {Lasts::once, Lasts::from_then_on}) {
    int failures = 0;
    for (int nth = 1;; ++nth) {
      FaultVfs vfs;
      make_shop(vfs);
      Connection connection = Connection::open(kPath, vfs.name());
      std::string outcome = "after";
      bool tripped = false;
      {
        const FailingMalloc memory(nth, lasts);
        try {
          change_shop(connection);
        } catch (const Error& error) {
          outcome = "before";
          ++failures;
          CHECK_MESSAGE(error.code() == Code::nomem, code_name(error.code()) << " at " << nth);
        }
        tripped = memory.tripped();
      }
      CHECK_MESSAGE(state_of(connection) == outcome, "at allocation " << nth);
      CHECK_FALSE(connection.in_transaction());
      connection.verify();
      if (!tripped) break;
    }
    CHECK(failures > 20);
  }
}

TEST_CASE("opening and exporting without memory is NOMEM") {
  const std::string image = Connection::open(":memory:").serialize();
  for (int nth = 1;; ++nth) {
    const FailingMalloc memory(nth);
    try {
      Connection connection = Connection::deserialize(image);
      CHECK(connection.serialize() == image);
    } catch (const Error& error) {
      CHECK_MESSAGE(error.code() == Code::nomem, code_name(error.code()) << " at " << nth);
    }
    if (!memory.tripped()) break;
  }
}

}  // namespace vitrine::sqlite_fault_test
