// Catalogs in files, in Node: they stay, they are plain .sqlite files, and one process has them.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { CatalogError, openCatalog, openLater } from './support/installed.mjs'
import { rejection } from './support/shop.mjs'

// A folder that is gone when the test `t` is over.
function folderFor(t) {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-files-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

// A process that has ended by now: its number, for as long as no other has got it.
async function deadProcess() {
  const child = spawn(process.execPath, ['-e', ''])
  await new Promise((resolve) => child.on('exit', resolve))
  return child.pid
}

const lockOf = (pid, started = '') =>
  JSON.stringify({ pid, started, host: hostname(), locked_ms: Date.now(), token: 'of another' })

test('a catalog in a file is there when it is opened again', async (t) => {
  const file = join(folderFor(t), 'shop.sqlite')
  const first = await openCatalog({ file })
  first.product.create({
    name: 'Boot',
    description: '',
    category: { create: { name: 'Boots', description: '' } },
  })
  first.close()
  const again = await openCatalog({ file: pathToFileURL(file) })
  assert.equal(again.product.get(1, { include: { category: true } }).category.name, 'Boots')
  again.close()
})

test('what is no path is refused as such, and a URL is one, by either entry', async (t) => {
  const folder = folderFor(t)
  const address = pathToFileURL(join(folder, 'shop.sqlite'))
  const wrong = [5, null, '', 'a\0b', {}, String(address), new URL('http://x/y'), 'https://x/y']
  for (const open of [openCatalog, openLater]) {
    for (const file of wrong) {
      await rejection(open({ file }), { code: 'VALIDATION', path: 'file' }, /path such as/)
    }
    const db = await open({ file: address })
    await db.close()
  }
  assert.ok(readdirSync(folder).includes('shop.sqlite'))
  const backup = { code: 'VALIDATION', path: 'backup' }
  await rejection(openCatalog({ backup: 'x' }), backup, /about file/)
  await rejection(openLater({ storage: 'memory', backup: 'x' }), backup)
})

test('once closed, the file is alone, and plain SQLite reads it', async (t) => {
  const folder = folderFor(t)
  const db = await openCatalog({ file: join(folder, 'shop.sqlite') })
  db.uom.create({ name: 'pair' })
  db.close()
  assert.deepEqual(readdirSync(folder), ['shop.sqlite'])
  const copy = await openCatalog({ data: readFileSync(join(folder, 'shop.sqlite')) })
  assert.deepEqual(copy.uom.find(), [{ id: 1, name: 'pair', symbol: null }])
  copy.close()
})

test('what was a file is opened in its own pages, with whatever SQLite noted', async (t) => {
  const file = join(folderFor(t), 'shop.sqlite')
  const db = await openCatalog({ file })
  const rows = Array.from({ length: 500 }, (_, n) => ({ name: `unit ${n}` }))
  db.uom.createMany(rows)
  db.sql`ANALYZE`
  db.close()
  for (const trusted of [false, true]) {
    const copy = await openCatalog({ data: readFileSync(file), trusted })
    assert.deepEqual(copy.sql`PRAGMA page_size`, [{ page_size: 8192 }])
    assert.equal(copy.uom.count(), 500)
    copy.close()
  }
})

test('what a call wrote is in the files before it returns', async (t) => {
  const folder = folderFor(t)
  const file = join(folder, 'shop.sqlite')
  const db = await openCatalog({ file })
  const before = readFileSync(`${file}-wal`).length
  db.uom.create({ name: 'pair' })
  assert.ok(readFileSync(`${file}-wal`).length > before)
  db.close()
})

test('a second catalog on the file of an open one is BUSY until that is closed', async (t) => {
  const file = join(folderFor(t), 'shop.sqlite')
  const db = await openCatalog({ file })
  const error = await rejection(openCatalog({ file }), { code: 'BUSY', reason: 'locked' })
  assert.match(error.message, new RegExp(`Process ${process.pid} .*close it there`))
  db.uom.create({ name: 'pair' })
  db.close()
  const again = await openCatalog({ file })
  assert.equal(again.uom.count(), 1)
  again.close()
})

test('the lock of a process that died is taken over', async (t) => {
  const file = join(folderFor(t), 'shop.sqlite')
  writeFileSync(`${file}-lock`, lockOf(await deadProcess()))
  const db = await openCatalog({ file })
  await rejection(openCatalog({ file }), { code: 'BUSY' })
  db.close()
  assert.ok(!existsSync(`${file}-lock`))
})

test('a lock whose process number another process has got since is taken over', async (t) => {
  const file = join(folderFor(t), 'shop.sqlite')
  writeFileSync(`${file}-lock`, lockOf(process.pid, 'at another time'))
  if (!existsSync('/proc/self/stat')) return t.diagnostic('this system does not say when')
  const db = await openCatalog({ file })
  return db.close()
})

test('a lock of a living process stays, and a torn one does not count', async (t) => {
  const file = join(folderFor(t), 'shop.sqlite')
  writeFileSync(`${file}-lock`, lockOf(process.ppid))
  await rejection(openCatalog({ file }), { code: 'BUSY' })
  writeFileSync(`${file}-lock`, '{"pid":')
  const db = await openCatalog({ file })
  db.close()
})

test('a lock from before the machine started is taken over', async (t) => {
  const file = join(folderFor(t), 'shop.sqlite')
  const old = { ...JSON.parse(lockOf(process.ppid)), locked_ms: 1 }
  writeFileSync(`${file}-lock`, JSON.stringify(old))
  const db = await openCatalog({ file })
  db.close()
})

test('a file that is none of ours is refused, and its folder stays as it is', async (t) => {
  const folder = folderFor(t)
  const file = join(folder, 'notes.sqlite')
  writeFileSync(file, 'Dear diary, '.repeat(1000))
  await rejection(openCatalog({ file }), { code: 'CORRUPT' })
  assert.equal(readFileSync(file, 'utf8'), 'Dear diary, '.repeat(1000))
  assert.deepEqual(readdirSync(folder), ['notes.sqlite'])
})

test('a database of something else is refused and stays as it is', async (t) => {
  const { default: initSqlJs } = await import('sql.js')
  const SQL = await initSqlJs()
  const other = new SQL.Database()
  other.run('CREATE TABLE product (sku TEXT PRIMARY KEY, price REAL)')
  const bytes = Buffer.from(other.export())
  other.close()
  const file = join(folderFor(t), 'other.sqlite')
  writeFileSync(file, bytes)
  await rejection(openCatalog({ file }), { code: 'VALIDATION' })
  assert.deepEqual(readFileSync(file), bytes)
})

test('a path that leads nowhere is IO, with the cause', async (t) => {
  const file = join(folderFor(t), 'no', 'such', 'shop.sqlite')
  const error = await rejection(openCatalog({ file }), { code: 'IO', reason: 'cannot_open' })
  assert.equal(error.cause.code, 'ENOENT')
  assert.ok(error instanceof CatalogError)
  await rejection(openCatalog({ file: folderFor(t) }), { code: 'IO' })
})

test('data and file exclude each other', async (t) => {
  const file = join(folderFor(t), 'shop.sqlite')
  await rejection(openCatalog({ file, data: new Uint8Array(1) }), { code: 'VALIDATION' })
  assert.ok(!existsSync(file))
})
