// A process is killed while it commits, again and again: what it acknowledged is there, once, and
// what it had under way is there as a whole or not at all. VITRINE_KILLS says how many times.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { bundleInner } from './support/inner.mjs'
import { installed, openCatalog } from './support/installed.mjs'

const kKills = Number(process.env.VITRINE_KILLS ?? 8)
/** The journal that is no protection shows it within so many, or the test proves nothing. */
const kControlKills = 200
const program = (name) => fileURLToPath(new URL(`./support/${name}.mjs`, import.meta.url))
const kWasm = join(installed, 'dist', 'vitrine.wasm')
const kInner = [
  ...['open.js', 'catalog-core.js', 'wasm/engine.js', 'wasm/load.js', 'storage/node-files.js'],
]
const committer = program('committer')
const pictureCommitter = program('picture-committer')

function fileFor(t) {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-kills-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'shop.sqlite')
}

// Rows enough that a commit has many pages to write.
async function fill(file, rows) {
  const db = await openCatalog({ file })
  const name = (i) => `row ${i} ${'x'.repeat(230)}`
  db.uom.createMany(Array.from({ length: rows }, (_, i) => ({ name: name(i), symbol: '0' })))
  db.close()
}

// Lets a process commit and kills it some time after its first commit; the last number it told.
async function killed(args, after_ms) {
  const child = spawn(process.execPath, args)
  let told = ''
  let errors = ''
  child.stderr.on('data', (bytes) => (errors += bytes))
  const first = new Promise((resolve) => child.stdout.once('data', resolve))
  child.stdout.on('data', (bytes) => (told += bytes))
  const ended = new Promise((resolve) => child.on('close', resolve))
  await Promise.race([first, ended])
  setTimeout(() => child.kill('SIGKILL'), after_ms)
  await ended
  assert.equal(child.signalCode, 'SIGKILL', errors)
  return Number(told.slice(0, told.lastIndexOf('\n')).split('\n').at(-1))
}

// What is wrong with the file after `acknowledged` was the last number told, or ''.
async function damage(file, rows, acknowledged) {
  let db
  try {
    db = await openCatalog({ file })
    const [check] = db.sql`PRAGMA integrity_check`
    if (check.integrity_check !== 'ok') return check.integrity_check
    const [found] = db.sql`SELECT count(*) AS rows, count(DISTINCT symbol) AS kinds,
      max(CAST(symbol AS INTEGER)) AS last FROM uom`
    if (found.kinds !== 1) return `${found.kinds} commits are mixed`
    if (found.last !== acknowledged && found.last !== acknowledged + 1)
      return `the last commit is ${found.last}, not ${acknowledged}`
    return found.rows === rows + found.last ? '' : `${found.rows} rows after ${found.last} commits`
  } catch (error) {
    return error.message
  } finally {
    db?.close()
  }
}

// Kills until something is damaged, at most so often: what it was, and how many kills.
async function killUntilDamage(t, journal, rows, kills) {
  const inner = await bundleInner(t, ...kInner)
  let file
  for (let kill = 1; kill <= kills; kill++) {
    if (kill % 20 === 1) await fill((file = fileFor(t)), rows)
    const acknowledged = await killed([committer, inner, kWasm, file, journal], Math.random() * 60)
    const found = await damage(file, rows, acknowledged)
    if (found !== '') return { found, kill }
  }
  return { found: '', kill: kills }
}

test('a process that is killed loses nothing it acknowledged, and doubles nothing', async (t) => {
  const { found, kill } = await killUntilDamage(t, 'wal', 500, kKills)
  t.diagnostic(`${kill} kills`)
  assert.equal(found, '', `at kill ${kill}`)
})

// With more rows, so that more of the kills fall between the writes of a commit.
test('the same kills damage a catalog whose journal is in memory', async (t) => {
  const { found, kill } = await killUntilDamage(t, 'memory', 4_000, kControlKills)
  t.diagnostic(`at kill ${kill}: ${found}`)
  assert.notEqual(found, '')
})

// What is wrong with the one picture in the file, or ''.
async function pictureDamage(file, acknowledged) {
  const db = await openCatalog({ file })
  try {
    const [check] = db.sql`PRAGMA integrity_check`
    if (check.integrity_check !== 'ok') return check.integrity_check
    const set = db.product.attachment('image').list(1)
    const numbers = new Set(set.map(({ alt }) => Number(alt)))
    const [last] = numbers
    if (numbers.size !== 1 || set.length !== 2) return `${set.length} pictures of ${[...numbers]}`
    if (last !== acknowledged && last !== acknowledged + 1) return `${last}, not ${acknowledged}`
    for (const { sha256 } of set) {
      const { bytes } = db.image_blob.get(sha256)
      if (createHash('sha256').update(bytes).digest('hex') !== sha256) return `bytes of ${sha256}`
    }
    // The picture before is still there, for undo.
    db.undo()
    const before = Number(db.product.attachment('image').original(1)?.alt ?? 0)
    return before === last - 1 ? '' : `undo led to ${before}, not ${last - 1}`
  } finally {
    db.close()
  }
}

test('a process that is killed as it attaches pictures keeps whole sets', async (t) => {
  const file = fileFor(t)
  const db = await openCatalog({ file })
  db.product.create({ name: 'Boot', description: '' })
  db.close()
  const inner = await bundleInner(t, 'sync.js')
  const args = [pictureCommitter, inner, kWasm, file]
  for (let kill = 1; kill <= kKills; kill++) {
    const acknowledged = await killed(args, 10 + Math.random() * 60)
    assert.equal(await pictureDamage(file, acknowledged), '', `at kill ${kill}`)
  }
})
