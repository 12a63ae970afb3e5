// Connection: one open SQLite database. RAII over sqlite3*, with statements prepared once and kept.
// It knows SQL and values, and nothing of models.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/value.h"
#include "sqlite/statement.h"

struct sqlite3;

namespace vitrine {

// What ran, for onQuery and for tests that count statements. `sql` lives as long as the call.
struct StatementEvent {
  std::string_view sql;
  double duration_ms = 0;
  std::int64_t rows = 0;     // that it gave
  std::int64_t changes = 0;  // rows that it inserted, updated or deleted itself; 0 when it read
};

struct HandleFiles;   // handle_vfs.h
class DatabaseImage;  // database_image.h

// How a commit is kept from being half done. wal: a log beside the file, and one flush for each
// commit. memory: for handles that themselves keep all of a commit or nothing.
enum class Journal { wal, memory };

// Invariants (verify() checks them by number):
//   (1) handle() is open from construction to destruction.
//   (2) No cached statement is in mid-step while nobody borrows it.
//   (3) The cache holds at most kMaxCachedStatements.
//   (4) While a Savepoint is open, so is a transaction, unless SQLite undid it after a failure.
class Connection {
 public:
  // A catalog has some dozen shapes of request per model; each statement takes a few kilobytes.
  static constexpr std::size_t kMaxCachedStatements = 256;
  // The longest text or blob, and the longest row: more than any picture the catalog accepts.
  static constexpr int kMaxValueBytes = 32 * 1024 * 1024;
  // Pages kept in memory, when there are so many: a category that is deleted touches some 3 MB.
  static constexpr int kMaxCache_kB = 8 * 1024;
  // A product with its items fits into few such pages, and a picture needs half the pages of 4096.
  static constexpr int kPageBytes = 8192;
  // A log that one great transaction made long is cut to this when it is begun anew.
  static constexpr int kMaxIdleLogBytes = 16 * 1024 * 1024;
  // The commit that makes the log this long takes its pages into the main file itself.
  static constexpr int kMaxLogPages = 2000;
  // From here on tidy() does: shorter, the flushes it takes are not worth it.
  static constexpr int kIdleLogPages = 250;

  // Opens `path` (":memory:" for memory) through the VFS of that name (empty: the default one), and
  // sets what every catalog connection needs: foreign keys on, trusted_schema off, cell_size_check
  // on, DQS off, DEFENSIVE on. Fails with IO, CORRUPT, BUSY or NOMEM.
  static Connection open(const std::string& path, const std::string& vfs = "");
  // The database in these files, of which nobody else has any open: an empty main file is a new
  // one. A commit has been flushed when it returns. What an earlier owner left unfinished is undone
  // first; beyond that nothing is changed before use_journal(). Fails as open() does.
  static Connection open_handles(HandleFiles files);
  // A memory database that holds a copy of `image`, a whole .sqlite file. Fails with CORRUPT when
  // the bytes are not a SQLite database. A header that says WAL is read as a rollback-journal one.
  static Connection deserialize(std::string_view image);
  // The same without a copy, in the image's own memory.
  static Connection deserialize(DatabaseImage&& image);
  // The same, to be read only, while the image lives.
  static Connection reading(DatabaseImage& image);

  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;
  ~Connection();

  // A prepared statement for `sql`, borrowed from the cache until the Borrowed goes, which resets
  // it and clears its bindings. Fails with SQL when it does not compile or holds more than one.
  Borrowed prepare(std::string_view sql);
  // The same, but of the statement in `kept`, which is compiled there when it is null and stays. It
  // must go before the connection.
  Borrowed prepare(std::string_view sql, std::unique_ptr<Statement>& kept);
  // Runs every statement of `script`, in order, and drops their rows. What ran before a failure
  // stays.
  void execute(std::string_view script);
  // Runs one statement and drops its rows; returns the number of rows it changed itself, those that
  // cascades and triggers changed not counted.
  std::int64_t run(std::string_view sql, const std::vector<Value>& parameters = {});
  // The first column of the first row, or nothing when there is no row.
  std::optional<Value> scalar(std::string_view sql, const std::vector<Value>& parameters = {});

  // How the commits that follow are kept. Not within a transaction.
  void use_journal(Journal journal);
  // Takes the pages of a log of kIdleLogPages into the main file; for moments in which nobody
  // waits, so that commits seldom have to. Not within a transaction. A file that cannot take them
  // now will later: they are safe in the log.
  void tidy();
  // The whole database as the bytes of a .sqlite file. Fails with BUSY inside a write transaction.
  std::string serialize();

  std::int64_t last_insert_rowid() const;
  // Rows that the last INSERT, UPDATE or DELETE changed itself, cascades left aside.
  std::int64_t changes() const;
  bool in_transaction() const;
  // False where SQL switched that off.
  bool enforces_foreign_keys() const;
  // A number that is another one once something was committed: while it is the same, so are all
  // rows. Nothing while this connection has written what is not committed, nor of a file that
  // others may write to.
  std::optional<std::uint32_t> data_version() const;
  // Undoes the open transaction, if any. It cannot fail: what SQLite cannot undo at once, for want
  // of memory, it undoes before the next statement.
  void undo_transaction();
  // Statements stepped to the first row or to completion since the connection opened; exact.
  std::int64_t statement_count() const;
  // Called after each statement ends, also when it failed; an empty function switches it off. It
  // must not throw and not use the connection. The time is that spent inside of SQLite.
  void on_statement(std::function<void(const StatementEvent&)> listener);

  sqlite3* handle() const;
  void verify() const;

 private:
  friend class Savepoint;
  explicit Connection(sqlite3* handle);
  static Connection of_image(DatabaseImage& image, bool lent);
  std::unique_ptr<ConnectionState> state_;  // where it stays when the connection is moved
};

}  // namespace vitrine
