// Reading and changing the header of a database file, and handing whole files to SQLite.
#include "sqlite/database_image.h"

#include <sqlite3.h>

#include <cstdint>
#include <cstring>
#include <memory>

#include "sqlite/initialize.h"
#include "sqlite/memory_image.h"
#include "sqlite/translate.h"

namespace vitrine {

namespace {

constexpr std::string_view kMagic("SQLite format 3\0", 16);
constexpr std::size_t kWriteVersionAt = 18;
constexpr std::size_t kReadVersionAt = 19;
constexpr char kRollbackJournal = 1;
constexpr char kWal = 2;
constexpr const char* kOpening = "opening a database from bytes";

std::uint32_t big_endian(std::string_view image, std::size_t at, std::size_t bytes) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < bytes; ++i)
    number = number << 8 | static_cast<unsigned char>(image[at + i]);
  return number;
}

[[noreturn]] void fail_corrupt(const char* reason, const std::string& what) {
  Failure failure;
  failure.code = Code::corrupt;
  failure.reason = reason;
  failure.message = what;
  fail(std::move(failure));
}

void hand_over(sqlite3* handle, DatabaseImage& image, unsigned flags) {
  set_rollback_journal(image.data());
  auto* bytes = reinterpret_cast<unsigned char*>(image.data());
  const auto size = static_cast<std::int64_t>(image.size());
  const int result = vitrine_take_image(handle, bytes, size, flags);
  if (result != SQLITE_OK) fail_sqlite(handle, result, kOpening);
}

}  // namespace

void check_database_image(std::string_view image) {
  if (image.size() < DatabaseImage::kHeaderBytes || image.substr(0, kMagic.size()) != kMagic)
    fail_corrupt("not_a_database", "These " + std::to_string(image.size()) +
                                       " bytes are no SQLite database: choose a .sqlite file.");
  const std::uint32_t stored_size = big_endian(image, 16, 2);
  const std::uint32_t page_size = stored_size == 1 ? 65536 : stored_size;
  if (page_size < 512 || (page_size & (page_size - 1)) != 0)
    fail_corrupt("not_a_database", "The header of this SQLite file is damaged (page size " +
                                       std::to_string(page_size) + "): use a good copy.");
  // The page count only holds when no older SQLite wrote the file since (section 1.3.7).
  const bool count_is_valid = big_endian(image, 24, 4) == big_endian(image, 92, 4);
  const std::uint64_t pages = count_is_valid ? big_endian(image, 28, 4) : 0;
  if (image.size() % page_size != 0 || pages * page_size > image.size())
    fail_corrupt("truncated", "This SQLite file is cut short: it has " +
                                  std::to_string(image.size()) + " bytes of " +
                                  std::to_string(pages) + " pages of " + std::to_string(page_size) +
                                  ". Get it again from where it came.");
}

// 1 is UTF-8, as is 0 in a file without a schema (sqlite.org/fileformat.html, section 1.3.13).
// SQLite looks at two bits.
bool has_utf16(std::string_view image) { return (big_endian(image, 56, 4) & 3) > 1; }

std::int64_t user_version(std::string_view image) { return big_endian(image, 60, 4); }
std::int64_t application_id(std::string_view image) { return big_endian(image, 68, 4); }

bool says_wal(std::string_view image) {
  return image.size() >= DatabaseImage::kHeaderBytes &&
         (image[kWriteVersionAt] == kWal || image[kReadVersionAt] == kWal);
}

void set_rollback_journal(char* image) {
  image[kWriteVersionAt] = kRollbackJournal;
  image[kReadVersionAt] = kRollbackJournal;
}

DatabaseImage DatabaseImage::of_size(std::size_t size_bytes) {
  initialize_once();
  DatabaseImage image;
  // One byte more: SQLite gives no memory for nothing.
  image.bytes_.reset(static_cast<unsigned char*>(sqlite3_malloc64(size_bytes + 1)));
  if (image.bytes_ == nullptr) fail_sqlite(nullptr, SQLITE_NOMEM, kOpening);
  image.size_ = size_bytes;
  return image;
}

DatabaseImage::DatabaseImage(std::string_view bytes) : DatabaseImage(of_size(bytes.size())) {
  std::memcpy(data(), bytes.data(), bytes.size());
}

void DatabaseImage::Free::operator()(unsigned char* bytes) const { sqlite3_free(bytes); }

void load_database_image(sqlite3* handle, DatabaseImage image) {
  hand_over(handle, image, SQLITE_DESERIALIZE_RESIZEABLE | SQLITE_DESERIALIZE_FREEONCLOSE);
  image.release();
}

void lend_database_image(sqlite3* handle, DatabaseImage& image) {
  hand_over(handle, image, SQLITE_DESERIALIZE_READONLY);
}

void attach_database_image(sqlite3* handle, DatabaseImage image, const char* schema) {
  set_rollback_journal(image.data());
  const auto size = static_cast<sqlite3_int64>(image.size());
  // SQLite owns the bytes from here on, also when this fails.
  const int result =
      sqlite3_deserialize(handle, schema, image.release(), size, size,
                          SQLITE_DESERIALIZE_RESIZEABLE | SQLITE_DESERIALIZE_FREEONCLOSE);
  if (result != SQLITE_OK) fail_sqlite(handle, result, kOpening);
}

std::string copy_database_image(sqlite3* handle) {
  sqlite3_int64 size = -1;
  // Without a copy where there is one image already, that of a deserialized database.
  const unsigned char* bytes = sqlite3_serialize(handle, "main", &size, SQLITE_SERIALIZE_NOCOPY);
  std::unique_ptr<unsigned char, void (*)(void*)> copy(nullptr, sqlite3_free);
  if (bytes == nullptr) {
    copy.reset(sqlite3_serialize(handle, "main", &size, 0));
    bytes = copy.get();
  }
  if (bytes == nullptr) fail_sqlite(nullptr, SQLITE_NOMEM, "exporting the database");
  std::string image(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  if (image.size() >= DatabaseImage::kHeaderBytes) set_rollback_journal(image.data());
  return image;
}

void refine_damage(Failure& failure) {
  failure.reason = "damaged";
  failure.message = "This SQLite file is damaged (" + failure.detail + "): use a good copy.";
}

}  // namespace vitrine
