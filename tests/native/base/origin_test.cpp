// Origins: chains that become a path when they are asked.
#include "base/origin.h"

#include <doctest/doctest.h>

namespace vitrine::origin_test {

TEST_CASE("an origin is written out as the path of names and indexes") {
  const Origin request;
  const Origin items(request, "product_items");
  const Origin created(items, "create");
  const Origin second(created, 1);
  CHECK(request.text().empty());
  CHECK(items.text() == "product_items");
  CHECK(Origin(second, "name").text() == "product_items.create[1].name");
}

TEST_CASE("an origin may begin in a list, or at a part that is named in one go") {
  const Origin rows;
  const Origin fourth(rows, 3);
  CHECK(Origin(fourth, "name").text() == "[3].name");
  const Origin where("where.name");
  CHECK(where.text() == "where.name");
  CHECK(Origin(where, "").text() == "where.name");
}

}  // namespace vitrine::origin_test
