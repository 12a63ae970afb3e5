// The functions that sql.js adds: the answers are those of npm's sql.js 1.16, but for what
// docs/from-sqljs.md names.
#include <doctest/doctest.h>
#include <sqlite3.h>

#include <string>
#include <vector>

#include "sqlite/raw.h"

namespace vitrine::sqlite_sqljs_functions_test {

namespace {

// A database with the functions, asked for one value as text; an error as its message.
struct Asked {
  sqlite3* handle = open_raw("asked", nullptr, 0);
  Asked() { add_sqljs_functions(handle); }
  Asked(const Asked&) = delete;
  ~Asked() { close_raw(handle); }

  std::string operator()(const std::string& sql) const {
    sqlite3_stmt* statement = nullptr;
    const char* rest = nullptr;
    std::string found = "nothing";
    if (prepare_raw(handle, ("SELECT " + sql).c_str(), statement, rest) != kRawOk)
      return raw_message(handle);
    if (step_raw(statement) == kRawRow) {
      std::vector<Cell> row;
      const RawCell cell = raw_cell(raw_row(statement, row).front());
      if (cell.kind == RawKind::null) found = "null";
      if (cell.kind == RawKind::text) found = "'" + std::string(cell.bytes, cell.size) + "'";
      if (cell.kind == RawKind::big) found = std::to_string(cell.integer);
      if (cell.kind == RawKind::integer)
        found = std::to_string(static_cast<std::int64_t>(cell.real));
      if (cell.kind == RawKind::real) found = std::to_string(cell.real);
    } else {
      found = raw_message(handle);
    }
    finalize_raw(statement);
    return found;
  }

  std::string of(const std::string& function, const std::string& rows) const {
    return (*this)(function + "(x) FROM (WITH t(x) AS (VALUES " + rows + ") SELECT x FROM t)");
  }
};

}  // namespace

TEST_CASE("mathematics answers as sql.js does") {
  const Asked ask;
  CHECK(ask("acos('abc')") == "1.570796");
  CHECK(ask("acos(2)") == "null");
  CHECK(ask("sqrt(NULL)") == "null");
  CHECK(ask("log(100)") == "4.605170");
  CHECK(ask("log10(1000)") == "3.000000");
  CHECK(ask("power('2', 3)") == "8.000000");
  CHECK(ask("power(2, NULL)") == "null");
  CHECK(ask("atn2(1, 2)") == "0.463648");
  CHECK(ask("degrees(pi())") == "180.000000");
  CHECK(ask("radians(180) = pi()") == "1");
  CHECK(ask("cot(1) * tan(1)") == "1.000000");
  CHECK(ask("coth(1) * tanh(1)") == "1.000000");
}

TEST_CASE("whole powers are exact where a number can be, in each engine") {
  const Asked ask;
  for (const char* equal :
       {"power(10, -5) = 1e-5", "power(10, 22) = 1e22", "power(10, -22) = 1e-22",
        "power(1.1, 2) = 1.2100000000000002", "power(-2, 3) = -8", "power(-2, -3) = -0.125",
        "power(3, 33) = 5559060566555523", "power(2, 1023) = 8.98846567431158e307",
        "power(10, -320) = 1e-320", "power(0, 0) = 1", "power(1, 9e999) = 1",
        "power(2, 0.5) = sqrt(2)", "power(0, 3) = 0", "power(1.0000001, 1024) > 1.0001024"}) {
    INFO(equal);
    CHECK(ask(equal) == "1");
  }
  CHECK(ask("power(-8, 0.5)") == "null");
  CHECK(ask("power(2, 1024) > 1.7e308") == "1");
}

TEST_CASE("whole numbers stay whole where sql.js keeps them") {
  const Asked ask;
  CHECK(ask("ceil(4.1)") == "5");
  CHECK(ask("floor(-2.5)") == "-3");
  CHECK(ask("ceil(9007199254740993)") == "9007199254740993");
  CHECK(ask("ceil(1e300)") == "9223372036854775807");
  CHECK(ask("floor(-1e300)") == "-9223372036854775808");
  CHECK(ask("square(3)") == "9");
  CHECK(ask("square(0.5)") == "0.250000");
  CHECK(ask("sign(-7)") == "-1");
  CHECK(ask("sign(-7.5)") == "-1.000000");
  CHECK(ask("sign(NULL)") == "null");
}

TEST_CASE("text is counted in code points") {
  const Asked ask;
  CHECK(ask("replicate('é', 2)") == "'éé'");
  CHECK(ask("replicate('ab', 0)") == "''");
  CHECK(ask("charindex('é', 'aé')") == "2");
  CHECK(ask("charindex('a', 'aéa', 2)") == "3");
  CHECK(ask("charindex('a', 'aa', -5)") == "1");
  CHECK(ask("charindex('', 'abc')") == "0");
  CHECK(ask("leftstr('éàü', 2)") == "'éà'");
  CHECK(ask("leftstr('abc', -1)") == "''");
  CHECK(ask("rightstr('éàü', 2)") == "'àü'");
  CHECK(ask("rightstr('abc', 9)") == "'abc'");
  CHECK(ask("reverse('éa😀')") == "'😀aé'");
  CHECK(ask("proper('éa bÉ o''neil  x')") == "'éa BÉ O'neil  X'");
  CHECK(ask("padl('é', 3)") == "'  é'");
  CHECK(ask("padr('abc', 2)") == "'abc'");
  CHECK(ask("padc('ab', 5)") == "' ab  '");
  CHECK(ask("strfilter('a😀bé', 'é😀')") == "'😀é'");
}

TEST_CASE("text functions refuse what has no answer") {
  const Asked ask;
  CHECK(ask("replicate('ab', -1)") == "domain error");
  CHECK(ask("padc('ab', -1)") == "domain error");
  CHECK(ask("replicate('ab', 1000000000)") == "string or blob too big");
  CHECK(ask("padl('ab', 9000000000)") == "string or blob too big");
  CHECK(ask("replicate(NULL, -1)") == "null");
  CHECK(ask("leftstr('a', NULL)") == "null");
}

TEST_CASE("difference compares what words sound like") {
  const Asked ask;
  CHECK(ask("difference('Robert', 'Rupert')") == "4");
  CHECK(ask("difference('Tymczak', 'Pfister')") == "1");
  CHECK(ask("difference('', 'ello')") == "1");
  CHECK(ask("difference('é', 'e')") == "3");
  CHECK(ask("difference(NULL, 'e')") == "null");
}

TEST_CASE("statistics answer as sql.js does") {
  const Asked ask;
  CHECK(ask.of("stdev", "(1),(2),(3),(4)") == "1.290994");
  CHECK(ask.of("variance", "(1),(NULL),(3)") == "2.000000");
  CHECK(ask.of("variance", "(NULL)") == "0.000000");
  CHECK(ask.of("mode", "(1),(2),(2)") == "2");
  CHECK(ask.of("mode", "(1),(1),(2),(2)") == "null");
  CHECK(ask.of("mode", "(NULL)") == "null");
  CHECK(ask.of("median", "(4),(1),(3),(2)") == "2.500000");
  CHECK(ask.of("median", "(5),(3),(1),(4),(2)") == "3");
  CHECK(ask.of("median", "(2.5),(1),(2)") == "2.000000");
  CHECK(ask.of("lower_quartile", "(9),(8),(7),(6),(5),(4),(3),(2),(1),(0)") == "2");
  CHECK(ask.of("upper_quartile", "(9),(8),(7),(6),(5),(4),(3),(2),(1),(0)") == "7");
  CHECK(ask.of("median", "('1'),('2'),('2')") == "2");
  CHECK(ask.of("lower_quartile", "(-1.5),(-5),(0.0),(-0.0)") == "-3.250000");
}

TEST_CASE("the order statistics sort long lists") {
  const Asked ask;
  const std::string many =
      "(x) FROM (WITH RECURSIVE t(x) AS (SELECT 0 UNION ALL SELECT x + 1 FROM t WHERE x < 9999) "
      "SELECT x * 7919 % 10007 AS x FROM t ORDER BY x % 13)";
  CHECK(ask("median" + many) ==
        ask("avg(x) FROM (SELECT x FROM (SELECT x, row_number() OVER "
            "(ORDER BY x) AS n FROM (SELECT x * 7919 % 10007 AS x FROM "
            "(WITH RECURSIVE t(x) AS (SELECT 0 UNION ALL SELECT x + 1 FROM "
            "t WHERE x < 9999) SELECT x FROM t))) WHERE n IN (5000, 5001))"));
}

}  // namespace vitrine::sqlite_sqljs_functions_test
