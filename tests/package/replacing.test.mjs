// Exchanging a catalog's data for a file's, and the copies that are put aside before.
import assert from 'node:assert/strict'
import fs, {
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mock, test } from 'node:test'
import { importInner } from './support/inner.mjs'
import { openCatalog, openLater } from './support/installed.mjs'
import { openShop, opened, refusal, rejection, sizes } from './support/shop.mjs'

function folderFor(t) {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-replacing-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const names = (db) => db.uom.find({ select: ['name'] }).map(({ name }) => name)
const copies = (folder) => readdirSync(folder).filter((name) => name.includes('.backup-'))

test('a catalog in memory takes over what a file holds, and keeps no copies', async (t) => {
  const shop = await openShop(t)
  const db = await opened(t)
  db.uom.create({ name: 'old' })
  db.replaceWith(shop.export())
  assert.deepEqual(sizes(db), sizes(shop))
  assert.equal(db.uom.create({ name: 'box' }).id, 3)
  assert.deepEqual(db.backups(), [])
  refusal(() => db.restore('any'), { code: 'NOT_FOUND' })
})

test('a file that is refused changes nothing', async (t) => {
  const db = await openShop(t)
  const before = db.export()
  refusal(() => db.replaceWith(before.slice(0, 5000)), { code: 'CORRUPT' })
  refusal(() => db.replaceWith('shop.sqlite'), { code: 'VALIDATION', path: 'data' })
  db.transaction(() => refusal(() => db.replaceWith(before), { code: 'BUSY' }))
  assert.deepEqual(db.export(), before)
})

test('tables that belong to no model stay behind', async (t) => {
  const db = await openShop(t)
  db.sql`CREATE TABLE note (text TEXT)`
  const copy = await opened(t, { data: db.export() })
  refusal(() => copy.sql`SELECT * FROM note`, { code: 'SQL' })
  assert.deepEqual(sizes(copy), sizes(db))
})

test('what a killed process left of a copy is written over', async (t) => {
  const folder = folderFor(t)
  const db = await openCatalog({ file: join(folder, 'shop.sqlite') })
  writeFileSync(join(folder, 'shop.backup.sqlite.draft'), Buffer.alloc(1_000_000))
  db.replaceWith(db.export())
  const [{ name, size_bytes }] = db.backups()
  assert.ok(size_bytes < 1_000_000)
  const files = ['sqlite', 'sqlite-journal', 'sqlite-lock', 'sqlite-wal'].map(
    (one) => `shop.${one}`,
  )
  assert.deepEqual(readdirSync(folder).sort(), [name, ...files])
  db.close()
})

test('before a file is replaced a copy is put aside, and it can be restored', async (t) => {
  const folder = folderFor(t)
  const shop = await openShop(t)
  const db = await openCatalog({ file: join(folder, 'shop.sqlite') })
  db.uom.create({ name: 'old' })
  db.replaceWith(shop.export())
  assert.deepEqual(names(db), ['pair', 'kilogram'])
  const [newest] = db.backups()
  assert.ok(Math.abs(Date.parse(newest.taken_at) - Date.now()) < 60_000)
  assert.equal(new Date(newest.taken_at).toISOString(), newest.taken_at)
  assert.equal(newest.size_bytes, readFileSync(join(folder, newest.name)).length)
  db.restore(newest.name)
  assert.deepEqual(names(db), ['old'])
  db.close()
  const again = await openCatalog({ file: join(folder, 'shop.sqlite') })
  assert.deepEqual(names(again), ['old'])
  again.close()
})

test('the last three copies are kept, and the largest', async (t) => {
  const folder = folderFor(t)
  const shop = await openShop(t)
  const empty = (await opened(t)).export()
  const db = await openCatalog({ file: join(folder, 'shop.sqlite') })
  db.uom.createMany(Array.from({ length: 3000 }, (_, i) => ({ name: `unit ${i}` })))
  for (let i = 0; i < 6; i++) {
    db.replaceWith(i % 2 === 0 ? empty : shop.export())
    // Two copies of one millisecond would be one.
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  const backups = db.backups()
  assert.equal(backups.length, 4)
  db.restore(backups.at(-1).name)
  assert.equal(db.uom.count(), 3000)
  db.close()
})

test('a copy is taken when the newest is older than seven days, and only then', async (t) => {
  const folder = folderFor(t)
  const file = join(folder, 'shop.sqlite')
  const open = async () => (await openCatalog({ file })).close()
  await open()
  assert.equal(copies(folder).length, 0, 'a new catalog holds nothing to copy')
  await open()
  assert.equal(copies(folder).length, 1)
  await open()
  assert.equal(copies(folder).length, 1)
  const [recent] = copies(folder)
  rmSync(join(folder, recent))
  writeFileSync(join(folder, 'shop.backup-20200101T000000000Z.sqlite'), 'old')
  await open()
  assert.equal(copies(folder).length, 2)
})

test('a clock that was put back costs no copy that is made, nor the weekly one', async (t) => {
  const folder = folderFor(t)
  const file = join(folder, 'shop.sqlite')
  const db = await openCatalog({ file })
  db.uom.createMany([{ name: 'old' }])
  const bytes = db.export()
  const later = ['01', '02', '03', '04'].map((day) => `shop.backup-299901${day}T000000000Z.sqlite`)
  for (const name of later) writeFileSync(join(folder, name), bytes)
  db.replaceWith(bytes)
  const made = copies(folder).filter((name) => !later.includes(name))
  assert.equal(made.length, 1)
  db.restore(made[0])
  db.close()
  for (const name of copies(folder)) if (!later.includes(name)) rmSync(join(folder, name))
  const again = await openCatalog({ file })
  assert.ok(copies(folder).some((name) => !later.includes(name)))
  again.close()
})

test('files that are refused push out no copy', async (t) => {
  const folder = folderFor(t)
  const db = await openCatalog({ file: join(folder, 'shop.sqlite') })
  const bytes = db.export()
  for (const name of ['first', 'second', 'third']) {
    db.replaceWith(bytes)
    db.uom.create({ name })
  }
  const before = copies(folder)
  assert.equal(before.length, 3)
  const refused = new Uint8Array(10_000)
  for (let n = 0; n < 4; n++) refusal(() => db.replaceWith(refused), { code: 'CORRUPT' })
  db.transaction(() => refusal(() => db.replaceWith(bytes), { code: 'BUSY' }))
  assert.deepEqual(copies(folder), before)
  assert.deepEqual(names(db), ['third'])
  db.close()
})

// A place for copies where there is no room.
async function keeperWithoutRoom(t, core) {
  const { Backups, Keeper } = await importInner(t, 'storage/keeper.js', 'storage/backups.js')
  const write = () => {
    throw new Error('no room')
  }
  return new Keeper(core, new Backups({ list: () => [], write }, 'shop'))
}

test('no room for a copy ends an exchange before it begins, but keeps nobody out', async (t) => {
  const done = []
  const sound = [{ integrity_check: 'ok' }]
  const core = {
    table: () => sound,
    export: () => new Uint8Array(1),
    replace: () => done.push('replaced'),
  }
  const keeper = await keeperWithoutRoom(t, core)
  await keeper.backUpIfDue()
  assert.throws(() => keeper.replaceWith(new Uint8Array(1)), /no room/)
  assert.deepEqual(done, [])
})

test('without room for the data old copies go, but never that which is restored', async (t) => {
  const inner = await importInner(t, 'storage/keeper.js', 'storage/backups.js', 'errors.js')
  const { Backups, CatalogError, Keeper } = inner
  const old = [1, 2, 3, 4].map((day) => `shop.backup-2020010${day}T000000000Z.sqlite`)
  const files = new Set(old)
  const folder = {
    list: () => [...files].map((name) => ({ name, size_bytes: name === old[3] ? 2 : 1 })),
    read: () => new Uint8Array(1),
    write: (name) => void files.add(name),
    remove: (name) => void files.delete(name),
  }
  let room = 4
  const replace = () => {
    if (files.size > room) throw new CatalogError({ code: 'FULL', message: 'no room' })
  }
  const core = { checkOpen: () => {}, export: () => new Uint8Array(1), replace }
  const keeper = new Keeper(core, new Backups(folder, 'shop'))
  keeper.restore(old[0])
  const left = () => old.filter((name) => files.has(name))
  assert.deepEqual(left(), [old[2], old[3]], 'the last ones, when the data is there')
  room = 0
  assert.throws(() => keeper.restore(old[2]), /no room/)
  assert.deepEqual(left(), [old[2], old[3]])
})

// The file of a catalog with one unit, which was damaged after a copy was kept.
async function damagedShop(t) {
  const folder = folderFor(t)
  const file = join(folder, 'shop.sqlite')
  const db = await openCatalog({ file })
  db.uom.create({ name: 'pair' })
  db.replaceWith(db.export())
  db.close()
  const [backup] = copies(folder)
  const damaged = readFileSync(file).fill(7, 100, 12_000)
  writeFileSync(file, damaged)
  return { folder, file, backup, damaged }
}

test('a damaged file names its backups, opens from one, and is put aside', async (t) => {
  const { folder, file, backup, damaged } = await damagedShop(t)
  const error = await rejection(openCatalog({ file }), { code: 'CORRUPT' })
  assert.match(error.message, new RegExp(`option backup: .*${backup}`))
  await rejection(openCatalog({ file, backup: 'another' }), { code: 'NOT_FOUND' })
  assert.deepEqual(readFileSync(file), damaged)
  const mended = await openCatalog({ file, backup })
  assert.deepEqual(names(mended), ['pair'])
  mended.close()
  const aside = readdirSync(folder).find((name) => name.includes('.damaged-'))
  assert.deepEqual(readFileSync(join(folder, aside)), damaged)
})

// While `work` runs, `first` is called before these functions of Node's files, and may throw.
async function withFiles(names, first, work) {
  const mocks = names.map((name) => {
    const call = fs[name]
    return mock.method(fs, name, (...values) => {
      first()
      return call(...values)
    })
  })
  syncBuiltinESMExports()
  try {
    await work()
  } finally {
    for (const one of mocks) one.mock.restore()
    syncBuiltinESMExports()
  }
}

// While `work` runs, the call number `n` to a file fails; whether there was one.
async function failingAt(n, work) {
  let left = n
  const countDown = () => {
    if (left-- === 0) throw Object.assign(new Error('The device failed.'), { code: 'EIO' })
  }
  await withFiles(['writeSync', 'ftruncateSync', 'fdatasyncSync'], countDown, work)
  return left < 0
}

function failForRoom() {
  throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
}

test('a damaged file that there is no room to put aside stays, and that is said', async (t) => {
  const { file, backup, damaged } = await damagedShop(t)
  await withFiles(['renameSync'], failForRoom, () =>
    rejection(openCatalog({ file, backup }), { code: 'FULL' }, /put aside .* free some room/),
  )
  assert.deepEqual(readFileSync(file), damaged)
})

test('a damaged file that a backup finds no room in is put aside once, when it does', async (t) => {
  const { folder, file, backup } = await damagedShop(t)
  const cut = readFileSync(file).subarray(0, 5_000)
  writeFileSync(file, cut)
  const aside = () => readdirSync(folder).filter((name) => name.includes('.damaged-'))
  const fill = () => aside().length > 0 && failForRoom()
  for (let attempt = 0; attempt < 2; attempt++) {
    await withFiles(['writeSync'], fill, () =>
      rejection(openCatalog({ file, backup }), { code: 'FULL' }, /no room for the backup/),
    )
    assert.deepEqual([readFileSync(file), aside()], [cut, []])
  }
  const mended = await openCatalog({ file, backup })
  assert.deepEqual(names(mended), ['pair'])
  mended.close()
  assert.equal(aside().length, 1)
})

test('a file that could not be mended to its end is never a new catalog', async (t) => {
  const { file, backup, damaged } = await damagedShop(t)
  const close = async (opening) => {
    const mended = await opening
    assert.deepEqual(names(mended), ['pair'])
    mended.close()
    return null
  }
  const reopen = (options) => close(openCatalog({ file, ...options })).catch((error) => error)
  let calls = 0
  for (let wasReached = true; wasReached; calls++) {
    writeFileSync(file, damaged)
    wasReached = await failingAt(calls, () => reopen({ backup }))
    const error = await reopen()
    assert.ok(error === null || error.code === 'CORRUPT', `after ${calls} calls: ${error}`)
    assert.equal(await reopen({ backup }), null)
  }
  assert.ok(calls > 8, `${calls} calls`)
})

// The page of one row among many, far from the first ones, which say what there is.
function damageRows(file) {
  const bytes = readFileSync(file)
  const pageBytes = bytes.readUInt16BE(16)
  const at = bytes.indexOf('unit 1500')
  const start = at - (at % pageBytes)
  writeFileSync(file, bytes.fill(7, start, start + pageBytes))
  return readFileSync(file)
}

const many = Array.from({ length: 3_000 }, (_, i) => ({ name: `unit ${i}`, symbol: 'x' }))

for (const [entry, open] of [
  ['vitrine/sync', openCatalog],
  ['vitrine', openLater],
]) {
  test(`${entry}: damage that opening does not see is found before a copy is made`, async (t) => {
    const folder = folderFor(t)
    const file = join(folder, 'shop.sqlite')
    const db = await open({ file })
    await db.uom.createMany(many)
    await db.replaceWith(await db.export())
    await db.close()
    const [backup] = copies(folder)
    const old = 'shop.backup-20200101T000000000Z.sqlite'
    renameSync(join(folder, backup), join(folder, old))
    const damaged = damageRows(file)
    const error = await rejection(open({ file }), { code: 'CORRUPT' })
    assert.match(error.message, new RegExp(`option backup: .*${old}`))
    assert.deepEqual(copies(folder), [old])
    const mended = await open({ file, backup: old })
    assert.equal(await mended.uom.count(), 3_000)
    await mended.close()
    const aside = readdirSync(folder).find((name) => name.includes('.damaged-'))
    assert.equal(readFileSync(join(folder, aside)).length, damaged.length)
  })
}
