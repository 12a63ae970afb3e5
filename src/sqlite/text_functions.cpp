// Text is counted in code points and ends at a NUL. NULL gives NULL. Nothing may be thrown through
// SQLite: the results are built in memory that SQLite gave and takes back.
#include <sqlite3.h>

#include <cstring>
#include <iterator>
#include <string_view>

#include "sqlite/sqljs_functions.h"

namespace vitrine {
namespace {

constexpr int kMaxTextBytes = 1'000'000'000;

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

// Empty for NULL, which is_null() has found before.
std::string_view text_of(sqlite3_value* value) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
  return text != nullptr ? std::string_view(text) : std::string_view();
}

bool is_null(sqlite3_value* value) { return sqlite3_value_type(value) == SQLITE_NULL; }

// Bytes of the first code point, 0 at the end.
std::size_t first_bytes(std::string_view text) {
  std::size_t bytes = text.empty() ? 0 : 1;
  while (bytes < text.size() && continues(text[bytes])) ++bytes;
  return bytes;
}

sqlite3_int64 length(std::string_view text) {
  sqlite3_int64 count = 0;
  for (; !text.empty(); text.remove_prefix(first_bytes(text))) ++count;
  return count;
}

// What follows the first `count` code points; nothing when there are fewer.
std::string_view after(std::string_view text, sqlite3_int64 count) {
  for (; count > 0 && !text.empty(); --count) text.remove_prefix(first_bytes(text));
  return text;
}

void answer(sqlite3_context* context, std::string_view text) {
  sqlite3_result_text64(context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

// Room for a result, or null when the context has been told that there is none.
char* room(sqlite3_context* context, sqlite3_int64 size_bytes) {
  if (size_bytes > kMaxTextBytes) {
    sqlite3_result_error_toobig(context);
    return nullptr;
  }
  auto* bytes = static_cast<char*>(sqlite3_malloc64(static_cast<sqlite3_uint64>(size_bytes) + 1));
  if (bytes == nullptr) sqlite3_result_error_nomem(context);
  return bytes;
}

void give(sqlite3_context* context, char* bytes, std::size_t size_bytes) {
  sqlite3_result_text64(context, bytes, size_bytes, sqlite3_free, SQLITE_UTF8);
}

// A count of SQL, refused when it is negative.
bool count_of(sqlite3_context* context, sqlite3_value* value, sqlite3_int64& count) {
  count = sqlite3_value_int64(value);
  if (count >= 0) return true;
  sqlite3_result_error(context, "domain error", -1);
  return false;
}

void replicate(sqlite3_context* context, int, sqlite3_value** arguments) {
  sqlite3_int64 count = 0;
  if (is_null(arguments[0]) || !count_of(context, arguments[1], count)) return;
  const std::string_view text = text_of(arguments[0]);
  const auto size = static_cast<sqlite3_int64>(text.size());
  if (size > 0 && count > kMaxTextBytes / size) return sqlite3_result_error_toobig(context);
  char* bytes = room(context, size * count);
  if (bytes == nullptr) return;
  for (sqlite3_int64 i = 0; i < count && size > 0; ++i)
    std::memcpy(bytes + i * size, text.data(), text.size());
  give(context, bytes, static_cast<std::size_t>(size * count));
}

// The place of the first argument in the second, from the third on; 0 when it is not there.
void charindex(sqlite3_context* context, int count, sqlite3_value** arguments) {
  if (is_null(arguments[0]) || is_null(arguments[1])) return;
  const std::string_view needle = text_of(arguments[0]);
  const std::string_view text = text_of(arguments[1]);
  const sqlite3_int64 start = count > 2 ? sqlite3_value_int64(arguments[2]) - 1 : 0;
  const std::string_view rest = after(text, start);
  const std::size_t found = needle.empty() ? std::string_view::npos : rest.find(needle);
  if (found == std::string_view::npos) return sqlite3_result_int(context, 0);
  const std::size_t before = text.size() - rest.size() + found;
  sqlite3_result_int64(context, length(text.substr(0, before)) + 1);
}

void leftstr(sqlite3_context* context, int, sqlite3_value** arguments) {
  if (is_null(arguments[0]) || is_null(arguments[1])) return;
  const std::string_view text = text_of(arguments[0]);
  const std::string_view rest = after(text, sqlite3_value_int64(arguments[1]));
  answer(context, text.substr(0, text.size() - rest.size()));
}

void rightstr(sqlite3_context* context, int, sqlite3_value** arguments) {
  if (is_null(arguments[0]) || is_null(arguments[1])) return;
  const std::string_view text = text_of(arguments[0]);
  const sqlite3_int64 size = length(text);
  const sqlite3_int64 wanted = sqlite3_value_int64(arguments[1]);
  answer(context, after(text, wanted < 0 ? size : size - wanted));
}

void reverse(sqlite3_context* context, int, sqlite3_value** arguments) {
  if (is_null(arguments[0])) return;
  std::string_view text = text_of(arguments[0]);
  const std::size_t size = text.size();
  char* bytes = room(context, static_cast<sqlite3_int64>(size));
  if (bytes == nullptr) return;
  while (!text.empty()) {
    const std::size_t first = first_bytes(text);
    std::memcpy(bytes + text.size() - first, text.data(), first);
    text.remove_prefix(first);
  }
  give(context, bytes, size);
}

// Words with a capital and small letters. Only those of ASCII are letters here.
void proper(sqlite3_context* context, int, sqlite3_value** arguments) {
  if (is_null(arguments[0])) return;
  const std::string_view text = text_of(arguments[0]);
  char* bytes = room(context, static_cast<sqlite3_int64>(text.size()));
  if (bytes == nullptr) return;
  bool begins = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char lower = static_cast<char>(text[i] | 0x20);
    const bool is_letter = lower >= 'a' && lower <= 'z';
    const char cased = begins ? static_cast<char>(lower - 0x20) : lower;
    bytes[i] = is_letter ? cased : text[i];
    begins = text[i] == ' ' || text[i] == '\t';
  }
  give(context, bytes, text.size());
}

// Where the blanks go: of `2`, `left` halves before the text, and the rest behind it.
struct Padding {
  int left;
};
constexpr Padding kBefore{2}, kBehind{0}, kAround{1};

void pad(sqlite3_context* context, int, sqlite3_value** arguments) {
  sqlite3_int64 wanted = 0;
  if (is_null(arguments[0]) || !count_of(context, arguments[1], wanted)) return;
  const std::string_view text = text_of(arguments[0]);
  const sqlite3_int64 blanks = wanted - length(text);
  if (blanks <= 0) return answer(context, text);
  const auto size = static_cast<sqlite3_int64>(text.size());
  if (blanks > kMaxTextBytes) return sqlite3_result_error_toobig(context);
  char* bytes = room(context, size + blanks);
  if (bytes == nullptr) return;
  const auto* padding = static_cast<const Padding*>(sqlite3_user_data(context));
  std::memset(bytes, ' ', static_cast<std::size_t>(size + blanks));
  if (size > 0) std::memcpy(bytes + blanks * padding->left / 2, text.data(), text.size());
  give(context, bytes, static_cast<std::size_t>(size + blanks));
}

// What of the first argument also stands in the second.
void strfilter(sqlite3_context* context, int, sqlite3_value** arguments) {
  if (is_null(arguments[0]) || is_null(arguments[1])) return;
  std::string_view text = text_of(arguments[0]);
  const std::string_view kept = text_of(arguments[1]);
  char* bytes = room(context, static_cast<sqlite3_int64>(text.size()));
  if (bytes == nullptr) return;
  std::size_t size = 0;
  while (!text.empty()) {
    const std::string_view first = text.substr(0, first_bytes(text));
    if (kept.find(first) != std::string_view::npos) {
      std::memcpy(bytes + size, first.data(), first.size());
      size += first.size();
    }
    text.remove_prefix(first.size());
  }
  give(context, bytes, size);
}

// Soundex as sql.js has it: repeated codes are kept, and the first letter has its code as well.
void soundex(std::string_view text, char (&code)[4]) {
  constexpr std::string_view kCodes = "01230120022455012623010202";
  std::memcpy(code, "?000", 4);
  int filled = 0;
  for (const char byte : text) {
    const char letter = static_cast<char>((byte & 0x7F) | 0x20);
    const bool is_letter = letter >= 'a' && letter <= 'z';
    if (filled == 0 && (!is_letter || (byte & 0x80) != 0)) continue;
    if (filled == 0) code[filled++] = letter;
    const char digit = is_letter ? kCodes[static_cast<std::size_t>(letter - 'a')] : '0';
    if (digit != '0') code[filled++] = digit;
    if (filled == 4) return;
  }
}

// How many of the four places of their Soundex codes are the same.
void difference(sqlite3_context* context, int, sqlite3_value** arguments) {
  if (is_null(arguments[0]) || is_null(arguments[1])) return;
  char left[4];
  char right[4];
  soundex(text_of(arguments[0]), left);
  soundex(text_of(arguments[1]), right);
  int same = 0;
  for (int i = 0; i < 4; ++i) same += left[i] == right[i];
  sqlite3_result_int(context, same);
}

constexpr SqlFunction kTextFunctions[] = {
    {"replicate", 2, replicate, nullptr, nullptr}, {"charindex", 2, charindex, nullptr, nullptr},
    {"charindex", 3, charindex, nullptr, nullptr}, {"leftstr", 2, leftstr, nullptr, nullptr},
    {"rightstr", 2, rightstr, nullptr, nullptr},   {"reverse", 1, reverse, nullptr, nullptr},
    {"proper", 1, proper, nullptr, nullptr},       {"padl", 2, pad, &kBefore, nullptr},
    {"padr", 2, pad, &kBehind, nullptr},           {"padc", 2, pad, &kAround, nullptr},
    {"strfilter", 2, strfilter, nullptr, nullptr}, {"difference", 2, difference, nullptr, nullptr},
};

}  // namespace

int add_text_functions(sqlite3* handle) {
  return add_each(handle, kTextFunctions, static_cast<int>(std::size(kTextFunctions)));
}

}  // namespace vitrine
