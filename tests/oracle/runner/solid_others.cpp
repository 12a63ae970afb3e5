// Solid pictures in the formats that the scenarios only attach: bits in the order of both formats,
// the lowest first.
#include "runner/solid.h"

namespace vitrine::oracle {
namespace {

class LowBits {
 public:
  void put(int value, int bits) {
    for (int bit = 0; bit < bits; ++bit) {
      if (filled_ % 8 == 0) bytes_ += '\0';
      if ((value >> bit & 1) != 0) bytes_.back() |= static_cast<char>(1 << filled_ % 8);
      ++filled_;
    }
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
  int filled_ = 0;
};

std::string little(std::size_t value, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> 8 * i & 0xFF);
  return text;
}

}  // namespace

// LZW with the table cleared before it grows: codes stay at three bits.
std::string solid_gif(int width, int height) {
  constexpr int kClear = 4;
  LowBits bits;
  for (int pixel = 0; pixel < width * height; ++pixel) {
    if (pixel % 2 == 0) bits.put(kClear, 3);
    bits.put(0, 3);
  }
  bits.put(kClear + 1, 3);
  const std::string size =
      little(static_cast<std::size_t>(width), 2) + little(static_cast<std::size_t>(height), 2);
  std::string file = "GIF89a" + size + std::string("\x80\0\0", 3) + "\xC8\x1E\x1E" +
                     std::string(3, '\0') + ',' + std::string(4, '\0') + size +
                     std::string(1, '\0') + '\2';
  for (std::size_t at = 0; at < bits.bytes().size(); at += 255) {
    const std::string block = bits.bytes().substr(at, 255);
    file += static_cast<char>(block.size()) + block;
  }
  return file + std::string(1, '\0') + ';';
}

// VP8L: five codes of one symbol each, so that pixels take no bits at all.
std::string solid_webp(int width, int height) {
  LowBits bits;
  bits.put(0x2F, 8);
  bits.put(width - 1, 14);
  bits.put(height - 1, 14);
  bits.put(0, 1 + 3 + 1 + 1 + 1);  // alpha, version, transform, cache, codes per block
  for (const int symbol : {0x1E, 0xC8, 0x1E, 0xFF}) {
    bits.put(0b101, 3);  // simple, one symbol, of eight bits
    bits.put(symbol, 8);
  }
  bits.put(0b0001, 4);  // distances: the symbol 0, of one bit
  std::string data = bits.bytes();
  if (data.size() % 2 != 0) data += '\0';
  const std::string chunk = "VP8L" + little(data.size(), 4) + data;
  return "RIFF" + little(chunk.size() + 4, 4) + "WEBP" + chunk;
}

}  // namespace vitrine::oracle
