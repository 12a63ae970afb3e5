// Walking results in C++: a quick sum that is part of the time measured, and the checksum of
// checksum.mjs, which must come out the same. Names of an object are given in alphabetical order.
#pragma once

#include <cstdint>
#include <string_view>

namespace bench {

// Reads everything once.
class Sum {
 public:
  void array(std::size_t length) { sum_ += length; }
  void object() {}
  void name(std::string_view name) { sum_ += name.size(); }
  void null() { sum_ += 1; }
  void number(std::int64_t value) { sum_ += static_cast<std::uint64_t>(value); }
  void text(std::string_view value) {
    sum_ += value.size() + (value.empty() ? 0 : static_cast<unsigned char>(value.front()));
  }
  std::uint64_t value() const { return sum_; }

 private:
  std::uint64_t sum_ = 0;
};

// FNV-1a over what JavaScript sees: UTF-16 units, which for the ASCII of the goods are bytes.
class Hash {
 public:
  void array(std::size_t length) { mix(4).mix(length); }
  void object() { mix(5); }
  void name(std::string_view name) { units(name); }
  void null() { mix(1); }
  void number(std::int64_t value) { mix(2).mix(static_cast<std::uint64_t>(value)); }
  void text(std::string_view value) {
    mix(3);
    units(value);
  }
  std::uint64_t value() const { return hash_; }

 private:
  Hash& mix(std::uint64_t number) {
    hash_ = (hash_ ^ static_cast<std::uint32_t>(number)) * 16777619U;
    return *this;
  }
  void units(std::string_view text) {
    mix(text.size());
    for (const char unit : text) mix(static_cast<unsigned char>(unit));
  }
  std::uint32_t hash_ = 2166136261U;
};

// A property of an object.
template <class Sink>
void put(Sink& sink, std::string_view name, std::int64_t value) {
  sink.name(name);
  sink.number(value);
}
template <class Sink>
void put(Sink& sink, std::string_view name, std::string_view value) {
  sink.name(name);
  sink.text(value);
}

}  // namespace bench
