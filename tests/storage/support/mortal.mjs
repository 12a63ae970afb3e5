// A browser that can be killed with all of its processes, and started again on the same profile.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright-core'
import { launchOptions, openPage } from './browser.mjs'

// Far above what a start takes: beside other work the machine may be slow for a while.
const kStart_ms = 5 * 60 * 1000

const kFlags = ['--headless=new', '--remote-debugging-port=0', '--no-first-run', 'about:blank']

// The address at which a browser that has just been started can be driven.
async function addressOf(child) {
  for await (const line of createInterface({ input: child.stderr })) {
    const [, address] = /DevTools listening on (ws:\S+)/.exec(line) ?? []
    if (address !== undefined) return address
  }
  throw new Error('The browser ended before it could be driven.')
}

// Starts one on the profile in `folder` with the page at `url`: { page, kill }.
export async function startMortal(folder, url) {
  const { executablePath, args } = launchOptions
  const all = [...args, `--user-data-dir=${folder}`, ...kFlags]
  // A group of its own, so that its children can be killed with it.
  const options = { detached: true, stdio: ['ignore', 'ignore', 'pipe'] }
  const child = spawn(executablePath, all, options)
  const ended = once(child, 'exit')
  const kill = async () => {
    process.kill(-child.pid, 'SIGKILL')
    await ended
  }
  try {
    const browser = await chromium.connectOverCDP(await addressOf(child), { timeout: kStart_ms })
    child.stderr.resume()
    const page = await openPage(browser.contexts()[0], url)
    return { page, kill }
  } catch (error) {
    await kill()
    throw error
  }
}
