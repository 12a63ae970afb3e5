// See the header.
#include "catalog/page_marks.h"

#include <algorithm>
#include <iterator>

namespace vitrine {

void PageMarks::forget_unless(std::uint32_t version) {
  if (version_ != version) marks_.clear();
  version_ = version;
}

std::optional<PageMarks::Mark> PageMarks::before(std::int64_t offset, std::uint32_t version) {
  forget_unless(version);
  const auto behind =
      std::upper_bound(marks_.begin(), marks_.end(), offset,
                       [](std::int64_t rows, const Mark& mark) { return rows < mark.rows; });
  if (behind == marks_.begin()) return std::nullopt;
  return *std::prev(behind);
}

void PageMarks::note(Mark mark, std::uint32_t version) {
  forget_unless(version);
  const auto find = [&] {
    return std::lower_bound(marks_.begin(), marks_.end(), mark.rows,
                            [](const Mark& known, std::int64_t rows) { return known.rows < rows; });
  };
  const auto known = find();
  if (known != marks_.end() && known->rows == mark.rows) return;
  if (marks_.size() == kMaxMarks) marks_.clear();
  marks_.insert(find(), mark);
}

}  // namespace vitrine
