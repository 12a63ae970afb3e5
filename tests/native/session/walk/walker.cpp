// The steps of the walk. Comparisons are in compare.cpp.
#include "session/walk/walker.h"

#include "base/error.h"

namespace vitrine::test {
namespace {

constexpr std::size_t kMostThings = 60;

const char* model_of(Kind kind) {
  switch (kind) {
    case Kind::category:
      return "Category";
    case Kind::uom:
      return "UOM";
    case Kind::product:
      return "Product";
    case Kind::item:
      return "Product_Item";
  }
  return "";
}

}  // namespace

bool Walker::step() {
  using Step = std::pair<int, void (Walker::*)()>;
  static constexpr Step kSteps[] = {
      {18, &Walker::create},  {12, &Walker::rename},         {26, &Walker::move},
      {8, &Walker::remove},   {10, &Walker::flush},          {8, &Walker::commit},
      {3, &Walker::rollback}, {4, &Walker::begin_savepoint}, {4, &Walker::end_savepoint},
      {1, &Walker::forget},   {3, &Walker::expire},          {3, &Walker::ask},
  };
  int rest = pick(100);
  for (const auto& [share, step] : kSteps) {
    rest -= share;
    if (rest >= 0) continue;
    (this->*step)();
    break;
  }
  shop_.session.verify();
  compare_some();
  return trouble_.empty();
}

int Walker::any(Kind kind) {
  std::vector<int> numbers;
  for (const auto& [number, thing] : world_) {
    if (thing.kind == kind) numbers.push_back(number);
  }
  return numbers.empty()
             ? -1
             : numbers[static_cast<std::size_t>(pick(static_cast<int>(numbers.size())))];
}

template <class Call>
bool Walker::flushing(Call call) {
  const bool acceptable = is_acceptable(world_);
  try {
    call();
    if (!acceptable) fail("a flush accepted two things of one name");
    return true;
  } catch (const Error& error) {
    if (acceptable || error.code() != Code::unique) fail(error.what());
    return false;
  }
}

void Walker::create() {
  if (world_.size() > kMostThings) return remove();
  doing_ = "create";
  const Kind kind = static_cast<Kind>(pick(4));
  const int number = next_number_++;
  Record& made = shop_.session.make(shop_.registry.model(model_of(kind)));
  Thing thing{kind, any_name(), std::nullopt, std::nullopt};
  made.set("name", thing.name);
  if (kind != Kind::uom) made.set("description", "d");
  world_[number] = thing;
  records_[number] = &made;
  if (chance(50)) shop_.session.add(made);
  if (kind == Kind::product && chance(80)) attach(number, any(Kind::category), false);
  if (kind == Kind::item && chance(80)) attach(number, any(Kind::product), false);
  if (kind == Kind::item && chance(80)) attach(number, any(Kind::uom), true);
  shop_.session.add(made);
}

void Walker::rename() {
  doing_ = "rename";
  const int number = any(static_cast<Kind>(pick(4)));
  if (number < 0) return;
  const std::string name = any_name();
  record(number).set("name", name);
  world_.at(number).name = name;
}

void Walker::move() {
  const bool product = chance(40);
  const int child = any(product ? Kind::product : Kind::item);
  const bool by_uom = !product && chance(50);
  const int parent = any(product ? Kind::category : by_uom ? Kind::uom : Kind::product);
  if (child < 0) return;
  if (parent < 0 || chance(15)) {
    detach(child, by_uom);
  } else {
    attach(child, parent, by_uom);
  }
}

void Walker::attach(int child, int parent, bool by_uom) {
  if (parent < 0) return;
  const bool product = world_.at(child).kind == Kind::product;
  const char* up = by_uom ? "uom" : product ? "category" : "product";
  const char* down = product ? "products" : "product_items";
  const int way = pick(3);
  doing_ = std::string("attach by ") + (way == 0 ? up : way == 1 ? down : "id");
  const bool has_id = record(parent).is_stored();
  if (way == 0) record(child).relate(relation(child, up), &record(parent));
  if (way == 1 || (way == 2 && !has_id)) {
    record(parent).append(relation(parent, down), &record(child));
  } else if (way == 2) {
    record(child).set(std::string(up) + "_id", record(parent).key()[0]);
  }
  (by_uom ? world_.at(child).uom : world_.at(child).parent) = parent;
}

void Walker::detach(int child, bool by_uom) {
  const bool product = world_.at(child).kind == Kind::product;
  const std::string up = by_uom ? "uom" : product ? "category" : "product";
  std::optional<int>& parent = by_uom ? world_.at(child).uom : world_.at(child).parent;
  const int way = pick(3);
  doing_ = "detach by " + (way == 0 ? up : way == 1 ? "collection" : "id");
  if (way == 1 && parent) {
    const Session::NoAutoflush pause(shop_.session);
    const char* down = product ? "products" : "product_items";
    record(*parent).remove(relation(*parent, down), &record(child));
  } else if (way == 2) {
    record(child).set(up + "_id", nullptr);
  } else {
    record(child).relate(relation(child, up.c_str()), nullptr);
  }
  parent.reset();
}

void Walker::remove() {
  doing_ = "remove";
  const int number = any(static_cast<Kind>(pick(4)));
  if (number < 0 || chance(30)) return;
  const bool saved = record(number).state() == ObjectState::persistent;
  if (!saved && !flushing([&] { shop_.session.flush(); })) return;
  const bool flushes = shop_.session.autoflush();
  const auto call = [&] { shop_.session.remove(record(number)); };
  if (flushes) {
    if (!flushing(call)) return;
  } else {
    call();
  }
  for (const int gone : with_children(world_, number)) {
    world_.erase(gone);
    records_.erase(gone);
  }
}

void Walker::flush() {
  doing_ = "flush";
  if (!flushing([&] { shop_.session.flush(); }) && chance(60)) give_own_names();
}

// Otherwise a walk could stay for ever where nothing can be flushed.
void Walker::give_own_names() {
  doing_ = "give own names";
  std::set<std::pair<Kind, std::string>> names;
  for (auto& [number, thing] : world_) {
    if (names.emplace(thing.kind, thing.name).second) continue;
    thing.name = "own" + std::to_string(number) + "." + std::to_string(pick(1000));
    record(number).set("name", thing.name);
  }
}

void Walker::commit() {
  doing_ = "commit";
  if (!flushing([&] { shop_.session.commit(); })) return;
  committed_ = world_;
  savepoints_.clear();
  compare_rows();
}

void Walker::rollback() {
  doing_ = "rollback";
  shop_.session.rollback();
  world_ = committed_;
  savepoints_.clear();
  drop_missing();
  compare_rows();
}

void Walker::begin_savepoint() {
  doing_ = "begin_savepoint";
  if (savepoints_.size() >= 3) return;
  if (flushing([&] { shop_.session.begin_savepoint(); })) savepoints_.push_back(world_);
}

void Walker::end_savepoint() {
  if (savepoints_.empty()) return;
  if (chance(50)) {
    doing_ = "release_savepoint";
    if (flushing([&] { shop_.session.release_savepoint(); })) savepoints_.pop_back();
    return;
  }
  doing_ = "rollback_savepoint";
  shop_.session.rollback_savepoint();
  world_ = savepoints_.back();
  savepoints_.pop_back();
  drop_missing();
  compare_rows();
}

// What a rollback brings back must have its object again; what it undoes has none any more.
void Walker::drop_missing() {
  std::erase_if(records_, [&](const auto& entry) { return !world_.count(entry.first); });
  for (const auto& [number, thing] : world_) {
    if (records_.count(number)) continue;
    Select select;
    select.model = &shop_.registry.model(model_of(thing.kind));
    select.where.emplace();
    select.where->op = Operator::eq;
    select.where->path = Path::parse("name");
    select.where->values = {thing.name};
    records_[number] = &shop_.session.one(select);
  }
}

// Everything is detached, and loaded anew.
void Walker::forget() {
  commit();
  if (!savepoints_.empty() || !is_acceptable(world_)) return;
  doing_ = "forget";
  shop_.session.expunge_all();
  records_.clear();
  drop_missing();
}

void Walker::expire() {
  doing_ = "expire";
  if (!flushing([&] { shop_.session.flush(); })) return;
  if (chance(30)) return shop_.session.expire_all();
  const int number = any(static_cast<Kind>(pick(4)));
  if (number >= 0) shop_.session.expire(record(number));
}

// A query sees what is pending, or the autoflush fails as a flush would.
void Walker::ask() {
  doing_ = "ask";
  if (!shop_.session.autoflush()) return;
  Select select;
  select.model = &shop_.registry.model("Product");
  select.where.emplace();
  select.where->op = Operator::some;
  select.where->path = Path::parse("category");
  std::int64_t found = 0;
  if (!flushing([&] { found = shop_.session.count(select); })) return;
  std::int64_t expected = 0;
  for (const auto& [number, thing] : world_) {
    expected += thing.kind == Kind::product && thing.parent ? 1 : 0;
  }
  if (found != expected) fail("a query counted " + std::to_string(found));
}

}  // namespace vitrine::test
