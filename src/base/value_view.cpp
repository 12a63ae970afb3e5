// See the header.
#include "base/value_view.h"

namespace vitrine {

ValueView::ValueView(const Value& value) {
  if (const auto* integer = value.integer()) {
    *this = *integer;
  } else if (const auto* real = value.real()) {
    *this = *real;
  } else if (const auto* text = value.text()) {
    *this = of_text(*text);
  } else if (const auto* bytes = value.bytes()) {
    *this = of_bytes(bytes->data);
  }
}

Value ValueView::value() const {
  if (kind_ == Kind::integer) return integer_;
  if (kind_ == Kind::real) return real_;
  if (kind_ == Kind::text) return content_;
  if (kind_ == Kind::bytes) return Bytes{std::string(content_)};
  return {};
}

}  // namespace vitrine
