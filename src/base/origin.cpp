// See the header.
#include "base/origin.h"

namespace vitrine {

std::string Origin::text() const {
  std::string text = outer_ ? outer_->text() : std::string();
  if (index_ != kNamed) return text + "[" + std::to_string(index_) + "]";
  if (!text.empty() && !name_.empty()) text += '.';
  return text.append(name_);
}

}  // namespace vitrine
