// The functions of mathematics are JavaScript's in wasm, where the C library's and their tables
// would be 17 kB of what every visitor loads. Only SQL calls them: the way out of the module is
// short beside that. Compiled for wasm only.
#include <emscripten/em_math.h>
#include <math.h>

double acos(double x) { return emscripten_math_acos(x); }
double acosh(double x) { return emscripten_math_acosh(x); }
double asin(double x) { return emscripten_math_asin(x); }
double asinh(double x) { return emscripten_math_asinh(x); }
double atan(double x) { return emscripten_math_atan(x); }
double atan2(double y, double x) { return emscripten_math_atan2(y, x); }
double atanh(double x) { return emscripten_math_atanh(x); }
double cos(double x) { return emscripten_math_cos(x); }
double cosh(double x) { return emscripten_math_cosh(x); }
double exp(double x) { return emscripten_math_exp(x); }
double fmod(double x, double y) { return emscripten_math_fmod(x, y); }
double log(double x) { return emscripten_math_log(x); }
double log10(double x) { return emscripten_math_log10(x); }
double log2(double x) { return emscripten_math_log2(x); }
double sin(double x) { return emscripten_math_sin(x); }
double sinh(double x) { return emscripten_math_sinh(x); }
double tan(double x) { return emscripten_math_tan(x); }
double tanh(double x) { return emscripten_math_tanh(x); }

// A number in twice the precision: what `near` lacks is `rest` (T. J. Dekker, "A floating-point
// technique for extending the available precision", Numerische Mathematik 18, 1971).
struct Pair {
  double near;
  double rest;
};

// Splits a number into two of half its bits.
static struct Pair halves(double x) {
  const double scaled = 134217729.0 * x;  // 2^27 + 1
  const double high = scaled - (scaled - x);
  return (struct Pair){high, x - high};
}

static struct Pair product(struct Pair a, struct Pair b) {
  const double near = a.near * b.near;
  const struct Pair x = halves(a.near);
  const struct Pair y = halves(b.near);
  const double lost =
      ((x.near * y.near - near) + x.near * y.rest + x.rest * y.near) + x.rest * y.rest;
  const double rest = lost + (a.near * b.rest + a.rest * b.near);
  const double sum = near + rest;
  return (struct Pair){sum, rest - (sum - near)};
}

// x to the power of a whole number above 0; not finite where a step leaves the range.
static struct Pair whole_power(double x, int exponent) {
  struct Pair result = {1, 0};
  for (struct Pair square = {x, 0};; square = product(square, square)) {
    if (exponent & 1) result = product(result, square);
    exponent >>= 1;
    if (exponent == 0) return result;
  }
}

static double inverse_of(struct Pair number) {
  const double near = 1 / number.near;
  const struct Pair one = product(number, (struct Pair){near, 0});
  return near + near * ((1 - one.near) - one.rest);
}

// As the C library has it. JavaScript's takes 1 to the power of NaN for NaN, and in some engines
// powers of ten are off in their last digit: 10 to the power of -5 is 0.000009999999999999999.
double pow(double x, double y) {
  static const int kMaxExponent = 1024;
  static const double kLeast = 1e-290;
  if (x == 1 || (x == -1 && isinf(y))) return 1;
  const double size = fabs(y);
  if (size >= 1 && size <= kMaxExponent && size == floor(size)) {
    const struct Pair power = whole_power(x, (int)size);
    const double result = y > 0 ? power.near : inverse_of(power);
    if (fabs(result) > kLeast && fabs(result) < 1 / kLeast) return result;
  }
  return emscripten_math_pow(x, y);
}
