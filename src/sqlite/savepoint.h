// Savepoint: a piece of work that is kept or undone as a whole, at any depth. The outermost one is
// the transaction. It is undone when it goes out of scope without release(). Savepoints of one
// connection end in the reverse order of their beginning.
#pragma once

#include <string>

namespace vitrine {

class Connection;

class Savepoint {
 public:
  // Opens it; `name` is for errors and logs and must be an identifier of ours.
  explicit Savepoint(Connection& connection, std::string name = "vitrine");
  Savepoint(const Savepoint&) = delete;
  Savepoint& operator=(const Savepoint&) = delete;
  // Undoes what was neither released nor undone. Never throws.
  ~Savepoint();

  // Keeps the work; for the outermost savepoint this is the commit, and fails as a commit can: the
  // savepoint is then still open. Fails with ABORTED when SQLite has undone the transaction
  // already.
  void release();
  // Undoes the work, and ends the savepoint. When SQLite cannot undo this part (no memory), all of
  // the transaction is undone instead: the savepoints around this one then fail with ABORTED.
  void rollback();

 private:
  void end();

  Connection& connection_;
  std::string name_;
  int depth_ = 0;  // 1 for the outermost
  bool open_ = true;
};

}  // namespace vitrine
