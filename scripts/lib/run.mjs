// Runs other programs: with their output shown, or caught. No shell is involved, so that no
// argument is ever read twice.
import { spawn } from 'node:child_process'
import { Advice } from './say.mjs'

// Runs `command` to its end and returns { code, output, timedOut }. With `show`, output goes to the
// terminal and `output` is empty. A program that cannot be started is a code of 127.
// After `timeout_ms` it is stopped and timedOut is true.
export function run(command, args, { cwd, env, show = false, timeout_ms = 0 } = {}) {
  return new Promise((resolve) => {
    const stdio = ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe']
    const child = spawn(command, args, { cwd, env, stdio })
    let output = ''
    let timedOut = false
    const stop = () => {
      timedOut = true
      child.kill('SIGKILL')
    }
    const timer = timeout_ms > 0 ? setTimeout(stop, timeout_ms) : undefined
    child.stdout?.setEncoding('utf8').on('data', (text) => (output += text))
    child.stderr?.setEncoding('utf8').on('data', (text) => (output += text))
    const finish = (code, more = '') => {
      clearTimeout(timer)
      resolve({ code, output: output + more, timedOut })
    }
    child.on('error', (error) => finish(127, `${command}: ${error.message}\n`))
    child.on('close', (code) => finish(code ?? 1))
  })
}

// Runs `command` and returns what it says. When it fails, an Advice shows that, or the part of it
// that `excerpt` chooses, and then `advice`.
export async function mustRun(command, args, { advice, excerpt, ...options } = {}) {
  const { code, output } = await run(command, args, options)
  if (code === 0) return output
  const line = [command, ...args].join(' ')
  const shown = excerpt ? excerpt(output) : output
  throw new Advice(`${shown}\nThis failed (exit code ${code}): ${line}\n${advice ?? ''}`.trimEnd())
}
