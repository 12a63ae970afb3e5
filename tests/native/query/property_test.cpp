// Random filters, orders and pages, compared with a plain walk over rows in memory.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <random>

#include "orm/query/ddl.h"
#include "query/ask.h"
#include "query/stock.h"
#include "support/seed.h"

namespace vitrine::query_property_test {

using namespace vitrine::testing;

namespace {

using Op = Operator;

// What SQL's conditions are: true, false or unknown.
using Truth = std::optional<bool>;

struct Row {
  std::int64_t id = 0;
  std::optional<std::int64_t> rank;
  std::optional<std::int64_t> parent_id;
};

class Forest {
 public:
  Forest(std::mt19937& random, int size) {
    const auto below = [&](int bound) { return static_cast<int>(random() % bound); };
    for (int id = 1; id <= size; ++id) {
      Row row{id, std::nullopt, std::nullopt};
      if (below(4) > 0) row.rank = below(6);
      if (id > 1 && below(5) > 0) row.parent_id = 1 + below(id - 1);
      rows_.push_back(row);
    }
  }

  const std::vector<Row>& rows() const { return rows_; }

  Truth holds(const Filter& filter, const Row& row) const {
    switch (filter.op) {
      case Op::all_of:
        return all(filter, row);
      case Op::any_of:
        return any(filter, row);
      case Op::negate:
        return negated(holds(filter.operands.front(), row));
      case Op::some:
        return exists(filter, row);
      case Op::none:
        return !exists(filter, row);
      case Op::every:
        return every(filter, row);
      case Op::is:
        return refers(filter, row);
      case Op::is_not:
        return refers(filter, row) != true;
      default:
        return compares(filter, row);
    }
  }

 private:
  static Truth negated(Truth truth) { return truth ? Truth(!*truth) : std::nullopt; }

  Truth all(const Filter& filter, const Row& row) const {
    bool unknown = false;
    for (const Filter& operand : filter.operands) {
      const Truth truth = holds(operand, row);
      if (truth == false) return false;
      unknown = unknown || !truth;
    }
    return unknown ? std::nullopt : Truth(true);
  }

  Truth any(const Filter& filter, const Row& row) const {
    bool unknown = false;
    for (const Filter& operand : filter.operands) {
      const Truth truth = holds(operand, row);
      if (truth == true) return true;
      unknown = unknown || !truth;
    }
    return unknown ? std::nullopt : Truth(false);
  }

  std::vector<Row> related(const Filter& filter, const Row& row) const {
    std::vector<Row> found;
    for (const Row& other : rows_) {
      const bool fits =
          filter.path.attribute == "parent" ? row.parent_id == other.id : other.parent_id == row.id;
      if (fits) found.push_back(other);
    }
    return found;
  }

  bool exists(const Filter& filter, const Row& row) const {
    for (const Row& other : related(filter, row)) {
      if (filter.operands.empty() || holds(filter.operands.front(), other) == true) return true;
    }
    return false;
  }

  bool every(const Filter& filter, const Row& row) const {
    for (const Row& other : related(filter, row)) {
      if (!filter.operands.empty() && holds(filter.operands.front(), other) != true) return false;
    }
    return true;
  }

  // As a comparison of the foreign key: unknown for a row that refers to nothing.
  static Truth refers(const Filter& filter, const Row& row) {
    if (filter.values.front().is_null()) return !row.parent_id;
    if (!row.parent_id) return std::nullopt;
    return *row.parent_id == *filter.values.front().integer();
  }

  static Truth compared(Op op, std::optional<std::int64_t> left, const Value& right) {
    if (right.is_null()) return op == Op::eq ? !left : op == Op::ne ? !!left : Truth();
    if (!left) return std::nullopt;
    const std::int64_t value = *right.integer();
    switch (op) {
      case Op::eq:
        return *left == value;
      case Op::ne:
        return *left != value;
      case Op::lt:
        return *left < value;
      case Op::le:
        return *left <= value;
      case Op::gt:
        return *left > value;
      default:
        return *left >= value;
    }
  }

  static Truth within(const Filter& filter, std::optional<std::int64_t> left) {
    if (filter.values.empty()) return false;
    bool unknown = !left;
    for (const Value& value : filter.values) {
      if (value.is_null()) unknown = true;
      if (left && value == Value(*left)) return true;
    }
    return unknown ? std::nullopt : Truth(false);
  }

  static Truth compares(const Filter& filter, const Row& row) {
    const std::string& name = filter.path.attribute;
    const std::optional<std::int64_t> left = name == "id"     ? row.id
                                             : name == "rank" ? row.rank
                                                              : row.parent_id;
    switch (filter.op) {
      case Op::is_null:
        return !left;
      case Op::not_null:
        return !!left;
      case Op::in:
        return within(filter, left);
      case Op::not_in:
        return filter.values.empty() ? true : negated(within(filter, left));
      case Op::between: {
        const Truth low = compared(Op::ge, left, filter.values[0]);
        const Truth high = compared(Op::le, left, filter.values[1]);
        if (low == false || high == false) return false;
        return low && high ? Truth(true) : std::nullopt;
      }
      default:
        return compared(filter.op, left, filter.values.front());
    }
  }

  std::vector<Row> rows_;
};

class Dice {
 public:
  explicit Dice(std::mt19937& random) : random_(random) {}

  int below(int bound) { return static_cast<int>(random_() % static_cast<unsigned>(bound)); }

  Value value() { return below(8) == 0 ? Value() : Value(below(8)); }

  Filter comparison() {
    static constexpr Op kOps[] = {Op::eq, Op::ne,     Op::lt,      Op::le,      Op::gt,      Op::ge,
                                  Op::in, Op::not_in, Op::between, Op::is_null, Op::not_null};
    static constexpr const char* kColumns[] = {"id", "rank", "parent_id"};
    Filter filter = where(kOps[below(11)], kColumns[below(3)]);
    int count = 1;
    if (filter.op == Op::is_null || filter.op == Op::not_null) count = 0;
    if (filter.op == Op::in || filter.op == Op::not_in) count = below(20);
    if (filter.op == Op::between) count = 2;
    for (int i = 0; i < count; ++i) filter.values.push_back(value());
    return filter;
  }

  Filter filter(int depth) {
    if (depth == 0) return comparison();
    const int kind = below(7);
    if (kind < 2) {
      Filter made = combined(kind == 0 ? Op::all_of : Op::any_of, {});
      for (int i = below(12); i >= 0; --i) made.operands.push_back(filter(depth - 1));
      return made;
    }
    if (kind == 2) return combined(Op::negate, {filter(depth - 1)});
    if (kind == 3) return where(below(2) ? Op::is : Op::is_not, "parent", {value()});
    static constexpr Op kOps[] = {Op::some, Op::none, Op::every};
    Filter made = related(kOps[below(3)], below(2) ? "parent" : "children");
    if (below(5) > 0) made.operands.push_back(filter(depth - 1));
    return made;
  }

 private:
  std::mt19937& random_;
};

Registry forest_registry() {
  Column rank = foreign_column("rank", "twig");
  rank.foreign_key.reset();
  Registry registry;
  registry.add(model_of("Twig", "twig",
                        {key_column("id"), rank, foreign_column("parent_id", "twig")},
                        {relation_with_backref("parent", "Twig", "children", "all")}));
  registry.resolve();
  return registry;
}

void fill(Connection& connection, const Registry& registry, const Forest& forest) {
  connection.execute(create_all_sql(registry));
  for (const Row& row : forest.rows()) {
    const auto value = [](std::optional<std::int64_t> n) { return n ? Value(*n) : Value(); };
    connection.run("INSERT INTO twig VALUES (?, ?, ?)",
                   {row.id, value(row.rank), value(row.parent_id)});
  }
}

}  // namespace

TEST_CASE("random filters mean what a walk over the rows finds, whole, counted and in pages") {
  const std::uint32_t seed = seed_or(20'261'122);
  CAPTURE(seed);
  std::mt19937 random(seed);
  const Registry registry = forest_registry();
  const Forest forest(random, 40);
  Connection connection = Connection::open(":memory:");
  fill(connection, registry, forest);
  Dice dice(random);
  for (int round = 0; round < 400; ++round) {
    CAPTURE(round);
    Select select = from(registry, "Twig");
    select.columns = {"id"};
    select.where = dice.filter(dice.below(4));
    select.order_by = {by("rank", dice.below(2))};
    std::vector<Row> expected;
    for (const Row& row : forest.rows()) {
      if (forest.holds(*select.where, row) == true) expected.push_back(row);
    }
    const bool descending = select.order_by.front().descending;
    std::stable_sort(expected.begin(), expected.end(), [&](const Row& a, const Row& b) {
      return descending ? b.rank < a.rank : a.rank < b.rank;
    });
    std::vector<std::string> ids;
    for (const Row& row : expected) ids.push_back(std::to_string(row.id));
    CHECK(lines(connection, compile(registry, select).root.sql) == ids);
    CHECK(lines(connection, compile_count(registry, select)).front() == std::to_string(ids.size()));
    if (ids.empty()) continue;
    // The page that starts after any of the rows is the rest.
    const auto at = static_cast<std::size_t>(dice.below(static_cast<int>(ids.size())));
    const Row& last = expected[at];
    select.after = {last.rank ? Value(*last.rank) : Value(), last.id};
    ids.erase(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(at) + 1);
    CHECK(lines(connection, compile(registry, select).root.sql) == ids);
  }
}

}  // namespace vitrine::query_property_test
