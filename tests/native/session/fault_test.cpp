// Storage and memory that fail during a flush or a commit: whichever call it is, the rows are those
// of before or those of after, and the objects are in step with them.
#include <doctest/doctest.h>
#include <sqlite3.h>

#include <functional>

#include "catalog/models.h"
#include "orm/query/ddl.h"
#include "orm/session/typed_query.h"
#include "support/fault_malloc.h"
#include "support/fault_vfs.h"

namespace vitrine::session_fault_test {

using namespace vitrine::catalog;
using namespace vitrine::testing;

namespace {

constexpr const char* kPath = "shop.sqlite";
// Larger than a page, so that a small cache is written to the file before the commit.
const std::string kLongText(9'000, 'x');

// What is in the file, in one line.
std::string rows_of(Connection& connection) {
  if (connection.scalar("PRAGMA integrity_check") != Value("ok")) return "damaged";
  const auto found = connection.scalar(
      "SELECT (SELECT group_concat(name, ',') FROM (SELECT name FROM category ORDER BY name)) || "
      "' / ' || (SELECT group_concat(name || '@' || coalesce(category_id, 0) || length(description)"
      ", ',') FROM (SELECT * FROM product ORDER BY name))");
  return *found->text();
}

struct Store {
  FaultVfs vfs;
  Registry registry = make_registry();

  Store() {
    Connection connection = Connection::open(kPath, vfs.name());
    connection.execute(create_all_sql(registry));
    connection.execute(
        "INSERT INTO category (name, description) VALUES ('Tea', 'd'), ('Boots', 'd'), ('Old', "
        "'d');"
        "INSERT INTO product (name, description, category_id) VALUES"
        "('Green', 'd', 1), ('Black', 'd', 1), ('Hiking', 'd', 2), ('Lost', 'd', 3)");
  }
};

// A session on the store, with the objects that the work changes.
struct Visit {
  explicit Visit(Store& store)
      : connection(Connection::open(kPath, store.vfs.name())),
        session((connection.execute("PRAGMA cache_size = 4"), connection), store.registry) {
    CHECK(tea.products.size() == 2);
  }

  // Renames, swaps, moves, inserts and deletes; then flushes.
  void work() {
    tea.name = "Boots";
    boots.name = "Tea";
    tea.description = kLongText;
    green.category = boots;
    auto made = session.make<Product>();
    made.name = "Herbs";
    made.description = "d";
    tea.products.append(made);
    session.remove(old);
    session.flush();
  }

  Connection connection;
  Session session;
  Category tea = session.get<Category>(1);
  Category boots = session.get<Category>(2);
  Category old = session.get<Category>(3);
  Product green = session.get<Product>(1);
};

std::string names_of(Collection<Product>& products) {
  std::string names;
  for (auto& product : products) names += product.name.value() + " ";
  return names;
}

// The objects say what the rows say.
std::string objects_of(Visit& visit) {
  visit.session.verify();
  return visit.tea.name.value() + ": " + names_of(visit.tea.products) + visit.boots.name.value() +
         ": " + names_of(visit.boots.products);
}

const char* const kBefore = "Boots,Old,Tea / Black@11,Green@11,Hiking@21,Lost@31";
const char* const kAfter = "Boots,Tea / Black@11,Green@21,Herbs@11,Hiking@21";
const char* const kObjectsBefore = "Tea: Green Black Boots: Hiking ";
const char* const kObjectsAfter = "Boots: Black Herbs Tea: Green Hiking ";

// Runs `act`; true when it was not interrupted.
bool succeeds(const std::function<void()>& act, Code expected, int nth) {
  try {
    act();
    return true;
  } catch (const Error& error) {
    CHECK_MESSAGE(error.code() == expected, error.what() << " at call " << nth);
    return false;
  }
}

// After a failure: the rows are as before, the session goes on, and a rollback makes the objects
// say so.
void check_undone(Visit& visit, int nth) {
  visit.session.verify();
  visit.session.rollback();
  CHECK_MESSAGE(objects_of(visit) == kObjectsBefore, "at call " << nth);
  CHECK_MESSAGE(visit.old.state() == ObjectState::persistent, "at call " << nth);
  CHECK_MESSAGE(rows_of(visit.connection) == kBefore, "at call " << nth);
}

// A flush and its commit, of which one storage call fails. Returns how many were tried.
int fail_each_call(StorageCall kind, int result, Code expected) {
  Store store;
  for (int nth = 1;; ++nth) {
    Visit visit(store);
    store.vfs.fail_at(kind, nth, result);
    const bool done = succeeds([&] { visit.work(), visit.session.commit(); }, expected, nth);
    const bool tripped = store.vfs.tripped();
    store.vfs.heal();
    if (done) CHECK(objects_of(visit) == kObjectsAfter);
    if (done) CHECK(rows_of(visit.connection) == kAfter);
    if (!tripped || done) return nth - 1;
    check_undone(visit, nth);
  }
}

}  // namespace

TEST_CASE(
    "each storage call that fails in a flush or commit leaves rows and objects as they were") {
  CHECK(fail_each_call(StorageCall::write, SQLITE_IOERR_WRITE, Code::io) > 10);
  CHECK(fail_each_call(StorageCall::write, SQLITE_FULL, Code::full) > 10);
  CHECK(fail_each_call(StorageCall::sync, SQLITE_IOERR_FSYNC, Code::io) >= 2);
  CHECK(fail_each_call(StorageCall::read, SQLITE_IOERR_READ, Code::io) >= 1);
}

TEST_CASE("a commit whose failure undid everything takes the objects back too") {
  Store store;
  Visit visit(store);
  visit.work();
  store.vfs.fail_from(StorageCall::sync, 1, SQLITE_IOERR_FSYNC);
  CHECK_THROWS_AS(visit.session.commit(), Error);
  store.vfs.heal();
  CHECK_FALSE(visit.connection.in_transaction());
  CHECK(objects_of(visit) == kObjectsBefore);
  CHECK(rows_of(visit.connection) == kBefore);
  visit.work();
  visit.session.commit();
  CHECK(rows_of(visit.connection) == kAfter);
}

TEST_CASE("a read whose failure undid the transaction takes the objects back too") {
  Store store;
  Visit visit(store);
  visit.work();
  visit.session.begin_savepoint();
  const FailingMalloc memory(1, FailingMalloc::Lasts::from_then_on);
  const auto ask = [&] { visit.session.sql("SELECT * FROM product"); };
  CHECK_THROWS_AS(ask(), Error);
  CHECK(visit.session.savepoint_depth() == (visit.connection.in_transaction() ? 1U : 0U));
}

TEST_CASE("each allocation that fails in a flush or commit leaves rows and objects as they were") {
  Store store;
  int failures = 0;
  for (int nth = 1;; ++nth) {
    Visit visit(store);
    bool done = false;
    bool tripped = false;
    {
      const FailingMalloc memory(nth);
      done = succeeds([&] { visit.work(), visit.session.commit(); }, Code::nomem, nth);
      tripped = memory.tripped();
    }
    if (done && !tripped) break;
    if (done) {
      // SQLite can do without some allocations.
      CHECK_MESSAGE(rows_of(visit.connection) == kAfter, "at allocation " << nth);
      CHECK_MESSAGE(objects_of(visit) == kObjectsAfter, "at allocation " << nth);
      visit.connection.execute(
          "DELETE FROM category; DELETE FROM product; DELETE FROM sqlite_sequence;"
          "INSERT INTO category (name, description) VALUES ('Tea', 'd'), ('Boots', 'd'),"
          "('Old', 'd'); INSERT INTO product (name, description, category_id) VALUES"
          "('Green', 'd', 1), ('Black', 'd', 1), ('Hiking', 'd', 2), ('Lost', 'd', 3)");
      continue;
    }
    ++failures;
    check_undone(visit, nth);
  }
  CHECK(failures > 100);
}

}  // namespace vitrine::session_fault_test
