// Storage that fails in the middle of attaching a picture: whichever call it is, the set is the one
// of before or the one of after, rows and bytes, now and after a crash, and attaching works again.
#include <doctest/doctest.h>

#include <optional>

#include "base/error.h"
#include "catalog/catalog.h"
#include "image/sha256.h"
#include "support/fault_files.h"

namespace vitrine::catalog_picture_fault_test {

using namespace vitrine::testing;

namespace {

// Larger than the VFS joins, so that some of it is written before the commit.
std::string content(char letter, std::size_t size_bytes) { return std::string(size_bytes, letter); }

Json part(int width, const std::string& bytes) {
  return {{"width", width},
          {"height", width},
          {"mimetype", "image/png"},
          {"sha256", image::sha256_hex(bytes)},
          {"size_bytes", bytes.size()}};
}

// Attaches an original and a thumbnail whose bytes are that letter.
void attach(Catalog& catalog, char letter) {
  const std::string original = content(letter, 300'000);
  const std::string small = content(letter, 5'000);
  const Json pictures = Json::array({part(200, original), part(64, small)});
  const Json request{{"key", 1},
                     {"set", Json::object()},
                     {"of", nullptr},
                     {"pictures", pictures},
                     {"alt", std::string(1, letter)},
                     {"dominant_color", nullptr}};
  catalog.attach("product_picture", request, original + small);
}

Catalog open(HandleFiles handles) { return Catalog::open_handles(std::move(handles)); }

// A catalog whose one product has the picture "a".
MemoryFiles shop_files() {
  MemoryFiles files;
  Catalog catalog = open(files.open());
  catalog.create("product", {{"name", "Boot"}, {"description", ""}});
  attach(catalog, 'a');
  return files;
}

// The letter of the set that is there and whole, or what else there is.
std::string state_of(Catalog& catalog) {
  Connection& connection = catalog.connection();
  if (connection.scalar("PRAGMA integrity_check") != Value("ok")) return "damaged";
  const Value found = *connection.scalar(
      "SELECT group_concat(alt || width || substr(CAST(bytes AS TEXT), 1, 1) || length(bytes), ' ')"
      " FROM (SELECT * FROM product_picture JOIN image_blob USING (sha256)"
      " ORDER BY product_picture.width)");
  for (const std::string letter : {"a", "b"}) {
    const std::string whole = letter + "64" + letter + "5000 " + letter + "200" + letter + "300000";
    if (found == Value(whole)) return letter;
  }
  return found.describe();
}

std::string state_after_crash(MemoryFiles files) {
  Catalog catalog = open(files.open());
  return state_of(catalog);
}

struct Scenario {
  HandleCall call;
  Fault fault;
};

std::optional<Code> failure_of(Catalog& catalog) {
  try {
    attach(catalog, 'b');
    return std::nullopt;
  } catch (const Error& error) {
    return error.code();
  }
}

// One call fails; false when there is no such call any more.
bool fail_at(const MemoryFiles& before, const Scenario& scenario, int nth) {
  FaultFiles shop{before, {}};
  Catalog catalog = open(shop.open());
  shop.plan = {scenario.call, scenario.fault, nth};
  const std::optional<Code> failure = failure_of(catalog);
  const bool tripped = shop.plan.tripped;
  shop.plan = {};
  CAPTURE(nth);
  if (failure) CHECK(*failure == (scenario.fault == Fault::failed ? Code::io : Code::full));
  CHECK(state_of(catalog) == (failure ? "a" : "b"));
  const std::string crashed = state_after_crash(shop.files);
  CHECK((crashed == "b" || (failure && crashed == "a")));
  if (failure) attach(catalog, 'b');
  CHECK(state_of(catalog) == "b");
  CHECK(state_after_crash(shop.files) == "b");
  catalog.undo();
  CHECK(state_of(catalog) == "a");
  return tripped;
}

int fail_each(const Scenario& scenario) {
  const MemoryFiles before = shop_files();
  int nth = 1;
  while (fail_at(before, scenario, nth)) ++nth;
  return nth - 1;
}

}  // namespace

TEST_CASE("attaching a picture for which there is no room leaves the set as it was") {
  CHECK(fail_each({HandleCall::write, Fault::full}) >= 2);
  CHECK(fail_each({HandleCall::write, Fault::cut_short}) >= 2);
}

TEST_CASE("whichever call of attaching a picture fails, the set is of before or of after") {
  CHECK(fail_each({HandleCall::write, Fault::failed}) >= 2);
  CHECK(fail_each({HandleCall::flush, Fault::failed}) >= 1);
  fail_each({HandleCall::read, Fault::failed});
}

TEST_CASE("a transaction with several pictures is taken back whole when there is no room") {
  FaultFiles shop{shop_files(), {}};
  Catalog catalog = open(shop.open());
  catalog.begin();
  attach(catalog, 'b');
  catalog.create("product", {{"name", "Other"}, {"description", ""}});
  shop.plan = {HandleCall::write, Fault::full, 1, true};
  CHECK_THROWS_AS(catalog.commit(), const Error&);
  shop.plan = {};
  catalog.rollback();
  CHECK(state_of(catalog) == "a");
  CHECK(catalog.count("product", Json::object()) == 1);
}

}  // namespace vitrine::catalog_picture_fault_test
