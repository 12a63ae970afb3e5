// The encoder: called once per row and once per cell, so it allocates nothing but buffer growth.
#include "bindings/packet.h"

#include <cmath>
#include <cstdint>
#include <cstring>

#include "base/error.h"
#include "base/text.h"

namespace vitrine {
namespace {

// docs/packets.md: no number of one word is one of these.
constexpr std::int32_t kNull = INT32_MIN;
constexpr std::int32_t kWide = INT32_MIN + 1;
constexpr std::int32_t kSame = INT32_MIN + 2;
// What a number takes at most.
constexpr std::size_t kNumberWords = 3;

std::int32_t word_of(std::size_t size) { return static_cast<std::int32_t>(size); }

std::int32_t* put_wide(double number, std::int32_t* at) {
  *at = kWide;
  std::memcpy(at + 1, &number, sizeof number);
  return at + kNumberWords;
}

// Copies `text` to `to`, and tells whether all of it is ASCII.
bool copy_ascii(std::string_view text, char* to) {
  std::uint64_t all = 0;
  const char* from = text.data();
  std::size_t left = text.size();
  for (; left >= sizeof all; left -= sizeof all) {
    std::uint64_t part;
    std::memcpy(&part, from, sizeof part);
    std::memcpy(to, &part, sizeof part);
    all |= part;
    from += sizeof part;
    to += sizeof part;
  }
  for (; left > 0; --left) {
    all |= static_cast<unsigned char>(*from);
    *to++ = *from++;
  }
  return (all & 0x8080808080808080u) == 0;
}

// The eight bytes at `from`.
std::uint64_t eight(const char* from) {
  std::uint64_t bytes;
  std::memcpy(&bytes, from, sizeof bytes);
  return bytes;
}

// Texts of one column often begin alike and differ at the end, which is compared first.
bool is_same(std::string_view one, std::string_view other) {
  if (one.size() != other.size()) return false;
  if (one.size() < 8) return one == other;
  return eight(one.data() + one.size() - 8) == eight(other.data() + other.size() - 8) &&
         one == other;
}

// Fewer rows than these have little to repeat.
constexpr std::int32_t kFewRows = 8;
// What each column has for the texts that it had lately.
constexpr int kPlaceBits = 6;
constexpr std::size_t kPlaces = 1 << kPlaceBits;

// A place among kPlaces that depends on the size, the start and the end.
std::size_t place_of(std::string_view text) {
  constexpr std::uint64_t kMix = 0x9e3779b97f4a7c15U;  // 2^64 by the golden ratio
  std::uint64_t mixed = text.size();
  if (text.size() >= 8) {
    mixed = (mixed ^ eight(text.data())) * kMix;
    mixed = mixed ^ mixed >> 32 ^ eight(text.data() + text.size() - 8);
  } else {
    for (const char byte : text) mixed = mixed << 8 ^ static_cast<unsigned char>(byte);
  }
  return static_cast<std::size_t>(mixed * kMix >> (64 - kPlaceBits));
}

}  // namespace

void Packet::clear() {
  words.clear();
  text.clear();
  blobs.clear();
}

void Packet::add_word(std::int32_t word) {
  std::memcpy(words.room(sizeof word), &word, sizeof word);
  words.take(sizeof word);
}

void Packet::add_number(double number) {
  if (number > kSame && number <= INT32_MAX && number == std::floor(number) &&
      !(number == 0 && std::signbit(number))) {
    return add_word(static_cast<std::int32_t>(number));
  }
  std::int32_t wide[kNumberWords];
  put_wide(number, wide);
  words.append({reinterpret_cast<const char*>(wide), sizeof wide});
}

std::int32_t Packet::append_text(std::string_view content) {
  if (copy_ascii(content, text.room(content.size()))) {
    text.take(content.size());
    return word_of(content.size());
  }
  if (!first_malformed_byte(content)) {
    text.take(content.size());
    return word_of(utf16_length(content));
  }
  const std::string repaired = repaired_utf8(content);
  text.append(repaired);
  return word_of(utf16_length(repaired));
}

std::int32_t Packet::append_blob(std::string_view bytes) {
  blobs.append(bytes);
  return word_of(bytes.size());
}

PacketSink::PacketSink(Packet& packet, ShapeTable& shapes) : packet_(packet), shapes_(&shapes) {
  packet_.clear();
}

PacketSink::PacketSink(Packet& packet, std::size_t shape) : packet_(packet) {
  packet_.clear();
  packet_.shape = shape;
}

void PacketSink::begin_node(const PlanNode& node, const PlanChild* link) {
  if (link == nullptr && shapes_ != nullptr) packet_.shape = shapes_->intern(node);
  model_ = node.model;
  columns_.clear();
  for (std::size_t i = 0; i < node.visible_columns; ++i) {
    const std::size_t column = node.columns[i];
    columns_.push_back({.kind = cell_kind(model_->columns[column].type), .index = column});
  }
  seen_.clear();
  count_cells_ = node.counts.size();
  first_count_ = node.columns.size();
  has_parent_ = link != nullptr && !link->relationship->is_many_to_one();
  rows_at_ = packet_.words.size();
  rows_ = 0;
  packet_.add_word(0);
}

void PacketSink::row(Statement& statement, std::int64_t parent_row) {
  if (rows_ == kFewRows) seen_.resize(columns_.size() * kPlaces);
  Buffer& words = packet_.words;
  const std::size_t most = 1 + columns_.size() * kNumberWords + count_cells_;
  auto* const start = reinterpret_cast<std::int32_t*>(words.room(most * sizeof(std::int32_t)));
  std::int32_t* at = start;
  if (has_parent_) *at++ = static_cast<std::int32_t>(parent_row);
  const std::span<const Cell> cells = statement.row();
  const std::size_t columns = columns_.size();
  for (std::size_t i = 0; i < columns; ++i) at = cell(cells[i], i, at);
  for (const Cell& count : cells.subspan(first_count_, count_cells_)) {
    *at++ = static_cast<std::int32_t>(count.integer);
  }
  words.take(static_cast<std::size_t>(at - start) * sizeof(std::int32_t));
  ++rows_;
}

void PacketSink::end_node(std::span<const std::int64_t> targets) {
  std::memcpy(packet_.words.data() + rows_at_, &rows_, sizeof rows_);
  for (const std::int64_t target : targets) packet_.add_word(static_cast<std::int32_t>(target));
}

std::int32_t* PacketSink::cell(const Cell& cell, std::size_t index, std::int32_t* at) {
  if (cell.kind == StorageClass::null) {
    *at = kNull;
    return at + 1;
  }
  switch (columns_[index].kind) {
    case CellKind::number:
    case CellKind::boolean:
      if (cell.kind == StorageClass::integer) return integer(cell.integer, index, at);
      if (cell.kind == StorageClass::real) return put_wide(cell.real, at);
      refuse_class(index);
    case CellKind::text:
    case CellKind::json:
      if (cell.kind != StorageClass::text) refuse_class(index);
      return text({cell.data, cell.size}, index, at);
    case CellKind::blob:
      break;
  }
  if (cell.kind != StorageClass::blob) refuse_class(index);
  *at = packet_.append_blob({cell.data, cell.size});
  return at + 1;
}

std::int32_t* PacketSink::text(std::string_view content, std::size_t index, std::int32_t* at) {
  Target& target = columns_[index];
  const Buffer& all = packet_.text;
  // What is parsed is an object of each row's own.
  const bool may_repeat = target.kind == CellKind::text && target.patience > 0;
  Seen* seen = nullptr;
  if (may_repeat && rows_ >= kFewRows) {
    seen = &seen_[index * kPlaces + place_of(content)];
    if (seen->size > 0 && is_same(content, all.view().substr(seen->start, seen->size))) {
      target.patience = kPatience;
      at[0] = kSame;
      at[1] = seen->row;
      return at + 2;
    }
    --target.patience;
  }
  const std::size_t start = all.size();
  *at = packet_.append_text(content);
  if (seen != nullptr) {
    *seen = {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(all.size() - start),
             rows_};
  }
  return at + 1;
}

std::int32_t* PacketSink::integer(std::int64_t value, std::size_t index, std::int32_t* at) const {
  if (value > kSame && value <= INT32_MAX) {
    *at = static_cast<std::int32_t>(value);
    return at + 1;
  }
  if (value < -kMaxSafeInteger || value > kMaxSafeInteger) refuse_integer(value, index);
  return put_wide(static_cast<double>(value), at);
}

const Column& PacketSink::column(std::size_t index) const {
  return model_->columns[columns_[index].index];
}

void PacketSink::refuse_integer(std::int64_t value, std::size_t index) const {
  const std::string& name = column(index).name;
  fail({.code = Code::range,
        .message = model_->table + "." + name + " holds " + std::to_string(value) +
                   ", which a JavaScript number cannot hold exactly: leave the column out of "
                   "select, or read it through sql, which gives a BigInt.",
        .model = model_->name,
        .fields = {name}});
}

void PacketSink::refuse_class(std::size_t index) const {
  const Column& facts = column(index);
  fail({.code = Code::corrupt,
        .message = model_->table + "." + facts.name + " holds a value that is not " +
                   std::string(column_type_name(facts.type)) +
                   ", so the file was not written by a catalog: correct the value with another "
                   "SQLite program, or leave the column out of select.",
        .model = model_->name,
        .fields = {facts.name}});
}

}  // namespace vitrine
