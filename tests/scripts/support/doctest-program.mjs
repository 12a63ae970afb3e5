// As a doctest program of ten tests: FAILS names one that fails, CRASHES one that ends it.
const option = (name) => Number(process.argv.find((arg) => arg.startsWith(name))?.split('=')[1])
const holds = (number) => number >= option('--first') && number <= option('--last')

if (process.argv.includes('--count')) {
  console.log('[doctest] unskipped test cases passing the current filters: 10')
} else if (holds(Number(process.env.CRASHES))) {
  process.exitCode = 139
} else {
  const failed = holds(Number(process.env.FAILS)) ? 1 : 0
  console.log(`[doctest] test cases: 10 | ${10 - failed} passed | ${failed} failed | 0 skipped`)
  process.exitCode = failed
}
