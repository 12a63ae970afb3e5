// Files of the source tree, for tests that check against recorded data. Only where there are files:
// guard the tests that need one by VITRINE_HAS_FILES.
#pragma once

#include <fstream>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

namespace vitrine::testing {

// The text of a file, by its path from the root of the project.
inline std::string source_file(const std::string& path) {
  std::ifstream file(std::string(VITRINE_SOURCE_DIR) + "/" + path, std::ios::binary);
  REQUIRE_MESSAGE(file.good(), path << " cannot be read");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace vitrine::testing
