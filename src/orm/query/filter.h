// Filter: which objects a request means, as a tree of data. It is built by the typed query or read
// from JSON, checked against the registry when it is compiled, and never holds SQL text.
#pragma once

#include <string>
#include <vector>

#include "base/value.h"

namespace vitrine {

// A column, possibly behind relations: {{}, "name"} or {{"category"}, "name"}. In a filter or an
// order a path through relations joins.
struct Path {
  std::vector<std::string> relations;
  std::string attribute;

  // From "category.name".
  static Path parse(std::string_view dotted);
  std::string describe() const;
  friend bool operator==(const Path&, const Path&) = default;
};

enum class Operator {
  // On a column. eq null is IS NULL, ne null is IS NOT NULL; in an empty list no row, not_in all.
  eq,
  ne,
  lt,
  le,
  gt,
  ge,
  between,
  in,
  not_in,
  is_null,
  not_null,
  // like: % and _ are wildcards; the last three and their folded forms take the text literally.
  // ASCII letters match either case; folded: letters of any script and their accents, either way.
  like,
  not_like,
  like_folded,
  contains,
  contains_folded,
  starts_with,
  starts_with_folded,
  ends_with,
  ends_with_folded,
  // Combinations of `operands`; negate has one.
  all_of,
  any_of,
  negate,
  // Through a relation (path.attribute names it); at most one operand, a filter on the target.
  // some: at least one related object fits (to-many: any; to-one: has). every: none that does not.
  some,
  every,
  none,
  // The relation refers to the object whose key is in `values` (null: to nothing). As SQLAlchemy's
  // ==, `is` is unknown for what refers to nothing, so its negation leaves that out; is_not has it.
  is,
  is_not,
  includes,
};

struct Filter {
  Operator op = Operator::all_of;
  Path path;
  std::vector<Value> values;
  std::vector<Filter> operands;
  // Where this stands in the request, for errors: "where.category.name"; may be empty.
  std::string origin;
};

}  // namespace vitrine
