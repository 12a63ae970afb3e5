// Buffers: what was written stays while they grow, and leaves with what they are moved to.
#include "base/buffer.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>

namespace vitrine::base_buffer_test {

TEST_CASE("a buffer holds what was appended, however often it grew") {
  Buffer buffer;
  std::string expected;
  for (int i = 0; i < 5'000; ++i) {
    const std::string part = std::to_string(i);
    buffer.append(part);
    expected += part;
  }
  CHECK(buffer.view() == expected);
}

TEST_CASE("of the room that a buffer gave, only what was taken belongs to it") {
  Buffer buffer;
  char* room = buffer.room(4);
  room[0] = 'a';
  room[1] = 'b';
  buffer.take(1);
  CHECK(buffer.view() == "a");
}

TEST_CASE("a cleared buffer is empty and writes to the same memory") {
  Buffer buffer;
  buffer.append("abc");
  const char* before = buffer.data();
  buffer.clear();
  CHECK(buffer.view().empty());
  buffer.append("d");
  CHECK(buffer.view() == "d");
  CHECK(buffer.data() == before);
}

TEST_CASE("buffers swap without copying") {
  Buffer one;
  Buffer two;
  one.append("one");
  std::swap(one, two);
  CHECK(one.view().empty());
  CHECK(two.view() == "one");
}

}  // namespace vitrine::base_buffer_test
