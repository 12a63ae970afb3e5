// Walker: random steps over a session and the reference beside it. After every step the session's
// invariants hold, a few objects are as the reference has them, and at each commit all rows are.
#pragma once

#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "session/shop_session.h"
#include "session/walk/reference.h"

namespace vitrine::test {

class Walker {
 public:
  Walker(std::uint32_t seed, SessionOptions options) : shop_(options), random_(seed) {}

  // One random step, checked. False, with `trouble()`, when session and reference came apart.
  bool step();
  const std::string& trouble() const { return trouble_; }

 private:
  // Steps; each changes both worlds in the same way.
  void create();
  void rename();
  void move();
  void attach(int child, int parent, bool by_uom);
  void detach(int child, bool by_uom);
  void remove();
  void flush();
  void give_own_names();
  void commit();
  void rollback();
  void begin_savepoint();
  void end_savepoint();
  void forget();
  void expire();
  void ask();

  // Comparisons.
  void compare_some();
  void compare(int number);
  void compare_members(int number, Kind kind, const char* relation);
  void compare_rows();
  void fail(const std::string& what);

  // Runs a call that flushes: it must fail exactly when the world is not acceptable.
  template <class Call>
  bool flushing(Call call);

  int pick(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
  bool chance(int percent) { return pick(100) < percent; }
  // A random thing of that kind, or -1.
  int any(Kind kind);
  std::string any_name() { return "n" + std::to_string(pick(40)); }
  Record& record(int number) { return *records_.at(number); }
  const vitrine::Relationship& relation(int number, const char* name) {
    return record(number).model().relationship(name);
  }
  void drop_missing();

  ShopSession shop_;
  std::mt19937 random_;
  World world_;                     // as it should be now
  World committed_;                 // as a rollback leaves it
  std::vector<World> savepoints_;   // as the rollback of each leaves it
  std::map<int, Record*> records_;  // the object of each thing
  int next_number_ = 0;
  std::string doing_;
  std::string trouble_;
};

}  // namespace vitrine::test
