// Beginning, keeping and undoing work.
#include "sqlite/savepoint.h"

#include <utility>

#include "base/check.h"
#include "base/error.h"
#include "base/text.h"
#include "sqlite/connection.h"
#include "sqlite/connection_state.h"

namespace vitrine {

Savepoint::Savepoint(Connection& connection, std::string name)
    : connection_(connection), name_(quoted_identifier(name)) {
  connection_.run("SAVEPOINT " + name_);
  depth_ = ++connection_.state_->savepoint_depth;
}

Savepoint::~Savepoint() {
  if (!open_) return;
  try {
    rollback();
  } catch (const Error&) {
    // rollback() has seen to it that nothing half-done is kept; there is nobody to tell.
  }
}

void Savepoint::release() {
  VITRINE_CHECK(open_ && depth_ == connection_.state_->savepoint_depth);
  connection_.run("RELEASE " + name_);
  end();
}

void Savepoint::rollback() {
  VITRINE_CHECK(open_ && depth_ == connection_.state_->savepoint_depth);
  // Ended first: whatever happens below, this savepoint is over.
  end();
  // SQLite has undone everything already when it found no room, no memory or no storage.
  if (!connection_.in_transaction()) return connection_.undo_transaction();
  try {
    connection_.run("ROLLBACK TO " + name_);
    connection_.run("RELEASE " + name_);
  } catch (const Error&) {
    connection_.state_->undo_transaction();
    throw;
  }
}

void Savepoint::end() {
  open_ = false;
  --connection_.state_->savepoint_depth;
}

}  // namespace vitrine
