// SQLite's C interface as a program by hand would use it, and what both lanes need of it: all rows
// of the four tables, to compare what was written.
#pragma once

#include <sqlite3.h>

#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "checksum.h"

namespace bench {

// A prepared statement. Text of a row is good until the next step.
class Prepared {
 public:
  Prepared(sqlite3* db, const std::string& sql) : db_(db) {
    check(sqlite3_prepare_v2(db, sql.c_str(), -1, &statement_, nullptr));
  }
  Prepared(const Prepared&) = delete;
  Prepared& operator=(const Prepared&) = delete;
  ~Prepared() { sqlite3_finalize(statement_); }

  Prepared& bind(int place, std::int64_t value) {
    check(sqlite3_bind_int64(statement_, place, value));
    return *this;
  }
  Prepared& bind(int place, const std::string& value) {
    const int size = static_cast<int>(value.size());
    check(sqlite3_bind_text(statement_, place, value.data(), size, SQLITE_STATIC));
    return *this;
  }
  bool step() {
    const int code = sqlite3_step(statement_);
    if (code != SQLITE_ROW && code != SQLITE_DONE) check(code);
    return code == SQLITE_ROW;
  }
  void reset() { sqlite3_reset(statement_); }
  void run() {
    step();
    reset();
  }
  std::int64_t integer(int column) { return sqlite3_column_int64(statement_, column); }
  std::string_view text(int column) {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }

 private:
  void check(int code) {
    if (code != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(db_));
  }

  sqlite3* db_;
  sqlite3_stmt* statement_ = nullptr;
};

inline void execute(sqlite3* db, const char* sql) {
  if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
    throw std::runtime_error(sqlite3_errmsg(db));
  }
}

// Closes what it owns.
struct Close {
  void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
};
using Database = std::unique_ptr<sqlite3, Close>;

// A memory database that holds a copy of `image`, with foreign keys on.
inline Database open_image(const std::string& image) {
  sqlite3_initialize();
  sqlite3* db = nullptr;
  if (sqlite3_open(":memory:", &db) != SQLITE_OK) throw std::runtime_error("cannot open memory");
  Database owned(db);
  auto* bytes = static_cast<unsigned char*>(sqlite3_malloc64(image.size()));
  std::memcpy(bytes, image.data(), image.size());
  const auto size = static_cast<sqlite3_int64>(image.size());
  sqlite3_deserialize(db, "main", bytes, size, size,
                      SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE);
  execute(db, "PRAGMA foreign_keys = ON");
  return owned;
}

// Names in alphabetical order, n for numbers and t for text.
template <class Sink>
void put_table(Sink& sink, sqlite3* db, const std::string& table, const std::string& columns,
               const char* kinds) {
  Prepared count(db, "SELECT count(*) FROM " + table);
  count.step();
  sink.name(table);
  sink.array(static_cast<std::size_t>(count.integer(0)));
  Prepared rows(db, "SELECT " + columns + " FROM " + table + " ORDER BY id");
  while (rows.step()) {
    sink.object();
    std::size_t start = 0;
    for (int column = 0; kinds[column] != '\0'; ++column) {
      const std::size_t end = columns.find(',', start);
      sink.name(std::string_view(columns).substr(start, end - start));
      if (kinds[column] == 'n') {
        sink.number(rows.integer(column));
      } else {
        sink.text(rows.text(column));
      }
      start = end + 1;
    }
  }
}

template <class Sink>
void put_content(Sink& sink, sqlite3* db) {
  sink.object();
  put_table(sink, db, "category", "description,id,name", "tnt");
  put_table(sink, db, "product", "category_id,description,id,name", "ntnt");
  put_table(sink, db, "product_item", "description,id,name,product_id,uom_id", "tntnn");
  put_table(sink, db, "uom", "id,name,symbol", "ntt");
}

}  // namespace bench
