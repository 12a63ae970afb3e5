// See the header.
#include "sqlite/stranger.h"

#include <sqlite3.h>

#include "base/error.h"
#include "sqlite/database_image.h"
#include "sqlite/translate.h"

namespace vitrine {

namespace {

constexpr int kWorkPortion = 10'000;
// A check does some hundred instructions for each row, and rows have dozens of bytes; what a small
// file may ask for takes a second or so.
constexpr std::int64_t kFreeWork = 100'000'000;
constexpr std::int64_t kWorkPerByte = 100;

struct Limit {
  int which;
  int strict;
};

// The schema of a catalog with a hundred models stays far below.
constexpr Limit kLimits[] = {
    {SQLITE_LIMIT_SQL_LENGTH, 100'000},     {SQLITE_LIMIT_EXPR_DEPTH, 100},
    {SQLITE_LIMIT_VDBE_OP, 25'000},         {SQLITE_LIMIT_COLUMN, 500},
    {SQLITE_LIMIT_COMPOUND_SELECT, 10},     {SQLITE_LIMIT_TRIGGER_DEPTH, 10},
    {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100}};

[[noreturn]] void fail_too_large(std::size_t size_bytes) {
  Failure failure;
  failure.code = Code::range;
  failure.reason = "too_big";
  failure.message = "This file has " + std::to_string(size_bytes) + " bytes, more than the " +
                    std::to_string(Stranger::kMaxBytes) +
                    " that can be opened at once: take pictures out of it first.";
  fail(std::move(failure));
}

[[noreturn]] void fail_utf16() {
  Failure failure;
  failure.code = Code::validation;
  failure.reason = "not_a_catalog";
  failure.message =
      "The text of this SQLite database is UTF-16, and a catalog's is UTF-8: copy its rows to a "
      "database of that encoding first.";
  fail(std::move(failure));
}

}  // namespace

StrangerLimits::StrangerLimits(Connection& connection, std::size_t image_bytes)
    : connection_(connection) {
  work_left_ = (kFreeWork + kWorkPerByte * static_cast<std::int64_t>(image_bytes)) / kWorkPortion;
  for (const Limit& one : kLimits) limit(one.which, one.strict);
  sqlite3_progress_handler(connection_.handle(), kWorkPortion, count_work, this);
}

StrangerLimits::~StrangerLimits() {
  sqlite3_progress_handler(connection_.handle(), 0, nullptr, nullptr);
  // Any value above SQLite's own limit stands for that one.
  for (const Limit& one : kLimits) limit(one.which, 0x7fffffff);
}

void StrangerLimits::limit(int which, int value) {
  sqlite3_limit(connection_.handle(), which, value);
}

int StrangerLimits::count_work(void* limits) {
  return --static_cast<StrangerLimits*>(limits)->work_left_ < 0 ? 1 : 0;
}

Stranger::Stranger(Connection& connection, std::string_view image) : connection_(connection) {
  if (image.size() > kMaxBytes) fail_too_large(image.size());
  check_database_image(image);
  if (has_utf16(image)) fail_utf16();
  connection_.run("ATTACH ':memory:' AS stranger");
  attach_database_image(connection_.handle(), DatabaseImage(image), "stranger");
  limits_.emplace(connection, image.size());
}

Stranger::~Stranger() {
  limits_.reset();
  sqlite3_exec(connection_.handle(), "DETACH stranger", nullptr, nullptr, nullptr);
}

void Stranger::check() {
  const std::optional<Value> verdict = connection_.scalar("PRAGMA stranger.quick_check(1)");
  if (verdict == Value("ok")) return;
  Failure failure;
  failure.code = Code::corrupt;
  failure.detail = verdict ? verdict->text() ? *verdict->text() : "" : "";
  refine_damage(failure);
  fail(std::move(failure));
}

void copy_database(Connection& source, Connection& target) {
  sqlite3_backup* copy = sqlite3_backup_init(target.handle(), "main", source.handle(), "main");
  if (copy == nullptr) {
    fail_sqlite(target.handle(), sqlite3_extended_errcode(target.handle()), "replacing the data");
  }
  sqlite3_backup_step(copy, -1);
  const int result = sqlite3_backup_finish(copy);
  if (result != SQLITE_OK) fail_sqlite(target.handle(), result, "replacing the data");
}

}  // namespace vitrine
