// Compiling, binding, stepping and reading statements, and giving loans back.
#include "sqlite/statement.h"

#include <sqlite3.h>

#include <cmath>
#include <ctime>
#include <utility>

#include "base/check.h"
#include "base/error.h"
#include "base/text.h"
#include "sqlite/connection_state.h"
#include "sqlite/read_row.h"
#include "sqlite/translate.h"

namespace vitrine {

namespace {

// SQLite's own limit for one statement; also what makes its length fit an int.
constexpr std::size_t kMaxSqlBytes = 1'000'000'000;

double now_ms() {
  std::timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

// SQLite binds NULL for a null pointer, even with a length of zero; empty text is not NULL.
const char* never_null(std::string_view text) { return text.data() != nullptr ? text.data() : ""; }

[[noreturn]] void fail_nul_in_list(const std::string& text) {
  Failure failure;
  failure.code = Code::validation;
  failure.reason = "nul_in_list";
  failure.message = "A list of texts holds " + Value(text).describe() +
                    ", which contains the character NUL: compare that one by equality instead.";
  fail(std::move(failure));
}

}  // namespace

Statement Statement::first_of(ConnectionState& connection, std::string_view& script) {
  if (script.size() > kMaxSqlBytes)
    fail(Code::sql, "The statement is longer than 1 GB: bind its values as parameters instead.");
  sqlite3_stmt* handle = nullptr;
  const char* rest = nullptr;
  // The terminator is counted in: SQLite then reads in place, where it would copy all of the
  // script.
  const int result =
      sqlite3_prepare_v3(connection.handle, script.data(), static_cast<int>(script.size() + 1),
                         SQLITE_PREPARE_PERSISTENT, &handle, &rest);
  if (result != SQLITE_OK) fail_sqlite(connection.handle, result, script);
  const auto length = static_cast<std::size_t>(rest - script.data());
  Statement statement(connection, handle, std::string(script.substr(0, length)));
  // SQLite stops at a NUL as if the text ended there: what follows would vanish silently.
  if (length < script.size() && *rest == '\0')
    fail(Code::sql, "The statement contains the character NUL: bind it as a parameter instead.");
  script.remove_prefix(length);
  return statement;
}

std::unique_ptr<Statement> Statement::compile(ConnectionState& connection, std::string_view sql) {
  const std::string text(sql);
  std::string_view rest = text;
  auto statement = std::make_unique<Statement>(first_of(connection, rest));
  if (statement->handle_ == nullptr)
    fail(Code::sql, "There is no statement in '" + shortened(sql) + "': give one.");
  if (!rest.empty() && first_of(connection, rest).handle_ != nullptr)
    fail(Code::sql,
         "More than one statement in '" + shortened(sql) + "': run one after the other.");
  statement->sql_ = text;
  return statement;
}

Statement::Statement(ConnectionState& connection, sqlite3_stmt* handle, std::string sql)
    : connection_(&connection), handle_(handle), sql_(std::move(sql)) {}

Statement::Statement(Statement&& other) noexcept
    : connection_(other.connection_),
      handle_(std::exchange(other.handle_, nullptr)),
      sql_(std::move(other.sql_)),
      running_(std::exchange(other.running_, false)),
      rows_(other.rows_),
      duration_ms_(other.duration_ms_),
      total_changes_before_(other.total_changes_before_) {}

Statement::~Statement() {
  if (running_) end();
  sqlite3_finalize(handle_);
}

void Statement::check_bound(int result) const {
  if (result != SQLITE_OK) fail_sqlite(connection_->handle, result, sql_);
}

void Statement::bind(int parameter, const Value& value) {
  if (const auto* integer = value.integer()) return bind_integer(parameter, *integer);
  if (const auto* text = value.text())
    return check_bound(sqlite3_bind_text64(handle_, parameter, text->c_str(), text->size(),
                                           SQLITE_TRANSIENT, SQLITE_UTF8));
  if (const auto* bytes = value.bytes())
    return check_bound(sqlite3_bind_blob64(handle_, parameter, bytes->data.c_str(),
                                           bytes->data.size(), SQLITE_TRANSIENT));
  if (value.is_null()) return check_bound(sqlite3_bind_null(handle_, parameter));
  if (std::isnan(*value.real())) {
    Failure failure;
    failure.code = Code::validation;
    failure.reason = "not_a_number";
    failure.message = "NaN cannot be stored, SQLite would turn it into NULL: give a number.";
    fail(std::move(failure));
  }
  check_bound(sqlite3_bind_double(handle_, parameter, *value.real()));
}

void Statement::bind_view(int parameter, std::string_view text) {
  check_bound(sqlite3_bind_text64(handle_, parameter, never_null(text), text.size(), SQLITE_STATIC,
                                  SQLITE_UTF8));
}

void Statement::bind_bytes_view(int parameter, std::string_view bytes) {
  check_bound(
      sqlite3_bind_blob64(handle_, parameter, never_null(bytes), bytes.size(), SQLITE_STATIC));
}

void Statement::bind_integer(int parameter, std::int64_t value) {
  check_bound(sqlite3_bind_int64(handle_, parameter, value));
}

void Statement::bind_all(const std::vector<Value>& values) {
  int parameter = 0;
  for (const Value& value : values) bind(++parameter, value);
}

void Statement::bind_array(int parameter, std::span<const std::int64_t> values) {
  static_assert(sizeof(std::int64_t) == sizeof(sqlite3_int64));
  // carray only reads, but its interface asks for a pointer to what could change.
  void* data = const_cast<std::int64_t*>(values.data());
  check_bound(sqlite3_carray_bind(handle_, parameter, data, static_cast<int>(values.size()),
                                  SQLITE_CARRAY_INT64, SQLITE_STATIC));
}

void Statement::bind_array(int parameter, std::span<const std::string> values) {
  for (const std::string& text : values) {
    if (text.find('\0') != std::string::npos) fail_nul_in_list(text);
  }
  // One pointer for each text, owned by SQLite from here on; the texts stay the caller's.
  const auto size_bytes = (values.size() + 1) * sizeof(const char*);
  auto* pointers = static_cast<const char**>(sqlite3_malloc64(size_bytes));
  if (pointers == nullptr) fail_sqlite(nullptr, SQLITE_NOMEM, sql_);
  for (std::size_t i = 0; i < values.size(); ++i) pointers[i] = values[i].c_str();
  check_bound(sqlite3_carray_bind(handle_, parameter, pointers, static_cast<int>(values.size()),
                                  SQLITE_CARRAY_TEXT, sqlite3_free));
}

void Statement::begin() {
  if (connection_->must_undo) connection_->undo_transaction();
  if (connection_->must_undo)
    fail(Code::aborted, "A failed transaction could not be undone yet: free memory, try again.");
  // After SQLite itself undid the transaction (a full disk, for instance), what follows must not
  // run as if the savepoints around it were still there: it would be kept for good.
  if (connection_->savepoint_depth > 0 && sqlite3_get_autocommit(connection_->handle) != 0)
    fail(Code::aborted, "The transaction was undone by SQLite after a failure: begin it again.");
  running_ = true;
  is_plain_ = true;
  rows_ = 0;
  duration_ms_ = 0;
  total_changes_before_ = sqlite3_total_changes64(connection_->handle);
  ++connection_->statement_count;
}

void Statement::end() {
  running_ = false;
  if (!connection_->listener) return;
  // Statements that change no rows leave the number of the one before.
  sqlite3* handle = connection_->handle;
  const bool changed = sqlite3_total_changes64(handle) != total_changes_before_;
  connection_->listener({sql_, duration_ms_, rows_, changed ? sqlite3_changes64(handle) : 0});
}

bool Statement::step() {
  if (!running_) begin();
  is_row_read_ = false;
  const bool timed = static_cast<bool>(connection_->listener);
  const double started_ms = timed ? now_ms() : 0;
  const int result = sqlite3_step(handle_);
  if (timed) duration_ms_ += now_ms() - started_ms;
  if (result == SQLITE_ROW) {
    ++rows_;
    return true;
  }
  if (result == SQLITE_DONE) {
    end();
    return false;
  }
  // The message is read before the reset, which may replace it.
  Failure failure = translate(result, sqlite3_errmsg(connection_->handle), sql_);
  sqlite3_reset(handle_);
  end();
  fail(std::move(failure));
}

bool Statement::step_row() {
  // A listener is told how long SQLite itself took.
  const bool may_be_read = is_row_read_ && !connection_->listener;
  if (!may_be_read || !read_next_row(handle_, cells_, is_plain_)) return step();
  ++rows_;
  return true;
}

void Statement::reset() {
  // Its result only repeats what step() has reported.
  sqlite3_reset(handle_);
  is_row_read_ = false;
  if (running_) end();
}

void Statement::clear_bindings() { sqlite3_clear_bindings(handle_); }

bool Statement::read_only() const { return sqlite3_stmt_readonly(handle_) != 0; }

int Statement::parameter_count() const { return sqlite3_bind_parameter_count(handle_); }

int Statement::column_count() const { return sqlite3_column_count(handle_); }

std::string_view Statement::column_name(int column) const {
  const char* name = sqlite3_column_name(handle_, column);
  return name != nullptr ? std::string_view(name) : std::string_view();
}

std::int64_t Statement::column_integer(int column) const {
  return sqlite3_column_int64(handle_, column);
}

std::string_view Statement::column_text(int column) const {
  const bool is_null = sqlite3_column_type(handle_, column) == SQLITE_NULL;
  const unsigned char* text = sqlite3_column_text(handle_, column);
  if (text == nullptr && !is_null) fail_sqlite(nullptr, SQLITE_NOMEM, sql_);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_, column));
  return {reinterpret_cast<const char*>(text), size};
}

std::string_view Statement::column_bytes(int column) const {
  const void* bytes = sqlite3_column_blob(handle_, column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_, column));
  if (bytes == nullptr && size > 0) fail_sqlite(nullptr, SQLITE_NOMEM, sql_);
  return {static_cast<const char*>(bytes), size};
}

Value Statement::column_value(int column) {
  const std::span<const Cell> cells = row();
  VITRINE_CHECK(static_cast<std::size_t>(column) < cells.size());
  const Cell& cell = cells[static_cast<std::size_t>(column)];
  switch (cell.kind) {
    case StorageClass::integer:
      return cell.integer;
    case StorageClass::real:
      return cell.real;
    case StorageClass::text:
      return std::string(cell.data, cell.size);
    case StorageClass::blob:
      return Bytes{std::string(cell.data, cell.size)};
    case StorageClass::null:
      break;
  }
  return Value();
}

void Statement::read_row() {
  if (!vitrine::read_row(handle_, cells_)) fail_sqlite(nullptr, SQLITE_NOMEM, sql_);
  is_row_read_ = true;
}

Borrowed::Borrowed(ConnectionState& connection, std::unique_ptr<Statement> statement)
    : connection_(&connection), owned_(std::move(statement)), statement_(owned_.get()) {
  ++connection_->lent;
}

Borrowed::Borrowed(ConnectionState& connection, Statement& kept)
    : connection_(&connection), statement_(&kept) {
  ++connection_->lent;
}

Borrowed::Borrowed(Borrowed&& other) noexcept
    : connection_(other.connection_),
      owned_(std::move(other.owned_)),
      statement_(std::exchange(other.statement_, nullptr)) {}

Borrowed::~Borrowed() {
  if (statement_ == nullptr) return;
  statement_->reset();
  statement_->clear_bindings();
  --connection_->lent;
  if (owned_ != nullptr) connection_->cache.give_back(std::move(owned_));
}

}  // namespace vitrine
