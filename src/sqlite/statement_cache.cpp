// A list in order of use, and an index over it.
#include "sqlite/statement_cache.h"

#include <sqlite3.h>

#include <utility>

#include "base/check.h"

namespace vitrine {

std::unique_ptr<Statement> StatementCache::take(std::string_view sql) {
  const auto found = by_sql_.find(sql);
  if (found == by_sql_.end()) return nullptr;
  const auto place = found->second;
  std::unique_ptr<Statement> statement = std::move(*place);
  by_sql_.erase(found);
  recent_.erase(place);
  return statement;
}

void StatementCache::give_back(std::unique_ptr<Statement> statement) {
  if (by_sql_.count(statement->sql()) != 0) return;
  if (recent_.size() == capacity_) {
    by_sql_.erase(recent_.back()->sql());
    recent_.pop_back();
  }
  recent_.push_front(std::move(statement));
  by_sql_.emplace(recent_.front()->sql(), recent_.begin());
}

void StatementCache::verify() const {
  VITRINE_CHECK(by_sql_.size() == recent_.size());  // (1)
  for (auto place = recent_.begin(); place != recent_.end(); ++place) {
    const auto found = by_sql_.find((*place)->sql());
    VITRINE_CHECK(found != by_sql_.end() && *found->second == *place);  // (1)
    VITRINE_CHECK(sqlite3_stmt_busy((*place)->handle()) == 0);          // (2)
  }
  VITRINE_CHECK(recent_.size() <= capacity_);  // (2)
}

}  // namespace vitrine
