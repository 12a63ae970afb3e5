// The comparisons of the walk: objects, collections and rows against the reference.
#include <algorithm>

#include "base/error.h"
#include "session/walk/walker.h"

namespace vitrine::test {
namespace {

struct Shelf {
  Kind kind;
  const char* table;
  const char* parent_id;
  const char* uom_id;
};

constexpr Shelf kShelves[] = {
    {Kind::category, "category", "NULL", "NULL"},
    {Kind::uom, "uom", "NULL", "NULL"},
    {Kind::product, "product", "(SELECT name FROM category WHERE id = category_id)", "NULL"},
    {Kind::item, "product_item", "(SELECT name FROM product WHERE id = product_id)",
     "(SELECT name FROM uom WHERE id = uom_id)"},
};

Value name_of(const World& world, const std::optional<int>& number) {
  return number ? Value(world.at(*number).name) : Value();
}

}  // namespace

void Walker::fail(const std::string& what) {
  if (trouble_.empty()) trouble_ = doing_ + ": " + what;
}

// A few objects are enough at each step; over a walk all have their turn.
void Walker::compare_some() {
  for (int i = 0; i < 3 && trouble_.empty(); ++i) {
    const int number = any(static_cast<Kind>(pick(4)));
    if (number >= 0) compare(number);
  }
}

void Walker::compare(int number) {
  // Pending changes must show over what is loaded, without a flush.
  const Session::NoAutoflush pause(shop_.session);
  const Thing& thing = world_.at(number);
  Record& object = record(number);
  try {
    if (object.get("name") != Value(thing.name)) fail("the name of " + object.describe());
    const auto refers = [&](const char* name, const std::optional<int>& to) {
      const Record* target = object.related(relation(number, name));
      if (target != (to ? &record(*to) : nullptr)) fail(object.describe() + "." + name);
    };
    if (thing.kind == Kind::product) refers("category", thing.parent);
    if (thing.kind == Kind::item) refers("product", thing.parent);
    if (thing.kind == Kind::item) refers("uom", thing.uom);
    if (thing.kind == Kind::category) compare_members(number, Kind::product, "products");
    if (thing.kind == Kind::product) compare_members(number, Kind::item, "product_items");
    if (thing.kind == Kind::uom) compare_members(number, Kind::item, "product_items");
  } catch (const Error& error) {
    fail(std::string("reading ") + object.describe() + ": " + error.what());
  }
}

void Walker::compare_members(int number, Kind kind, const char* relation_name) {
  std::vector<Record*> found;
  for (Record* member : record(number).members(relation(number, relation_name))) {
    // What is marked for deletion stays in its collections until the flush.
    if (!member->marked_deleted) found.push_back(member);
  }
  std::vector<Record*> expected;
  for (const int member : members_of(world_, number)) {
    if (world_.at(member).kind == kind) expected.push_back(&record(member));
  }
  std::sort(found.begin(), found.end());
  std::sort(expected.begin(), expected.end());
  if (found == expected) return;
  std::string members;
  for (Record* member : found) members += " " + member->describe();
  members += ", expected";
  for (Record* member : expected) members += " " + member->describe();
  fail(record(number).describe() + "." + relation_name + " has" + members);
}

void Walker::compare_rows() {
  for (const Shelf& shelf : kShelves) {
    std::vector<std::vector<Value>> expected;
    for (const auto& [number, thing] : world_) {
      if (thing.kind != shelf.kind) continue;
      expected.push_back({thing.name, name_of(world_, thing.parent), name_of(world_, thing.uom)});
    }
    std::sort(expected.begin(), expected.end(),
              [](const auto& a, const auto& b) { return *a[0].text() < *b[0].text(); });
    const auto rows = shop_.session.sql(std::string("SELECT name, ") + shelf.parent_id + ", " +
                                        shelf.uom_id + " FROM " + shelf.table + " ORDER BY name");
    if (rows != expected) fail(std::string("the rows of ") + shelf.table);
  }
}

}  // namespace vitrine::test
