// See the header.
#include "orm/session/kept_plan.h"

#include <algorithm>
#include <string>

namespace vitrine {

std::int64_t integer_mark(std::size_t number) {
  return kMaxSafeInteger - static_cast<std::int64_t>(number);
}

std::string text_mark(std::size_t number) {
  return "\xF4\x8F\xBF\xBF"
         "A" +
         std::to_string(number);
}

std::optional<KeptPlan> KeptPlan::of(Plan plan, std::size_t count) {
  KeptPlan kept(std::move(plan));
  std::vector<char> found(count);
  kept.note(kept.plan_.root, 1, found);
  if (std::find(found.begin(), found.end(), 0) != found.end()) return std::nullopt;
  return kept;
}

std::optional<KeptPlan::Slot> KeptPlan::slot_of(const Value& value, int parameter,
                                                std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::int64_t mark = integer_mark(i);
    if (value == Value(mark)) return Slot{Kind::integer, parameter, i};
    if (value == Value(static_cast<double>(mark))) return Slot{Kind::real, parameter, i};
    if (value == Value(text_mark(i))) return Slot{Kind::text, parameter, i};
  }
  return std::nullopt;
}

void KeptPlan::note(const PlanNode& node, int first_parameter, std::vector<char>& found) {
  Node& noted = nodes_.emplace_back();
  for (std::size_t i = 0; i < node.sql.parameters.size(); ++i) {
    const Value& value = node.sql.parameters[i];
    const int parameter = first_parameter + static_cast<int>(i);
    if (const auto slot = slot_of(value, parameter, found.size())) {
      noted.slots.push_back(*slot);
      found[slot->value] = true;
    } else {
      noted.fixed.emplace_back(parameter, value);
    }
  }
  note_children(node, found);
}

void KeptPlan::note_children(const PlanNode& node, std::vector<char>& found) {
  for (const PlanChild& child : node.children) {
    child.joined ? note_children(child.node, found)
                 : note(child.node, child.first_parameter(), found);
  }
}

Borrowed KeptPlan::open(Connection& connection, const PlanNode& node, std::size_t number,
                        std::span<const OpenValue> values) {
  Node& kept = nodes_[number];
  Borrowed statement = connection.prepare(node.sql.text, kept.statement);
  for (const auto& [parameter, value] : kept.fixed) statement->bind(parameter, value);
  for (const Slot& slot : kept.slots) {
    const OpenValue& value = values[slot.value];
    if (slot.kind == Kind::text) {
      statement->bind_view(slot.parameter, value.text);
    } else if (slot.kind == Kind::integer) {
      statement->bind_integer(slot.parameter, value.integer);
    } else {
      statement->bind(slot.parameter, static_cast<double>(value.integer));
    }
  }
  return statement;
}

}  // namespace vitrine
