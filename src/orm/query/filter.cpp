// See the header.
#include "orm/query/filter.h"

namespace vitrine {

Path Path::parse(std::string_view dotted) {
  Path path;
  for (auto dot = dotted.find('.'); dot != std::string_view::npos; dot = dotted.find('.')) {
    path.relations.emplace_back(dotted.substr(0, dot));
    dotted.remove_prefix(dot + 1);
  }
  path.attribute = dotted;
  return path;
}

std::string Path::describe() const {
  std::string text;
  for (const std::string& relation : relations) text += relation + ".";
  return text + attribute;
}

}  // namespace vitrine
