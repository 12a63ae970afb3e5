// Each takes its arguments as SQLite converts them to REAL and gives NULL for NULL; what has no
// answer is not a number, which SQLite makes NULL.
#include <sqlite3.h>

#include <cmath>
#include <iterator>

#include "sqlite/sqljs_functions.h"

namespace vitrine {
namespace {

constexpr double kPi = 3.14159265358979323846;

// Their addresses are what user_data points at: a pointer to data may not be one to code.
using Formula = double (*)(double);
using Formula2 = double (*)(double, double);

void of_one(sqlite3_context* context, int, sqlite3_value** arguments) {
  if (sqlite3_value_type(arguments[0]) == SQLITE_NULL) return;
  const Formula formula = *static_cast<const Formula*>(sqlite3_user_data(context));
  sqlite3_result_double(context, formula(sqlite3_value_double(arguments[0])));
}

void of_two(sqlite3_context* context, int, sqlite3_value** arguments) {
  if (sqlite3_value_type(arguments[0]) == SQLITE_NULL) return;
  if (sqlite3_value_type(arguments[1]) == SQLITE_NULL) return;
  const Formula2 formula = *static_cast<const Formula2*>(sqlite3_user_data(context));
  sqlite3_result_double(
      context, formula(sqlite3_value_double(arguments[0]), sqlite3_value_double(arguments[1])));
}

// Beyond the range of whole numbers it stays at its end.
sqlite3_int64 whole(double number) {
  constexpr double kEnd = 9223372036854775808.0;
  if (number >= kEnd) return 9223372036854775807;
  if (number < -kEnd) return -9223372036854775807 - 1;
  return static_cast<sqlite3_int64>(number);
}

// Whole numbers stay as they are; others go to the whole number below or, by `formula`, above.
void rounded(sqlite3_context* context, int, sqlite3_value** arguments) {
  const int type = sqlite3_value_type(arguments[0]);
  if (type == SQLITE_NULL) return;
  if (type == SQLITE_INTEGER) return sqlite3_result_value(context, arguments[0]);
  const Formula formula = *static_cast<const Formula*>(sqlite3_user_data(context));
  sqlite3_result_int64(context, whole(formula(sqlite3_value_double(arguments[0]))));
}

// The square of a whole number is one, modulo 2^64.
void square(sqlite3_context* context, int, sqlite3_value** arguments) {
  const int type = sqlite3_value_type(arguments[0]);
  if (type == SQLITE_NULL) return;
  if (type == SQLITE_INTEGER) {
    const auto number = static_cast<sqlite3_uint64>(sqlite3_value_int64(arguments[0]));
    return sqlite3_result_int64(context, static_cast<sqlite3_int64>(number * number));
  }
  const double number = sqlite3_value_double(arguments[0]);
  sqlite3_result_double(context, number * number);
}

void sign(sqlite3_context* context, int, sqlite3_value** arguments) {
  const int type = sqlite3_value_type(arguments[0]);
  if (type == SQLITE_NULL) return;
  const double number = sqlite3_value_double(arguments[0]);
  const int result = (number > 0) - (number < 0);
  if (type == SQLITE_INTEGER) return sqlite3_result_int(context, result);
  sqlite3_result_double(context, result);
}

void pi(sqlite3_context* context, int, sqlite3_value**) { sqlite3_result_double(context, kPi); }

constexpr Formula kAcos = std::acos, kAsin = std::asin, kAtan = std::atan, kAcosh = std::acosh,
                  kAsinh = std::asinh, kAtanh = std::atanh, kCos = std::cos, kSin = std::sin,
                  kTan = std::tan, kCosh = std::cosh, kSinh = std::sinh, kTanh = std::tanh,
                  kExp = std::exp, kLog = std::log, kLog10 = std::log10, kSqrt = std::sqrt,
                  kCeil = std::ceil, kFloor = std::floor;
constexpr Formula kDegrees = [](double number) { return 180.0 * number / kPi; };
constexpr Formula kRadians = [](double number) { return number * kPi / 180.0; };
constexpr Formula kCot = [](double number) { return 1.0 / std::tan(number); };
constexpr Formula kCoth = [](double number) { return 1.0 / std::tanh(number); };
constexpr Formula2 kAtan2 = std::atan2, kPower = std::pow;

constexpr SqlFunction kMathFunctions[] = {
    {"acos", 1, of_one, &kAcos, nullptr},       {"asin", 1, of_one, &kAsin, nullptr},
    {"atan", 1, of_one, &kAtan, nullptr},       {"acosh", 1, of_one, &kAcosh, nullptr},
    {"asinh", 1, of_one, &kAsinh, nullptr},     {"atanh", 1, of_one, &kAtanh, nullptr},
    {"degrees", 1, of_one, &kDegrees, nullptr}, {"radians", 1, of_one, &kRadians, nullptr},
    {"cos", 1, of_one, &kCos, nullptr},         {"sin", 1, of_one, &kSin, nullptr},
    {"tan", 1, of_one, &kTan, nullptr},         {"cot", 1, of_one, &kCot, nullptr},
    {"cosh", 1, of_one, &kCosh, nullptr},       {"sinh", 1, of_one, &kSinh, nullptr},
    {"tanh", 1, of_one, &kTanh, nullptr},       {"coth", 1, of_one, &kCoth, nullptr},
    {"exp", 1, of_one, &kExp, nullptr},         {"log", 1, of_one, &kLog, nullptr},
    {"log10", 1, of_one, &kLog10, nullptr},     {"sqrt", 1, of_one, &kSqrt, nullptr},
    {"atan2", 2, of_two, &kAtan2, nullptr},     {"atn2", 2, of_two, &kAtan2, nullptr},
    {"power", 2, of_two, &kPower, nullptr},     {"ceil", 1, rounded, &kCeil, nullptr},
    {"floor", 1, rounded, &kFloor, nullptr},    {"square", 1, square, nullptr, nullptr},
    {"sign", 1, sign, nullptr, nullptr},        {"pi", 0, pi, nullptr, nullptr},
};

}  // namespace

int add_math_functions(sqlite3* handle) {
  return add_each(handle, kMathFunctions, static_cast<int>(std::size(kMathFunctions)));
}

}  // namespace vitrine
