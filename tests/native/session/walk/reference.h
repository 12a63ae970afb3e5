// What a small shop should look like, as plain values: the walk does everything to this and to a
// session, and compares. Things are numbered; a number is never used again.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

namespace vitrine::test {

enum class Kind { category, uom, product, item };

struct Thing {
  Kind kind = Kind::category;
  std::string name;
  // The numbers of what it belongs to: of a product its category, of an item its product and uom.
  std::optional<int> parent;
  std::optional<int> uom;
  friend bool operator==(const Thing&, const Thing&) = default;
};

using World = std::map<int, Thing>;

// Whether no two things of a kind share a name: what a flush must accept, and nothing else.
inline bool is_acceptable(const World& world) {
  std::set<std::pair<Kind, std::string>> names;
  for (const auto& [number, thing] : world) {
    if (!names.emplace(thing.kind, thing.name).second) return false;
  }
  return true;
}

// The thing and all that is deleted with it.
inline std::set<int> with_children(const World& world, int number) {
  std::set<int> gone{number};
  for (bool grew = true; grew;) {
    grew = false;
    for (const auto& [other, thing] : world) {
      const bool goes =
          (thing.parent && gone.count(*thing.parent)) || (thing.uom && gone.count(*thing.uom));
      grew = (goes && gone.insert(other).second) || grew;
    }
  }
  return gone;
}

// The numbers of the things that belong to `number`.
inline std::set<int> members_of(const World& world, int number) {
  std::set<int> members;
  for (const auto& [other, thing] : world) {
    if (thing.parent == number || thing.uom == number) members.insert(other);
  }
  return members;
}

}  // namespace vitrine::test
