// Cascades in SQLAlchemy's words.
#include <doctest/doctest.h>

#include "base/error.h"
#include "orm/schema/relationship.h"

namespace vitrine::schema_cascade_test {

TEST_CASE("the seed's words mean all, and not delete-orphan") {
  const Cascade cascade = Cascade::parse("delete,all");
  CHECK(cascade == Cascade::parse("all"));
  CHECK(cascade.save_update);
  CHECK(cascade.merge);
  CHECK(cascade.refresh_expire);
  CHECK(cascade.expunge);
  CHECK(cascade.delete_);
  CHECK_FALSE(cascade.delete_orphan);
}

TEST_CASE("a cascade is only what its words say") {
  CHECK(Cascade::parse("save-update, merge") == Cascade::standard());
  CHECK(Cascade::parse("") == Cascade{});
  CHECK(Cascade::parse("none") == Cascade{});
  CHECK(Cascade::parse("all, delete-orphan").delete_orphan);
}

TEST_CASE("every cascade reads back as it was written") {
  for (int bits = 0; bits < 64; ++bits) {
    Cascade cascade;
    cascade.save_update = bits & 1;
    cascade.merge = bits & 2;
    cascade.refresh_expire = bits & 4;
    cascade.expunge = bits & 8;
    cascade.delete_ = bits & 16;
    cascade.delete_orphan = bits & 32;
    CHECK(Cascade::parse(cascade.describe()) == cascade);
  }
  CHECK(Cascade::parse("delete, all").describe() == "all");
}

TEST_CASE("a word that is no cascade is refused with the ones that are") {
  try {
    Cascade::parse("delete, remove");
    FAIL("it was read");
  } catch (const Error& error) {
    CHECK(error.code() == Code::validation);
    CHECK(std::string(error.what()).rfind("\"remove\" is not a cascade; use save-update", 0) == 0);
  }
}

}  // namespace vitrine::schema_cascade_test
