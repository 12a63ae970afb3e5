// A lock between processes: a file beside the catalog that says which process has it. Node offers
// no lock of the operating system, so a holder that died is told by its number and its time of
// start, which a later process of the same number does not share.
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, uptime } from 'node:os'
import { randomUUID } from 'node:crypto'
import { CatalogError } from '../errors.js'

interface Holder {
  readonly pid: number
  /** Differs between two processes of one number; '' where the system does not say. */
  readonly started: string
  readonly host: string
  readonly locked_ms: number
  readonly token: string
}

/** Clocks are set and drift; a lock must be older than the machine's start by this much. */
const kClockSlack_ms = 60_000

// In Linux: the boot, and the 22nd word of the process's state, its start in ticks since then. The
// second word is the program's name, which may hold blanks and brackets.
function startOf(pid: number): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()
    const state = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return `${boot} ${state.slice(state.lastIndexOf(')') + 2).split(' ')[19]}`
  } catch {
    return ''
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Another user's process may not be signalled, but it lives.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

// A holder on another machine that shares the folder cannot be looked at: it counts as alive.
function isAlive(holder: Holder): boolean {
  if (holder.host !== hostname()) return true
  if (holder.locked_ms < Date.now() - uptime() * 1000 - kClockSlack_ms) return false
  if (!exists(holder.pid)) return false
  const started = startOf(holder.pid)
  return started === '' || holder.started === '' || started === holder.started
}

// null when there is no lock, or one that was cut short: its writer died before it had the lock.
function holderOf(lock: string): Holder | null {
  try {
    const holder = JSON.parse(readFileSync(lock, 'utf8')) as Holder
    return typeof holder?.pid === 'number' ? holder : null
  } catch {
    return null
  }
}

// True when the lock was free. The file appears with its whole text, or not at all.
function claim(lock: string, text: string, token: string): boolean {
  const draft = `${lock}.${token}`
  writeFileSync(draft, text)
  try {
    linkSync(draft, lock)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

// Takes away the lock of a dead holder. Another process may have done so and claimed the lock since
// it was read: then it gets it back.
function clear(lock: string, dead: Holder | null, token: string): void {
  const aside = `${lock}.${token}`
  try {
    renameSync(lock, aside)
  } catch {
    return
  }
  if (holderOf(aside)?.token !== dead?.token) {
    try {
      linkSync(aside, lock)
    } catch {
      // A third one has claimed it by now.
    }
  }
  rmSync(aside, { force: true })
}

function busy(path: string, holder: Holder | null): CatalogError {
  const who = holder === null ? 'Another process' : `Process ${holder.pid} on ${holder.host}`
  const message =
    `${who} has the catalog ${path} open: close it there, and try again. If there is no such ` +
    `process, remove ${path}-lock.`
  return new CatalogError({ code: 'BUSY', reason: 'locked', message })
}

/**
 * Takes the lock of the file at `path`; what it returns gives it back. A lock whose process is dead
 * is taken over. Fails with BUSY when its process lives, this one included.
 */
export function lockFile(path: string): () => void {
  const lock = `${path}-lock`
  const token = randomUUID()
  const { pid } = process
  const own: Holder = {
    pid,
    started: startOf(pid),
    host: hostname(),
    locked_ms: Date.now(),
    token,
  }
  for (let attempt = 0; attempt < 3; attempt++) {
    if (claim(lock, JSON.stringify(own), token)) {
      return () => {
        if (holderOf(lock)?.token === token) rmSync(lock, { force: true })
      }
    }
    const holder = holderOf(lock)
    if (holder !== null && isAlive(holder)) throw busy(path, holder)
    clear(lock, holder, token)
  }
  throw busy(path, holderOf(lock))
}
