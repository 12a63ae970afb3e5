// AVIF: AV1 Image File Format 1.1 over HEIF (ISO/IEC 23008-12) over boxes (ISO/IEC 14496-12).
// The size is that of the primary item's ispe property, turned by its irot and imir.
#include <algorithm>
#include <cstdint>
#include <vector>

#include "image/byte_reader.h"
#include "image/formats.h"
#include "image/limits.h"

namespace vitrine::image {

namespace {

constexpr std::string_view kName = "AVIF";
// ipma counts properties from 1, and 15 bits hold the index.
constexpr std::uint32_t kMaxPropertyIndex = 0x7FFF;

struct Box {
  std::string_view type;
  ByteReader data;
};

// A size of 1 is followed by one of 64 bits; 0 means up to the end.
Box next_box(ByteReader& reader) {
  const std::size_t available = reader.remaining();
  std::uint64_t size = reader.u32_be();
  const std::string_view type = reader.take(4);
  if (size == 1) size = reader.u64_be();
  const std::uint64_t header = available - reader.remaining();
  if (size == 0) size = available;
  if (size < header) fail_damaged(kName, "a box has the wrong length");
  return {type, reader.part(size - header)};
}

// The first box of that type among those in `data`; its reader is empty when there is none.
ByteReader find_box(ByteReader data, std::string_view type) {
  while (!data.at_end()) {
    const Box box = next_box(data);
    if (box.type == type) return box.data;
  }
  return {{}, kName};
}

// A full box begins with a version and 24 flags.
struct FullBox {
  std::uint32_t version;
  std::uint32_t flags;
};

FullBox full_box(ByteReader& data) {
  const std::uint32_t word = data.u32_be();
  return {word >> 24, word & 0xFFFFFF};
}

std::uint32_t primary_item(ByteReader data) {
  if (data.at_end()) fail_damaged(kName, "it names no primary picture");
  return full_box(data).version == 0 ? data.u16_be() : data.u32_be();
}

// The indexes of the properties of `item`, in the order in which they apply.
std::vector<std::uint32_t> properties_of(std::uint32_t item, ByteReader data) {
  std::vector<std::uint32_t> indexes;
  const FullBox head = full_box(data);
  const std::size_t item_bytes = head.version == 0 ? 2 : 4;
  const std::size_t index_bytes = (head.flags & 1) != 0 ? 2 : 1;
  const std::uint32_t index_mask = index_bytes == 2 ? kMaxPropertyIndex : 0x7F;
  for (std::uint32_t left = data.u32_be(); left > 0; --left) {
    const bool is_wanted = data.big_endian(item_bytes) == item;
    for (int count = data.u8(); count > 0; --count) {
      const auto index = static_cast<std::uint32_t>(data.big_endian(index_bytes)) & index_mask;
      if (is_wanted) indexes.push_back(index);
    }
  }
  return indexes;
}

std::vector<Box> boxes_in(ByteReader data) {
  std::vector<Box> boxes;
  while (!data.at_end()) {
    // Each property has at least the eight bytes of its header, so the file's size bounds this.
    boxes.push_back(next_box(data));
    if (boxes.size() > kMaxPropertyIndex) fail_damaged(kName, "too many properties");
  }
  return boxes;
}

// Turning and mirroring in EXIF's numbers. A picture is first turned counterclockwise by
// `quarters`, then mirrored: axis 0 flips top and bottom, axis 1 left and right.
struct Transform {
  int quarters = 0;
  int axis = -1;

  int orientation() const {
    constexpr int kTurned[] = {1, 8, 3, 6};
    constexpr int kFlipped[] = {4, 5, 2, 7};
    constexpr int kMirrored[] = {2, 7, 4, 5};
    if (axis < 0) return kTurned[quarters];
    return axis == 0 ? kFlipped[quarters] : kMirrored[quarters];
  }
};

void read_size(ByteReader data, ImageFacts& facts) {
  full_box(data);
  const std::uint32_t width = data.u32_be();
  const std::uint32_t height = data.u32_be();
  check_size(width, height);
  facts.width = static_cast<int>(width);
  facts.height = static_cast<int>(height);
}

void read_meta(ByteReader meta, ImageFacts& facts) {
  full_box(meta);
  const std::uint32_t item = primary_item(find_box(meta, "pitm"));
  const ByteReader groups = find_box(meta, "iprp");
  const std::vector<Box> properties = boxes_in(find_box(groups, "ipco"));
  ByteReader associations = find_box(groups, "ipma");
  if (associations.at_end()) fail_damaged(kName, "its picture has no properties");
  Transform transform;
  for (const std::uint32_t index : properties_of(item, associations)) {
    if (index == 0 || index > properties.size()) continue;
    Box property = properties[index - 1];
    if (property.type == "ispe") read_size(property.data, facts);
    if (property.type == "irot") transform.quarters = property.data.u8() & 3;
    if (property.type == "imir") transform.axis = property.data.u8() & 1;
  }
  if (facts.width == 0) fail_damaged(kName, "its picture has no size");
  facts.orientation = transform.orientation();
}

bool holds_pixels(ByteReader meta) {
  full_box(meta);
  return !find_box(meta, "idat").at_end();
}

// The frames of an animation: the most samples that any of its tracks has (stsz).
std::int64_t count_frames(ByteReader movie) {
  std::int64_t frames = 1;
  while (!movie.at_end()) {
    const Box track = next_box(movie);
    if (track.type != "trak") continue;
    const ByteReader media = find_box(find_box(track.data, "mdia"), "minf");
    ByteReader sizes = find_box(find_box(media, "stbl"), "stsz");
    if (sizes.at_end()) continue;
    full_box(sizes);
    sizes.skip(4);  // the size of all samples, when they are alike
    frames = std::max<std::int64_t>(frames, sizes.u32_be());
  }
  return frames;
}

}  // namespace

bool is_avif(std::string_view bytes) {
  if (bytes.size() < 16 || bytes.substr(4, 4) != "ftyp") return false;
  // The major brand, a version, then compatible brands, four bytes each.
  const std::size_t size = ByteReader(bytes, kName).u32_be();
  for (std::size_t at = 8; at + 4 <= std::min(size, bytes.size()); at += 4) {
    const std::string_view brand = bytes.substr(at, 4);
    if (at != 12 && (brand == "avif" || brand == "avis")) return true;
  }
  return false;
}

void read_avif(std::string_view bytes, ImageFacts& facts) {
  ByteReader reader(bytes, kName);
  facts.format = Format::avif;
  bool has_pixels = false;
  while (!reader.at_end()) {
    const Box box = next_box(reader);
    if (box.type == "meta" && facts.width == 0) read_meta(box.data, facts);
    // A very small picture may lie in its meta box.
    if (box.type == "mdat" || (box.type == "meta" && holds_pixels(box.data))) has_pixels = true;
    if (box.type != "moov") continue;
    const std::int64_t frames = count_frames(box.data);
    check_frames(frames);
    facts.frames = static_cast<int>(frames);
  }
  // What comes last, meta or pixels, is the writer's choice: a file without either lost its end.
  if (!has_pixels || facts.width == 0) fail_cut_short(kName);
}

}  // namespace vitrine::image
