// PageMarks: where pages of a list end that was read before, so that a page far behind is found by
// the key of a row instead of by counting all rows before it. Private to the room.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace vitrine {

class PageMarks {
 public:
  // So many rows of the list end with the one of this key.
  struct Mark {
    std::int64_t rows = 0;
    std::int64_t key = 0;
  };
  // As many pages as somebody leafs through; sixteen kilobytes.
  static constexpr std::size_t kMaxMarks = 1'000;

  // The last mark that is not behind `offset` rows. `version`: Connection::data_version(); marks of
  // another one are forgotten.
  std::optional<Mark> before(std::int64_t offset, std::uint32_t version);
  void note(Mark mark, std::uint32_t version);

 private:
  void forget_unless(std::uint32_t version);

  std::vector<Mark> marks_;  // by rows
  std::uint32_t version_ = 0;
};

}  // namespace vitrine
