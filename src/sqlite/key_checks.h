// Statements that do not look for the rows that foreign keys refer to, or not at CHECK conditions.
// C reads this header too.
#pragma once

struct sqlite3;

#ifdef __cplusplus
namespace vitrine {
extern "C" {
#endif

// Whether statements that are compiled from now on check foreign keys, or leave CHECK conditions
// unasked; returns what was so before. Those that are compiled stay as they are, where
// sqlite3_db_config() has all compiled again, and ends those that are being read.
enum vitrine_check { vitrine_check_keys, vitrine_ignore_checks };
int vitrine_compile_with(struct sqlite3* handle, enum vitrine_check what, int on);

#ifdef __cplusplus
}  // extern "C"

// While it lives, what is compiled is compiled in that way.
class CompiledWith {
 public:
  CompiledWith(sqlite3* handle, vitrine_check what, int on)
      : handle_(handle), what_(what), before_(vitrine_compile_with(handle, what, on)) {}
  CompiledWith(const CompiledWith&) = delete;
  CompiledWith& operator=(const CompiledWith&) = delete;
  ~CompiledWith() { vitrine_compile_with(handle_, what_, before_); }

 private:
  sqlite3* handle_;
  vitrine_check what_;
  int before_;
};

}  // namespace vitrine
#endif
