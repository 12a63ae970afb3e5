// How many tests passed and failed, read from what a test program printed. A program that ends
// without its summary, or with tests left out, has failed: silence is never success.

// Counts are { passed, failed }. doctest ends with
// "[doctest] test cases: 12 | 11 passed | 1 failed | 0 skipped".
export function parseDoctest(output) {
  const pattern =
    /\[doctest\] test cases:\s*\d+ \|\s*(\d+) passed \|\s*(\d+) failed \|\s*(\d+) skipped/g
  const last = [...output.matchAll(pattern)].at(-1)
  if (!last) return null
  const [passed, failed, skipped] = last.slice(1).map(Number)
  return { passed, failed: failed + skipped }
}

// node:test's spec reporter ends with lines such as "ℹ pass 12".
export function parseNodeTest(output) {
  const count = (word) => {
    const last = [...output.matchAll(new RegExp(`^ℹ ${word} (\\d+)$`, 'gm'))].at(-1)
    return last ? Number(last[1]) : null
  }
  const passed = count('pass')
  if (passed === null) return null
  const failed = ['fail', 'cancelled', 'skipped', 'todo'].map(count)
  return { passed, failed: failed.reduce((sum, number) => sum + (number ?? 0), 0) }
}

// What a suite's end means: the counts of its output, and at least one failure when the program's
// exit code says so, when it said nothing we can read, or when no test ran.
export function judge(parse, { code, output, timedOut }) {
  const counts = parse(output) ?? { passed: 0, failed: 0 }
  const isBad = code !== 0 || timedOut || counts.passed + counts.failed === 0
  return isBad && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}
