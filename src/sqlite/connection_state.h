// ConnectionState: what a Connection, its statements and its savepoints share. Internal to the
// room.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "sqlite/connection.h"
#include "sqlite/handle_vfs.h"
#include "sqlite/statement_cache.h"

namespace vitrine {

struct ConnectionState {
  explicit ConnectionState(sqlite3* opened) : handle(opened) {}
  ConnectionState(const ConnectionState&) = delete;
  ConnectionState& operator=(const ConnectionState&) = delete;
  // Closes the handle. Every statement has been given back by then: a loan must not outlive its
  // connection.
  ~ConnectionState();

  // Undoes the whole transaction, now or, when even that fails, before the next statement.
  void undo_transaction();

  std::unique_ptr<HandleVfs> vfs;  // what `handle` is open on, when it is not the default
  sqlite3* handle;
  StatementCache cache{Connection::kMaxCachedStatements};
  std::int64_t statement_count = 0;
  bool optimizes = false;   // when it closes
  int log_pages = 0;        // since the log was last taken into the file
  int lent = 0;             // statements out of the cache
  int savepoint_depth = 0;  // Savepoints that are open
  bool must_undo = false;   // undo_transaction() has not succeeded yet
  std::function<void(const StatementEvent&)> listener;
};

}  // namespace vitrine
