// Opening, configuring and asking a connection; what a loan and a savepoint do to it is theirs.
#include "sqlite/connection.h"

#include <sqlite3.h>

#include <utility>

#include "base/check.h"
#include "base/error.h"
#include "sqlite/connection_state.h"
#include "sqlite/database_image.h"
#include "sqlite/functions.h"
#include "sqlite/incoming_rows.h"
#include "sqlite/initialize.h"
#include "sqlite/memory_image.h"
#include "sqlite/translate.h"
#include "sqlite/write_ahead_log.h"

namespace vitrine {

namespace {

sqlite3* open_handle(const std::string& path, const std::string& vfs) {
  initialize_once();
  sqlite3* handle = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXRESCODE;
  const int result =
      sqlite3_open_v2(path.c_str(), &handle, flags, vfs.empty() ? nullptr : vfs.c_str());
  if (result == SQLITE_OK) return handle;
  // The handle exists even then, for its message.
  const std::string message = handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(result);
  sqlite3_close(handle);
  fail(translate(result, message, "opening " + path));
}

void switch_on(sqlite3* handle, int option, bool on) {
  const int result = sqlite3_db_config(handle, option, on ? 1 : 0, nullptr);
  VITRINE_CHECK(result == SQLITE_OK);
}

// What every catalog connection needs. The size of the cache comes last: SQLite reckons it in pages
// of the file, and so takes a first look at that, which opening alone leaves out.
void configure(Connection& connection) {
  sqlite3* handle = connection.handle();
  switch_on(handle, SQLITE_DBCONFIG_ENABLE_FKEY, true);
  switch_on(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, false);
  switch_on(handle, SQLITE_DBCONFIG_DQS_DML, false);
  switch_on(handle, SQLITE_DBCONFIG_DQS_DDL, false);
  switch_on(handle, SQLITE_DBCONFIG_DEFENSIVE, true);
  // A plan does not look at bound values: statements would be compiled again for others.
  switch_on(handle, SQLITE_DBCONFIG_ENABLE_QPSG, true);
  sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, Connection::kMaxValueBytes);
  add_functions(handle);
  add_incoming_rows(handle);
  connection.execute("PRAGMA cell_size_check = ON");
  connection.execute("PRAGMA cache_size = -" + std::to_string(Connection::kMaxCache_kB));
}

// EXCLUSIVE comes before the first look: a log without it needs memory shared between processes.
void configure_files(Connection& connection) {
  connection.execute("PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL");
  connection.execute("PRAGMA page_size = " + std::to_string(Connection::kPageBytes));
  connection.execute("PRAGMA journal_size_limit = " + std::to_string(Connection::kMaxIdleLogBytes));
}

}  // namespace

ConnectionState::~ConnectionState() {
  VITRINE_CHECK(lent == 0);
  // What it learns about the data is kept in the file; a file that cannot take it is none the
  // worse.
  if (optimizes) sqlite3_exec(handle, "PRAGMA optimize", nullptr, nullptr, nullptr);
  cache = StatementCache(0);
  const int result = sqlite3_close(handle);
  VITRINE_CHECK(result == SQLITE_OK);
}

void ConnectionState::undo_transaction() {
  must_undo = sqlite3_get_autocommit(handle) == 0 &&
              sqlite3_exec(handle, "ROLLBACK", nullptr, nullptr, nullptr) != SQLITE_OK;
  if (vfs != nullptr && !must_undo) vfs->forget_log();
}

Connection::Connection(sqlite3* handle) : state_(std::make_unique<ConnectionState>(handle)) {}
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;
Connection::~Connection() = default;

Connection Connection::open(const std::string& path, const std::string& vfs) {
  Connection connection(open_handle(path, vfs));
  configure(connection);
  connection.state_->statement_count = 0;
  return connection;
}

Connection Connection::open_handles(HandleFiles files) {
  initialize_once();
  auto vfs = std::make_unique<HandleVfs>(std::move(files));
  Connection connection(open_handle(HandleVfs::kPath, vfs->name()));
  connection.state_->vfs = std::move(vfs);
  configure_files(connection);
  configure(connection);
  connection.state_->statement_count = 0;
  return connection;
}

Connection Connection::deserialize(std::string_view image) {
  check_database_image(image);
  return deserialize(DatabaseImage(image));
}

Connection Connection::deserialize(DatabaseImage&& image) { return of_image(image, false); }
Connection Connection::reading(DatabaseImage& image) { return of_image(image, true); }

Connection Connection::of_image(DatabaseImage& image, bool lent) {
  check_database_image(image.view());
  Connection connection(open_handle("image", VITRINE_MEMORY_VFS));
  lent ? lend_database_image(connection.handle(), image)
       : load_database_image(connection.handle(), std::move(image));
  try {
    configure(connection);
  } catch (Error& error) {
    if (error.code() == Code::corrupt) refine_damage(error.failure());
    throw;
  }
  connection.state_->statement_count = 0;
  return connection;
}

Borrowed Connection::prepare(std::string_view sql) {
  std::unique_ptr<Statement> statement = state_->cache.take(sql);
  if (statement == nullptr) statement = Statement::compile(*state_, sql);
  return Borrowed(*state_, std::move(statement));
}

Borrowed Connection::prepare(std::string_view sql, std::unique_ptr<Statement>& kept) {
  if (kept == nullptr) kept = Statement::compile(*state_, sql);
  return Borrowed(*state_, *kept);
}

void Connection::execute(std::string_view script) {
  const std::string text(script);
  std::string_view rest = text;
  while (!rest.empty()) {
    Statement statement = Statement::first_of(*state_, rest);
    if (statement.handle() == nullptr) return;
    while (statement.step()) {
    }
  }
}

std::int64_t Connection::run(std::string_view sql, const std::vector<Value>& parameters) {
  const Borrowed statement = prepare(sql);
  statement->bind_all(parameters);
  // Only INSERT, UPDATE and DELETE set the number of changes; other statements leave the last one.
  const auto total_before = sqlite3_total_changes64(state_->handle);
  while (statement->step()) {
  }
  const bool changed = sqlite3_total_changes64(state_->handle) != total_before;
  return changed ? sqlite3_changes64(state_->handle) : 0;
}

std::optional<Value> Connection::scalar(std::string_view sql,
                                        const std::vector<Value>& parameters) {
  const Borrowed statement = prepare(sql);
  statement->bind_all(parameters);
  if (!statement->step()) return std::nullopt;
  return statement->column_value(0);
}

void Connection::use_journal(Journal journal) {
  const std::string mode = journal == Journal::wal ? "wal" : "memory";
  const std::optional<Value> got = scalar("PRAGMA journal_mode = " + mode);
  VITRINE_CHECK(got == Value(mode));
  if (journal == Journal::wal) bound_log(*state_);
  state_->optimizes = true;
}

std::string Connection::serialize() {
  if (sqlite3_txn_state(state_->handle, "main") == SQLITE_TXN_WRITE)
    fail(Code::busy, "The database cannot be exported inside a transaction: finish it first.");
  return copy_database_image(state_->handle);
}

std::int64_t Connection::last_insert_rowid() const {
  return sqlite3_last_insert_rowid(state_->handle);
}

std::int64_t Connection::changes() const { return sqlite3_changes64(state_->handle); }

bool Connection::enforces_foreign_keys() const {
  int on = 0;
  sqlite3_db_config(state_->handle, SQLITE_DBCONFIG_ENABLE_FKEY, -1, &on);
  return on != 0;
}

std::optional<std::uint32_t> Connection::data_version() const {
  sqlite3* handle = state_->handle;
  const char* path = sqlite3_db_filename(handle, "main");
  const bool is_shared = state_->vfs == nullptr && path != nullptr && *path != 0;
  if (is_shared || sqlite3_txn_state(handle, "main") == SQLITE_TXN_WRITE) return std::nullopt;
  std::uint32_t version = 0;
  const int result = sqlite3_file_control(handle, "main", SQLITE_FCNTL_DATA_VERSION, &version);
  return result == SQLITE_OK ? std::optional(version) : std::nullopt;
}

bool Connection::in_transaction() const {
  return !state_->must_undo && sqlite3_get_autocommit(state_->handle) == 0;
}

void Connection::undo_transaction() { state_->undo_transaction(); }

std::int64_t Connection::statement_count() const { return state_->statement_count; }

void Connection::on_statement(std::function<void(const StatementEvent&)> listener) {
  state_->listener = std::move(listener);
}

sqlite3* Connection::handle() const { return state_->handle; }

void Connection::verify() const {
  VITRINE_CHECK(state_ != nullptr && state_->handle != nullptr);  // (1)
  state_->cache.verify();                                         // (2)
  VITRINE_CHECK(state_->cache.size() <= kMaxCachedStatements);    // (3)
  VITRINE_CHECK(state_->savepoint_depth >= 0 && state_->lent >= 0);
}

}  // namespace vitrine
