// See the header. "Write-Ahead Log Commit Hook", sqlite.org/c3ref/wal_hook.html.
#include "sqlite/write_ahead_log.h"

#include <sqlite3.h>

#include "sqlite/connection_state.h"

namespace vitrine {

namespace {

// Takes what is committed into the main file, as far as that is possible now.
void shorten(ConnectionState& state) {
  const int mode = SQLITE_CHECKPOINT_PASSIVE;
  const int result = sqlite3_wal_checkpoint_v2(state.handle, "main", mode, nullptr, nullptr);
  if (result == SQLITE_OK) state.log_pages = 0;
}

int on_commit(void* state, sqlite3*, const char*, int log_pages) {
  auto& noted = *static_cast<ConnectionState*>(state);
  noted.log_pages = log_pages;
  if (log_pages >= Connection::kMaxLogPages) shorten(noted);
  return SQLITE_OK;
}

}  // namespace

void bound_log(ConnectionState& state) { sqlite3_wal_hook(state.handle, on_commit, &state); }

void Connection::tidy() {
  const bool is_long = state_->log_pages >= kIdleLogPages;
  if (is_long && !in_transaction()) shorten(*state_);
}

}  // namespace vitrine
