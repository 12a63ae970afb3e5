// See the header. Numbers are eight bytes, the highest first.
#include "sqlite/changed_value.h"

#include <sqlite3.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <new>

namespace vitrine {
namespace {

// std::bit_cast, which libc++ 14 has not.
template <class To, class From>
To with_bits_of(From from) {
  static_assert(sizeof(To) == sizeof(From));
  To to;
  std::memcpy(&to, &from, sizeof to);
  return to;
}

void put_bits(std::string& record, std::uint64_t bits) {
  std::array<char, sizeof bits> bytes;
  for (char& byte : bytes) {
    byte = static_cast<char>(bits >> 56);
    bits <<= 8;
  }
  record.append(bytes.data(), bytes.size());
}

std::uint64_t read_bits(std::string_view bytes) {
  std::uint64_t bits = 0;
  for (const char byte : bytes) bits = bits << 8 | static_cast<unsigned char>(byte);
  return bits;
}

// What put_size() writes at most.
constexpr std::size_t kMaxSizeBytes = 5;

// Seven bits in a byte, the highest first; all but the last have the eighth set.
void put_size(std::string& record, std::uint32_t size) {
  for (int shift = 28; shift > 0; shift -= 7) {
    if (size >> shift != 0) record += static_cast<char>(0x80 | (size >> shift & 0x7f));
  }
  record += static_cast<char>(size & 0x7f);
}

// The size at the front of `bytes`, which is taken off.
std::size_t take_size(std::string_view& bytes) {
  std::size_t size = 0;
  bool more = true;
  while (more) {
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    size = size << 7 | (byte & 0x7f);
    more = byte > 0x7f;
  }
  return size;
}

// No bytes may lie at nullptr; elsewhere that is what having no memory looks like.
void put_content(std::string& record, const void* content, int size) {
  if (content == nullptr && size > 0) throw std::bad_alloc();
  put_size(record, static_cast<std::uint32_t>(size));
  if (size > 0) record.append(static_cast<const char*>(content), static_cast<std::size_t>(size));
}

// Text as it lies: asked for as text, SQLite would copy it to end it with a NUL.
const void* text_of(sqlite3_value* value) {
  return sqlite3_value_encoding(value) == SQLITE_UTF8 ? sqlite3_value_blob(value)
                                                      : sqlite3_value_text(value);
}

// How many bytes the value at the front of `record` takes, without its content where that has a
// size of its own.
std::size_t fixed_size(char kind) { return kind == SQLITE_INTEGER || kind == SQLITE_FLOAT ? 9 : 1; }

bool has_size(char kind) { return kind == SQLITE_TEXT || kind == SQLITE_BLOB; }

}  // namespace

void put_value(std::string& record, sqlite3_value* value) {
  const int kind = value == nullptr ? SQLITE_NULL : sqlite3_value_type(value);
  // The format's numbers of classes are SQLite's.
  record += static_cast<char>(kind);
  if (kind == SQLITE_INTEGER) {
    put_bits(record, static_cast<std::uint64_t>(sqlite3_value_int64(value)));
  } else if (kind == SQLITE_FLOAT) {
    put_bits(record, with_bits_of<std::uint64_t>(sqlite3_value_double(value)));
  } else if (kind == SQLITE_TEXT) {
    const void* text = text_of(value);
    put_content(record, text, sqlite3_value_bytes(value));
  } else if (kind == SQLITE_BLOB) {
    const void* blob = sqlite3_value_blob(value);
    put_content(record, blob, sqlite3_value_bytes(value));
  }
}

std::size_t size_of_value(sqlite3_value* value) {
  const int kind = value == nullptr ? SQLITE_NULL : sqlite3_value_type(value);
  const std::size_t fixed = fixed_size(static_cast<char>(kind));
  if (!has_size(static_cast<char>(kind))) return fixed;
  return fixed + kMaxSizeBytes + static_cast<std::size_t>(sqlite3_value_bytes(value));
}

std::string_view take_value(std::string_view& record) {
  const char kind = record.front();
  std::string_view rest = record.substr(fixed_size(kind));
  if (has_size(kind)) {
    const std::size_t size = take_size(rest);
    rest.remove_prefix(size);
  }
  const std::string_view value = record.substr(0, record.size() - rest.size());
  record = rest;
  return value;
}

int bind_taken(sqlite3_stmt* statement, int parameter, std::string_view& record) {
  std::string_view value = take_value(record);
  const char kind = value.front();
  value.remove_prefix(1);
  if (kind == SQLITE_INTEGER) {
    return sqlite3_bind_int64(statement, parameter, static_cast<std::int64_t>(read_bits(value)));
  }
  if (kind == SQLITE_FLOAT) {
    return sqlite3_bind_double(statement, parameter, with_bits_of<double>(read_bits(value)));
  }
  if (!has_size(kind)) return sqlite3_bind_null(statement, parameter);
  const std::size_t size = take_size(value);
  return kind == SQLITE_TEXT
             ? sqlite3_bind_text64(statement, parameter, value.data(), size, SQLITE_STATIC,
                                   SQLITE_UTF8)
             : sqlite3_bind_blob64(statement, parameter, value.data(), size, SQLITE_STATIC);
}

}  // namespace vitrine
