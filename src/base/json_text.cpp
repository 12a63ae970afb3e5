// Json as text, both ways (RFC 8259).
#include <charconv>
#include <cmath>
#include <optional>

#include "base/error.h"
#include "base/json.h"
#include "base/number_text.h"
#include "base/text.h"

namespace vitrine {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
// Longer than any double's digits, so that it is cut nowhere that matters.
constexpr std::size_t kMaxNumberText = 800;

void append_code_point(std::string& out, std::uint32_t code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
    return;
  }
  const int continuations = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  static constexpr unsigned char kLeads[] = {0, 0xC0, 0xE0, 0xF0};
  out += static_cast<char>(kLeads[continuations] | (code >> (6 * continuations)));
  for (int i = continuations - 1; i >= 0; --i) {
    out += static_cast<char>(0x80 | ((code >> (6 * i)) & 0x3F));
  }
}

// Reads one value; every function leaves the position behind what it read.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  // Nothing when the text is not JSON; position() is then where it stops being so.
  std::optional<Json> whole() {
    Json json;
    if (!value(json, 0)) return std::nullopt;
    skip_space();
    if (at_ != text_.size()) return std::nullopt;
    return json;
  }
  std::size_t position() const { return at_; }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char wanted) {
    if (peek() != wanted || at_ == text_.size()) return false;
    ++at_;
    return true;
  }
  bool take_word(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }
  void skip_space() {
    while (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t') ++at_;
  }

  bool value(Json& json, int depth) {
    skip_space();
    switch (peek()) {
      case '{':
        return depth < Json::kMaxDepth && object(json, depth + 1);
      case '[':
        return depth < Json::kMaxDepth && array(json, depth + 1);
      case '"': {
        std::string text;
        if (!string(text)) return false;
        json = std::move(text);
        return true;
      }
      case 't':
        json = true;
        return take_word("true");
      case 'f':
        json = false;
        return take_word("false");
      case 'n':
        return take_word("null");
      default:
        return number(json);
    }
  }

  bool object(Json& json, int depth) {
    json = Json::object();
    ++at_;
    skip_space();
    if (take('}')) return true;
    do {
      skip_space();
      std::string name;
      if (peek() != '"' || !string(name)) return false;
      skip_space();
      // Of two members of one name the last counts, as JSON.parse has it.
      if (!take(':') || !value(json[name] = Json(), depth)) return false;
      skip_space();
    } while (take(','));
    return take('}');
  }

  bool array(Json& json, int depth) {
    json = Json::array();
    ++at_;
    skip_space();
    if (take(']')) return true;
    do {
      if (!value(json.push_back(Json()), depth)) return false;
      skip_space();
    } while (take(','));
    return take(']');
  }

  bool string(std::string& out) {
    ++at_;
    for (;;) {
      const std::size_t start = at_;
      while (at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\\' &&
             static_cast<unsigned char>(text_[at_]) >= 0x20) {
        ++at_;
      }
      out.append(text_, start, at_ - start);
      if (take('"')) return true;
      if (!take('\\') || !escape(out)) return false;
    }
  }

  bool escape(std::string& out) {
    static constexpr std::string_view kLetters = "\"\\/bfnrt";
    static constexpr std::string_view kMeant = "\"\\/\b\f\n\r\t";
    if (take('u')) return unicode_escape(out);
    const std::size_t letter = kLetters.find(peek());
    if (at_ == text_.size() || letter == std::string_view::npos) return false;
    out += kMeant[letter];
    ++at_;
    return true;
  }

  bool unicode_escape(std::string& out) {
    auto code = hex4();
    if (!code || (*code >= 0xDC00 && *code < 0xE000)) return false;
    if (*code >= 0xD800 && *code < 0xDC00) {
      if (!take_word("\\u")) return false;
      const auto low = hex4();
      if (!low || *low < 0xDC00 || *low >= 0xE000) return false;
      code = 0x10000 + ((*code - 0xD800) << 10) + (*low - 0xDC00);
    }
    append_code_point(out, *code);
    return true;
  }

  std::optional<std::uint32_t> hex4() {
    std::uint32_t code = 0;
    const std::string_view digits = text_.substr(at_, 4);
    const auto [stop, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
    if (error != std::errc() || stop != digits.data() + 4) return std::nullopt;
    at_ += 4;
    return code;
  }

  bool digits() {
    const std::size_t start = at_;
    while (peek() >= '0' && peek() <= '9') ++at_;
    return at_ > start;
  }

  bool number(Json& json) {
    const std::size_t start = at_;
    take('-');
    if (!take('0') && !digits()) return false;
    bool whole = true;
    if (take('.')) {
      whole = false;
      if (!digits()) return false;
    }
    if (take('e') || take('E')) {
      whole = false;
      if (!take('+')) take('-');
      if (!digits()) return false;
    }
    const std::string_view read = text_.substr(start, at_ - start);
    std::int64_t integer = 0;
    if (whole && read != "-0" &&
        std::from_chars(read.data(), read.data() + read.size(), integer).ec == std::errc()) {
      json = static_cast<long long>(integer);
      return true;
    }
    const double real = leading_real(read.substr(0, kMaxNumberText));
    json = real;
    return read.size() <= kMaxNumberText && std::isfinite(real);
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

void write_text(std::string& out, std::string_view text) {
  if (first_malformed_byte(text)) return write_text(out, repaired_utf8(text));
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) >= 0x20) {
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else {
      out += "\\u00";
      out += kHexDigits[static_cast<unsigned char>(c) >> 4];
      out += kHexDigits[c & 15];
    }
  }
  out += '"';
}

}  // namespace

Json Json::parse(std::string_view text) {
  Parser parser(text);
  const auto malformed = first_malformed_byte(text);
  std::optional<Json> json = malformed ? std::nullopt : parser.whole();
  if (json) return std::move(*json);
  fail({.code = Code::validation,
        .reason = "wrong_type",
        .message = "This is not JSON: byte " +
                   std::to_string(malformed ? *malformed : parser.position()) +
                   " is not what must stand there."});
}

bool Json::accept(std::string_view text) {
  return !first_malformed_byte(text) && Parser(text).whole().has_value();
}

void Json::write(std::string& out) const {
  switch (type_) {
    case Type::null:
      out += "null";
      break;
    case Type::boolean:
      out += boolean_ ? "true" : "false";
      break;
    case Type::integer:
      out += std::to_string(integer_);
      break;
    case Type::real:
      out += std::isfinite(real_) ? real_text(real_) : "null";
      break;
    case Type::string:
      write_text(out, *text_);
      break;
    case Type::array:
      write_list(out);
      break;
    case Type::object:
      write_members(out);
  }
}

void Json::write_list(std::string& out) const {
  out += '[';
  for (const Json& element : *array_) {
    if (&element != array_->data()) out += ',';
    element.write(out);
  }
  out += ']';
}

void Json::write_members(std::string& out) const {
  out += '{';
  for (const Member& member : *object_) {
    if (&member != object_->data()) out += ',';
    write_text(out, member.first);
    out += ':';
    member.second.write(out);
  }
  out += '}';
}

std::string Json::dump() const {
  std::string out;
  write(out);
  return out;
}

}  // namespace vitrine
