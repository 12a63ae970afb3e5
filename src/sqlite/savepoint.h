// Savepoint: a piece of work that is kept or undone as a whole, at any depth. The outermost one is
// the transaction. It is undone when it goes out of scope without release().
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

  // Keeps the work; for the outermost savepoint this is the commit, and fails as a commit can.
  void release();
  void rollback();

 private:
  Connection& connection_;
  std::string name_;
  bool open_ = true;
};

}  // namespace vitrine
