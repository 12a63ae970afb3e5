// Handles that fail: whichever call it is, a commit and a checkpoint are done or not done, never in
// between, and work again once the handle does.
#include <doctest/doctest.h>

#include <optional>

#include "base/error.h"
#include "sqlite/connection.h"
#include "sqlite/savepoint.h"
#include "support/fault_files.h"

namespace vitrine::sqlite_handle_fault_test {

using namespace vitrine::testing;

namespace {

Connection open(HandleFiles handles) {
  Connection connection = Connection::open_handles(std::move(handles));
  connection.use_journal(Journal::wal);
  // So small that a commit writes before it ends.
  connection.execute("PRAGMA cache_size = 4");
  return connection;
}

void make_shop(MemoryFiles& files) {
  open(files.open())
      .execute(
          "CREATE TABLE product (name TEXT, description TEXT);"
          "INSERT INTO product VALUES ('Bread', ''), ('Cake', '')");
}

// More than the VFS joins, so that some of it is written before the commit.
void change_shop(Connection& connection) {
  Savepoint savepoint(connection);
  connection.run("UPDATE product SET description = ?1", {Value(std::string(300'000, 'x'))});
  connection.run("INSERT INTO product VALUES ('Pie', ?1)", {Value(std::string(20'000, 'y'))});
  savepoint.release();
}

// "before", "after", or what else it is.
std::string state_of(Connection& connection) {
  if (connection.scalar("PRAGMA integrity_check") != Value("ok")) return "damaged";
  const Value found =
      *connection.scalar("SELECT group_concat(name || length(description), ' ') FROM product");
  if (found == Value("Bread0 Cake0")) return "before";
  if (found == Value("Bread300000 Cake300000 Pie20000")) return "after";
  return found.describe();
}

std::string state_after_crash(MemoryFiles files) {
  Connection connection = open(files.open());
  return state_of(connection);
}

struct Scenario {
  HandleCall call;
  Fault fault;
  bool stays;
};

// Every read, write, truncate and flush, failing in each way that fits it, once or from then on.
std::vector<Scenario> scenarios() {
  std::vector<Scenario> all;
  for (const bool stays : {false, true}) {
    for (const Fault fault : {Fault::failed, Fault::full, Fault::cut_short}) {
      all.push_back({HandleCall::write, fault, stays});
    }
    for (const Fault fault : {Fault::failed, Fault::full}) {
      all.push_back({HandleCall::truncate, fault, stays});
    }
    all.push_back({HandleCall::flush, Fault::failed, stays});
    all.push_back({HandleCall::read, Fault::failed, stays});
  }
  return all;
}

// Runs `work` on a shop where the nth such call fails; returns its Error's code, if it failed.
std::optional<Code> run_failing(Connection& connection, FaultFiles& shop, const Scenario& scenario,
                                int nth, void (*work)(Connection&)) {
  shop.plan = {scenario.call, scenario.fault, nth, scenario.stays};
  try {
    work(connection);
    return std::nullopt;
  } catch (const Error& error) {
    return error.code();
  }
}

void checkpoint(Connection& connection) { connection.execute("PRAGMA wal_checkpoint(TRUNCATE)"); }

std::string place(const Scenario& scenario, int nth) {
  return "call " + std::to_string(static_cast<int>(scenario.call)) + ", fault " +
         std::to_string(static_cast<int>(scenario.fault)) + (scenario.stays ? ", stays" : "") +
         ", nth " + std::to_string(nth);
}

// The number of calls that could fail.
int fail_each_call_of_a_commit(const Scenario& scenario) {
  const Code expected = scenario.fault == Fault::failed ? Code::io : Code::full;
  for (int nth = 1;; ++nth) {
    FaultFiles shop;
    make_shop(shop.files);
    Connection connection = open(shop.open());
    const auto failure = run_failing(connection, shop, scenario, nth, change_shop);
    const bool tripped = shop.plan.tripped;
    if (failure) CHECK_MESSAGE(*failure == expected, place(scenario, nth));
    const std::string crashed = state_after_crash(shop.files);
    const bool whole = crashed == "before" || crashed == "after";
    CHECK_MESSAGE(whole, place(scenario, nth) << ": " << crashed);
    if (!failure) CHECK_MESSAGE(crashed == "after", place(scenario, nth));
    shop.plan = {};
    CHECK_FALSE(connection.in_transaction());
    const std::string outcome = state_of(connection);
    CHECK_MESSAGE(outcome == (failure ? "before" : "after"), place(scenario, nth));
    if (failure) change_shop(connection);
    CHECK_MESSAGE(state_of(connection) == "after", place(scenario, nth));
    CHECK_MESSAGE(state_after_crash(shop.files) == "after", place(scenario, nth));
    if (!tripped) return nth - 1;
  }
}

int fail_each_call_of_a_checkpoint(const Scenario& scenario) {
  for (int nth = 1;; ++nth) {
    FaultFiles shop;
    make_shop(shop.files);
    {
      Connection connection = open(shop.open());
      change_shop(connection);
      run_failing(connection, shop, scenario, nth, checkpoint);
      const bool tripped = shop.plan.tripped;
      CHECK_MESSAGE(state_after_crash(shop.files) == "after", place(scenario, nth));
      shop.plan = {};
      CHECK_MESSAGE(state_of(connection) == "after", place(scenario, nth));
      checkpoint(connection);
      CHECK(shop.files.wal.empty());
      if (!tripped) return nth - 1;
    }
    CHECK_MESSAGE(state_after_crash(shop.files) == "after", place(scenario, nth));
  }
}

}  // namespace

TEST_CASE("whichever call of a commit fails, it is done or not, and can be repeated") {
  int failures = 0;
  for (const Scenario& scenario : scenarios()) failures += fail_each_call_of_a_commit(scenario);
  CHECK(failures > 20);
}

TEST_CASE("whichever call of a checkpoint fails, nothing is lost, and it can be repeated") {
  int failures = 0;
  for (const Scenario& scenario : scenarios()) failures += fail_each_call_of_a_checkpoint(scenario);
  CHECK(failures > 20);
}

TEST_CASE("a commit for which there is no room leaves the log as it was before") {
  FaultFiles shop;
  make_shop(shop.files);
  Connection connection = open(shop.open());
  connection.run("INSERT INTO product VALUES ('Pie', '')");
  shop.plan = {HandleCall::write, Fault::full, 1, true};
  for (const int attempt : {1, 2, 3}) {
    CAPTURE(attempt);
    CHECK_THROWS_AS(change_shop(connection), Error);
    CHECK(connection.scalar("SELECT count(*) FROM product") == Value(3));
  }
  shop.plan = {};
  connection.run("DELETE FROM product WHERE name = 'Pie'");
  CHECK(state_of(connection) == "before");
  CHECK(state_after_crash(shop.files) == "before");
}

TEST_CASE("a commit for which there is no room leaves room for a small one") {
  FaultFiles shop;
  make_shop(shop.files);
  Connection connection = open(shop.open());
  shop.plan.room_bytes = 200'000;
  for (const char* name : {"Pie", "Tart"}) {
    CAPTURE(name);
    CHECK_THROWS_AS(change_shop(connection), Error);
    connection.run("INSERT INTO product VALUES (?1, '')", {Value(name)});
  }
  CHECK(shop.files.wal.size() < 200'000);
  Connection reopened = open(shop.files.open());
  CHECK(reopened.scalar("SELECT group_concat(name, ' ') FROM product") ==
        Value("Bread Cake Pie Tart"));
  CHECK(reopened.scalar("PRAGMA integrity_check") == Value("ok"));
}

TEST_CASE("a file that cannot take a long log leaves it as it is, and takes it later") {
  for (const HandleCall call : {HandleCall::write, HandleCall::flush, HandleCall::read}) {
    FaultFiles shop;
    make_shop(shop.files);
    Connection connection = open(shop.open());
    const auto size_bytes = std::size_t{Connection::kPageBytes} * Connection::kIdleLogPages;
    connection.run("INSERT INTO product VALUES ('Pie', ?1)", {Value(std::string(size_bytes, 'x'))});
    shop.plan = {call, Fault::failed, 1, true};
    connection.tidy();
    CHECK(shop.plan.tripped);
    shop.plan = {};
    CHECK(connection.scalar("SELECT count(*) FROM product") == Value(3));
    connection.tidy();
    CHECK(shop.files.main.size() > size_bytes);
    CHECK(connection.scalar("PRAGMA integrity_check") == Value("ok"));
  }
}

}  // namespace vitrine::sqlite_handle_fault_test
