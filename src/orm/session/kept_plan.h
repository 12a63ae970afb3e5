// KeptPlan: a plan that runs again and again with other values, and its statements, compiled once.
// It is made from a plan whose open values are marks, which no request holds by itself.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "orm/query/plan.h"
#include "sqlite/connection.h"

namespace vitrine {

// What stands for value number `n` where it is a whole number, or text: kMaxSafeInteger - n, and
// U+10FFFF, which is no character, with "A" and n behind it: a letter that folding would change.
inline constexpr std::size_t kMaxOpenValues = 32;
std::int64_t integer_mark(std::size_t number);
std::string text_mark(std::size_t number);

// A value for one run. Text is borrowed.
struct OpenValue {
  std::int64_t integer = 0;
  std::string_view text;
};

class KeptPlan {
 public:
  // Nothing when one of the `count` marks is not a parameter as it is: what the plan makes of such
  // a value is then not known for others.
  static std::optional<KeptPlan> of(Plan plan, std::size_t count);

  const Plan& plan() const { return plan_; }
  // The statement of node `number`, from 0 in the order in which execute() comes to them, with all
  // its parameters bound but the keys of a child.
  Borrowed open(Connection& connection, const PlanNode& node, std::size_t number,
                std::span<const OpenValue> values);

 private:
  enum class Kind { integer, real, text };
  struct Slot {
    Kind kind = Kind::integer;
    int parameter = 0;
    std::size_t value = 0;
  };
  struct Node {
    std::unique_ptr<Statement> statement;
    std::vector<Slot> slots;
    std::vector<std::pair<int, Value>> fixed;
  };

  explicit KeptPlan(Plan plan) : plan_(std::move(plan)) {}
  void note(const PlanNode& node, int first_parameter, std::vector<char>& found);
  void note_children(const PlanNode& node, std::vector<char>& found);
  static std::optional<Slot> slot_of(const Value& value, int parameter, std::size_t count);

  Plan plan_;
  std::vector<Node> nodes_;
};

}  // namespace vitrine
