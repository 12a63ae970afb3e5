// Computed columns of objects in memory: the value of an Expression over what the columns hold now,
// flushed or not. It follows SQLite's arithmetic, so that a query sees the same.
#pragma once

#include "orm/session/record.h"

namespace vitrine {

// NULL when any part of it is NULL, or a division by zero. Reads columns as Record::get does, and
// fails as that fails.
Value evaluate(Record& record, const Expression& expression);

}  // namespace vitrine
