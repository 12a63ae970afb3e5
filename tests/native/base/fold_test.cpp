// Folding: what counts as the same text in a search.
#include "base/fold.h"

#include <doctest/doctest.h>

#include "base/fold_table.h"

namespace vitrine::base_fold_test {

TEST_CASE("case and accents do not count, in any script that has them") {
  CHECK(fold("Été") == "ete");
  CHECK(fold("ÅNGSTRÖM") == "angstrom");
  CHECK(fold("Ἀθῆναι") == "αθηναι");
  CHECK(fold("ΣΊΣΥΦΟΣ") == fold("Σίσυφος"));
  CHECK(fold("Ёлка") == "елка");
  CHECK(fold("ĄŻŹ") == "azz");
  CHECK(fold("Đặng Nguyễn") == "dang nguyen");
  CHECK(fold("شَمْس") == fold("شمس"));
}

TEST_CASE("letters that Unicode does not take apart are written as people type them") {
  CHECK(fold("Straße") == "strasse");
  CHECK(fold("GROẞ") == "gross");
  CHECK(fold("Smørrebrød") == "smorrebrod");
  CHECK(fold("Łódź Œuvre Ærø") == "lodz oeuvre aero");
  CHECK(fold("ﬁle") == "file");
}

TEST_CASE("signs that are letters, and letters of rare scripts, have a case too") {
  CHECK(fold("10 k\u2126, 300 \u212a, 5 \u212b") == fold("10 K\u03a9, 300 k, 5 å"));
  CHECK(fold("\u2167 \u24b6 \u2132 \u2183") == "\u2177 \u24d0 \u214e \u2184");
  CHECK(fold("\ua7d0\ua7d6\ua7d8\ua7f5") == "\ua7d1\ua7d7\ua7d9\ua7f6");
  CHECK(fold("\U000104b0\U00010570\U00010c80") == "\U000104d8\U00010597\U00010cc0");
  CHECK(fold("\U000118a0\U00016e40\U0001e900") == "\U000118c0\U00016e60\U0001e922");
}

TEST_CASE("a combining accent folds as the letter that has it") {
  CHECK(fold("e\u0301te\u0301") == "ete");
  CHECK(fold("\u0301") == "");
}

TEST_CASE("what has neither case nor accents stays") {
  CHECK(fold("") == "");
  CHECK(fold("1 % _ \\ 'x'") == "1 % _ \\ 'x'");
  CHECK(fold("日本語 が 한국어 हिन्दी 👨‍👩‍👧") ==
        "日本語 が 한국어 हिन्दी 👨‍👩‍👧");
  CHECK(fold(std::string("a\0B", 3)) == std::string("a\0b", 3));
}

TEST_CASE("bytes that are not UTF-8 stay, with all that follows") {
  CHECK(fold("É\xffÉ") == "e\xffÉ");
  CHECK(fold("A\xc3") == "a\xc3");
}

TEST_CASE("folding twice changes nothing more") {
  std::string all;
  for (const FoldRun& run : fold_runs()) {
    for (std::uint32_t place = 0; place <= run.length; place += run.step) {
      const std::uint32_t letter = run.first + place;
      if (letter >= 0x10000) continue;
      const char utf8[] = {static_cast<char>(0xe0 | (letter >> 12)),
                           static_cast<char>(0x80 | ((letter >> 6) & 0x3f)),
                           static_cast<char>(0x80 | (letter & 0x3f))};
      if (letter >= 0x800) all.append(utf8, 3);
    }
  }
  REQUIRE(all.size() > 1000);
  const std::string once = fold(all);
  CHECK(once != all);
  CHECK(fold(once) == once);
}

TEST_CASE("the table is ascending, and no letter is in it twice") {
  std::uint32_t last = 0;
  for (const FoldRun& run : fold_runs()) {
    CHECK(run.first > last);
    last = run.first + run.length;
  }
  last = 0;
  for (const FoldText& text : fold_texts()) {
    CHECK(text.letter > last);
    last = text.letter;
  }
}

}  // namespace vitrine::base_fold_test
