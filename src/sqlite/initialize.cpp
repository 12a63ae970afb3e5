// See the header.
#include "sqlite/initialize.h"

#include <sqlite3.h>

#include "sqlite/translate.h"

namespace vitrine {

void initialize_once() {
  static const int result = sqlite3_initialize();
  if (result != SQLITE_OK) fail_sqlite(nullptr, result, "starting SQLite");
}

}  // namespace vitrine
