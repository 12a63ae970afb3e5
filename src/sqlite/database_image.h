// Database images: a whole SQLite database as the bytes of its file.
// The format is described in "Database File Format", sqlite.org/fileformat2.html, section 1.3.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"

struct sqlite3;

namespace vitrine {

// The bytes of a file, in memory that SQLite takes over as it is: a file of megabytes is copied
// once less. Move only.
class DatabaseImage {
 public:
  static constexpr std::size_t kHeaderBytes = 100;

  DatabaseImage() = default;
  explicit DatabaseImage(std::string_view bytes);
  // Room for a file that is still to be written there. Fails with NOMEM.
  static DatabaseImage of_size(std::size_t size_bytes);

  char* data() const { return reinterpret_cast<char*>(bytes_.get()); }
  std::size_t size() const { return size_; }
  std::string_view view() const { return {data(), size_}; }
  // Gives the memory away, to be freed by sqlite3_free().
  unsigned char* release() { return bytes_.release(); }

 private:
  struct Free {
    void operator()(unsigned char* bytes) const;
  };
  std::unique_ptr<unsigned char, Free> bytes_;
  std::size_t size_ = 0;
};

// Fails with CORRUPT, reason not_a_database or truncated, when the header cannot be that of a
// SQLite file, or promises more pages than there are.
void check_database_image(std::string_view image);
// Whether the text of a file that has a header is UTF-16, which SQLite does not mix with UTF-8.
bool has_utf16(std::string_view image);
// The two numbers that a program puts into the header of such a file.
std::int64_t user_version(std::string_view image);
std::int64_t application_id(std::string_view image);

// Whether a file says that writers or readers of it need a write-ahead log; false without a header.
bool says_wal(std::string_view image);
// Changes a header to say a rollback journal: there is no file beside which a log could lie.
void set_rollback_journal(char* image);

// Makes a checked image the file of a connection that was opened through VITRINE_MEMORY_VFS, and
// has not run anything yet. A header that says WAL is changed to a rollback journal.
void load_database_image(sqlite3* handle, DatabaseImage image);
// The same, to be read only, of an image that stays whose it is and outlives the connection.
void lend_database_image(sqlite3* handle, DatabaseImage& image);
// Puts a checked image in the place of the attached database `schema`.
void attach_database_image(sqlite3* handle, DatabaseImage image, const char* schema);

// The main database as the bytes of a file, with a rollback journal in its header. Fails with
// NOMEM.
std::string copy_database_image(sqlite3* handle);

// Says what is wrong in the words of someone who opened a file, for damage found after the header.
void refine_damage(Failure& failure);

}  // namespace vitrine
