// A database file that nobody vouches for: how much work it may cause, how it is checked, and how
// its rows are read; and whole databases copied from one connection into another.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sqlite/connection.h"

namespace vitrine {

// While it lives, a connection works under limits that a catalog's own file never meets: on the
// length and depth of the SQL in a schema, and on the work that statements do, which then fail with
// ABORTED. The connection serves nothing else meanwhile.
class StrangerLimits {
 public:
  StrangerLimits(Connection& connection, std::size_t image_bytes);
  StrangerLimits(const StrangerLimits&) = delete;
  StrangerLimits& operator=(const StrangerLimits&) = delete;
  ~StrangerLimits();

 private:
  static int count_work(void* limits);
  void limit(int which, int value);

  Connection& connection_;
  std::int64_t work_left_;  // in portions of kWorkPortion of SQLite's instructions
};

// While it lives, the tables of a copy of the file are there as stranger.NAME, under those limits.
// Triggers of the file do not run, because nothing is written to it; functions that could do harm
// are refused in its schema by TRUSTED_SCHEMA, which every connection has off.
class Stranger {
 public:
  // Three copies of it are in memory at once, and a page has some two gigabytes.
  static constexpr std::size_t kMaxBytes = 256 * 1024 * 1024;

  // Fails with CORRUPT when the bytes are no database, RANGE when they are too many.
  Stranger(Connection& connection, std::string_view image);
  Stranger(const Stranger&) = delete;
  Stranger& operator=(const Stranger&) = delete;
  ~Stranger();

  // Fails with CORRUPT unless its pages and rows fit together.
  void check();

 private:
  Connection& connection_;
  std::optional<StrangerLimits> limits_;
};

// Makes `target` hold what `source` holds, in one transaction: a failure leaves `target` as it was.
// Both have the same page size, and `target` is in no transaction.
void copy_database(Connection& source, Connection& target);

}  // namespace vitrine
