// Whole databases as bytes: the round trip, and files that are none.
#include <doctest/doctest.h>

#include <sqlite3.h>

#include "sqlite/connection.h"
#include "sqlite/database_image.h"
#include "sqlite/savepoint.h"
#include "support/caught.h"

namespace vitrine::sqlite_database_image_test {

using vitrine::testing::caught;

namespace {

constexpr std::size_t kPageSizeAt = 16;
constexpr std::size_t kWriteVersionAt = 18;
constexpr std::size_t kReadVersionAt = 19;

std::string bakery() {
  Connection connection = Connection::open(":memory:");
  connection.execute("CREATE TABLE product (id INTEGER PRIMARY KEY, name TEXT)");
  for (int i = 0; i < 500; ++i)
    connection.run("INSERT INTO product (name) VALUES (?1)", {Value("Loaf " + std::to_string(i))});
  return connection.serialize();
}

Failure refused(const std::string& image) {
  return caught([&] { Connection::deserialize(image); });
}

}  // namespace

TEST_CASE("a database survives the trip through bytes, and can be written afterwards") {
  Connection connection = Connection::deserialize(bakery());
  CHECK(connection.scalar("SELECT count(*) FROM product") == Value(500));
  CHECK(connection.scalar("PRAGMA foreign_keys") == Value(1));
  connection.run("INSERT INTO product (name) VALUES (?1)", {Value(std::string(100000, 'x'))});
  Connection again = Connection::deserialize(connection.serialize());
  CHECK(again.scalar("SELECT count(*) FROM product") == Value(501));
  CHECK(again.scalar("PRAGMA integrity_check") == Value("ok"));
}

TEST_CASE("the source bytes are copied, not shared") {
  const std::string image = bakery();
  const std::string before = image;
  Connection connection = Connection::deserialize(image);
  connection.run("DELETE FROM product");
  CHECK(image == before);
}

TEST_CASE("an empty database is a file too") {
  const std::string image = Connection::open(":memory:").serialize();
  CHECK(image.size() >= 512);
  CHECK(Connection::deserialize(image).scalar("SELECT count(*) FROM sqlite_schema") == Value(0));
}

TEST_CASE("a database cannot be exported in the middle of a transaction") {
  Connection connection = Connection::deserialize(bakery());
  Savepoint savepoint(connection);
  connection.run("DELETE FROM product");
  CHECK(caught([&] { connection.serialize(); }).code == Code::busy);
  savepoint.rollback();
  CHECK(connection.serialize().size() > 512);
}

TEST_CASE("a header that says WAL is read and written as a rollback journal's") {
  std::string image = bakery();
  image[kWriteVersionAt] = 2;
  image[kReadVersionAt] = 2;
  Connection connection = Connection::deserialize(image);
  CHECK(connection.scalar("SELECT count(*) FROM product") == Value(500));
  const std::string exported = connection.serialize();
  CHECK(exported[kWriteVersionAt] == 1);
  CHECK(exported[kReadVersionAt] == 1);
}

TEST_CASE("bytes that are no database are refused") {
  CHECK(refused("").code == Code::corrupt);
  CHECK(refused("").reason == "not_a_database");
  CHECK(refused("id;name\n1;Bread\n").reason == "not_a_database");
  CHECK(refused(std::string(4096, '\0')).reason == "not_a_database");
  CHECK(refused(bakery().substr(0, 99)).reason == "not_a_database");
}

TEST_CASE("a page size that cannot be is refused") {
  std::string image = bakery();
  image[kPageSizeAt] = 3;
  CHECK(refused(image).reason == "not_a_database");
}

TEST_CASE("a file cut short is refused, inside of a page and between pages") {
  const std::string image = bakery();
  CHECK(refused(image.substr(0, image.size() - 1)).reason == "truncated");
  CHECK(refused(image.substr(0, image.size() - 4096)).reason == "truncated");
}

TEST_CASE("the header says how text is written, in two bits, and what programs put there") {
  std::string image = bakery();
  CHECK_FALSE(has_utf16(image));
  image[57] = '\x05';
  CHECK_FALSE(has_utf16(image));
  image[59] = '\x02';
  CHECK(has_utf16(image));
  image[63] = '\x07';
  image[70] = '\x01';
  CHECK(user_version(image) == 7);
  CHECK(application_id(image) == 256);
}

TEST_CASE("an image is a database in memory like any other, and ATTACH finds files as ever") {
  Connection connection = Connection::deserialize(bakery());
  connection.run("DELETE FROM product");
  connection.execute("CREATE TABLE more (text); INSERT INTO more VALUES (zeroblob(5000000))");
  CHECK(connection.scalar("SELECT length(text) FROM more") == Value(5000000));
  CHECK(connection.scalar("PRAGMA journal_mode") == Value("memory"));
  CHECK(connection.data_version() != std::nullopt);
  const auto nowhere = [&] { connection.run("ATTACH 'no/such/folder/file.sqlite' AS other"); };
  CHECK(caught(nowhere).code == Code::io);
}

TEST_CASE("a damaged schema is found when the file is opened") {
  std::string image = bakery();
  for (std::size_t at = 100; at < 4096; ++at) image[at] = '\x5a';
  const Failure failure = refused(image);
  CHECK(failure.code == Code::corrupt);
  CHECK(failure.reason == "damaged");
  CHECK(failure.message.find("good copy") != std::string::npos);
}

TEST_CASE("damage further on is CORRUPT when it is read, and the connection stays usable") {
  std::string image = bakery();
  for (std::size_t at = 4096; at < image.size(); ++at) image[at] = '\x5a';
  Connection connection = Connection::deserialize(image);
  const Failure failure =
      caught([&] { connection.scalar("SELECT sum(length(name)) FROM product"); });
  CHECK(failure.code == Code::corrupt);
  CHECK(connection.scalar("SELECT 1") == Value(1));
}

}  // namespace vitrine::sqlite_database_image_test
