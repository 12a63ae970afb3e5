// Orders, and the condition that starts a page after a given row. Private to the room.
#pragma once

#include "orm/query/scope.h"

namespace vitrine::query {

struct OrderTerm {
  std::string expression;
  bool descending = false;
  bool nullable = true;
  bool stored = true;   // else it is worked out each time
  bool folded = false;  // so a value that it is compared with has to be folded, too
};

// The terms for `order_by` over scope.root(), then those of its primary key, so that no two objects
// tie. Refuses unknown names, and folding what is no text.
std::vector<OrderTerm> order_terms(Scope& scope, const std::vector<Order>& order_by);

// a, b DESC: what follows ORDER BY. NULL sorts before every value, text by its bytes.
std::string order_text(const std::vector<OrderTerm>& terms);

// True for the rows that come after the one whose terms have these values, one each. A term that
// repeats one before it says nothing more, and is passed over.
std::string after_condition(Draft& draft, const std::vector<OrderTerm>& terms,
                            const std::vector<Value>& values);

}  // namespace vitrine::query
