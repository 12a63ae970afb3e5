// Words for the person at the terminal: progress, and the one way a script ends badly.
// It decides nothing about what is said.

// A failure that a person can act on. Scripts print its message alone, without a stack.
export class Advice extends Error {
  name = 'Advice'
}

export function say(text) {
  process.stdout.write(`${text}\n`)
}

// "[2/5] cmake 3.25 or newer", the heading of one step among several.
export function step(index, total, text) {
  say(`[${index}/${total}] ${text}`)
}

// Seconds with one decimal since `start_ms` (a Date.now()), for the end of a step.
export function seconds(start_ms) {
  return `${((Date.now() - start_ms) / 1000).toFixed(1)} s`
}

// Runs `main` and ends the process: 0, or 1 after a message. A bug keeps its stack.
export async function runMain(main) {
  try {
    await main()
  } catch (error) {
    process.stderr.write(`\n${error instanceof Advice ? error.message : error.stack}\n`)
    process.exitCode = 1
  }
}
