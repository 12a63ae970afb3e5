// The test program's main: doctest's own. Tests are in one folder per room beside this file.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>
