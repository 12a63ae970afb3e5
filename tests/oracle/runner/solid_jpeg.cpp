// Solid pictures as JPEG: every block is its mean alone. The quantization is 1, so that the mean of
// a block is stored as eight times the sample; tables of our own keep the codes simple.
#include <array>
#include <cmath>
#include <cstdlib>

#include "image/limits.h"
#include "runner/solid.h"

namespace vitrine::oracle {
namespace {

constexpr int kComponents = 3;
// Codes of four bits for how many bits a mean's difference takes, 0 to 11; one bit, 0, for "the
// rest of the block is zero".
constexpr int kSizeBits = 4;
constexpr std::string_view kScanHeader("\xFF\xDA\0\x0C\3\1\0\2\0\3\0\0\x3F\0", 14);

class BitWriter {
 public:
  void put(int value, int bits) {
    for (int bit = bits - 1; bit >= 0; --bit) put_bit(value >> bit & 1);
  }
  std::string finish() {
    while (filled_ != 0) put_bit(1);
    return bytes_;
  }

 private:
  void put_bit(int bit) {
    byte_ = byte_ << 1 | bit;
    if (++filled_ < 8) return;
    bytes_ += static_cast<char>(byte_);
    if (byte_ == 0xFF) bytes_ += '\0';
    byte_ = filled_ = 0;
  }
  std::string bytes_;
  int byte_ = 0;
  int filled_ = 0;
};

class BitReader {
 public:
  explicit BitReader(std::string_view bytes) : bytes_(bytes) {}
  int take(int bits) {
    int value = 0;
    while (bits-- > 0) value = value << 1 | bit();
    return value;
  }

 private:
  int bit() {
    if (at_ >= bytes_.size()) image::fail_cut_short("JPEG");
    const int byte = static_cast<unsigned char>(bytes_[at_]);
    const int bit = byte >> (7 - used_) & 1;
    if (++used_ == 8) {
      used_ = 0;
      at_ += byte == 0xFF ? 2 : 1;
    }
    return bit;
  }
  std::string_view bytes_;
  std::size_t at_ = 0;
  int used_ = 0;
};

std::string segment(int marker, const std::string& data) {
  const auto size = data.size() + 2;
  return std::string{'\xFF', static_cast<char>(marker), static_cast<char>(size >> 8),
                     static_cast<char>(size & 0xFF)} +
         data;
}

std::array<int, kComponents> means_of(Colour c) {
  const double y = 0.299 * c.red + 0.587 * c.green + 0.114 * c.blue;
  const double cb = (c.blue - y) / 1.772;
  const double cr = (c.red - y) / 1.402;
  const auto mean = [](double value) { return static_cast<int>(std::lround(value * 8)); };
  return {mean(y - 128), mean(cb), mean(cr)};
}

int clamped(double value) {
  return std::min(255, std::max(0, static_cast<int>(std::lround(value))));
}

void put_mean(BitWriter& bits, int mean) {
  int size = 0;
  while (std::abs(mean) >> size != 0) ++size;
  bits.put(size, kSizeBits);
  bits.put(mean < 0 ? mean + (1 << size) - 1 : mean, size);
  bits.put(0, 1);
}

std::string tables() {
  std::string quantization(1, '\0');
  quantization.append(64, '\1');
  std::string means = std::string("\0\0\0\0\x0C", 5) + std::string(12, '\0');
  for (char size = 0; size < 12; ++size) means += size;
  const std::string rest = std::string("\x10\1", 2) + std::string(16, '\0');
  return segment(0xDB, quantization) + segment(0xC4, means) + segment(0xC4, rest);
}

}  // namespace

std::string solid_jpeg(int width, int height, Colour colour, const std::string& segments) {
  const auto low = [](int value) { return static_cast<char>(value & 0xFF); };
  std::string frame = {8, low(height >> 8), low(height), low(width >> 8), low(width), kComponents};
  for (char id = 1; id <= kComponents; ++id) frame += {id, '\x11', '\0'};
  BitWriter bits;
  for (const int mean : means_of(colour)) put_mean(bits, mean);
  const int blocks = (width + 7) / 8 * ((height + 7) / 8);
  for (int i = kComponents; i < blocks * kComponents; ++i) put_mean(bits, 0);
  return "\xFF\xD8" + segments + tables() + segment(0xC0, frame) + std::string(kScanHeader) +
         bits.finish() + "\xFF\xD9";
}

Colour read_solid_jpeg(std::string_view bytes) {
  const std::size_t at = bytes.find(kScanHeader);
  if (at == std::string_view::npos) image::fail_damaged("JPEG", "not of one colour");
  BitReader bits(bytes.substr(at + kScanHeader.size()));
  std::array<double, kComponents> samples{};
  for (double& sample : samples) {
    const int size = bits.take(kSizeBits);
    const int value = bits.take(size);
    sample = (size > 0 && value >> (size - 1) == 0 ? value - (1 << size) + 1 : value) / 8.0;
    bits.take(1);
  }
  const auto [mean, cb, cr] = samples;
  const double y = mean + 128;
  const double red = y + 1.402 * cr;
  const double blue = y + 1.772 * cb;
  return {clamped(red), clamped((y - 0.299 * red - 0.114 * blue) / 0.587), clamped(blue)};
}

}  // namespace vitrine::oracle
