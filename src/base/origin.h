// Origin: where in a request something stands, "product_items.create[0].name". A chain along the
// callers' frames, written out only when there is something to say: most requests have no mistake.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace vitrine {

class Origin {
 public:
  // A part of the request by its name, or all of it. The name stays the caller's.
  Origin(std::string_view name = {}) : name_(name) {}
  Origin(const std::string& name) : name_(name) {}
  Origin(const char* name) : name_(name) {}
  // What stands in `outer` under that name, or in its list at that index. `outer` outlives it, so
  // that it is none that is made for the call.
  Origin(const Origin& outer, std::string_view name) : outer_(&outer), name_(name) {}
  Origin(const Origin& outer, std::size_t index) : outer_(&outer), index_(index) {}
  Origin(const Origin&&, std::string_view) = delete;
  Origin(const Origin&&, std::size_t) = delete;
  Origin(const Origin&) = delete;
  Origin& operator=(const Origin&) = delete;

  // Empty for the request as a whole.
  std::string text() const;

 private:
  static constexpr auto kNamed = static_cast<std::size_t>(-1);

  const Origin* outer_ = nullptr;
  std::string_view name_;
  std::size_t index_ = kNamed;
};

}  // namespace vitrine
