// CSV in and out: what spreadsheets write is read, what is wrong is named line by line.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exportArchive, exportCsv, exportJson, importArchive } from './support/installed.mjs'
import { importCsv, importJson } from './support/installed.mjs'
import { Random, seedOf } from './support/random.mjs'
import { openShop, opened, refusal, rejection, sizes } from './support/shop.mjs'

const units = (db) => db.uom.find().map(({ name, symbol }) => [name, symbol])

test('a file longer than a text can be is refused as that', async (t) => {
  const db = await openShop(t)
  // Half a gigabyte is too much for a test: the engine's refusal is put in.
  t.mock.method(TextDecoder.prototype, 'decode', () => {
    throw new Error('Cannot create a string longer than 0x1fffffe8 characters')
  })
  const file = Uint8Array.of(110)
  refusal(() => importCsv(db, 'uom', file), { code: 'RANGE', reason: 'too_big' }, /in parts/)
})

test('a file may have any line ends and delimiters, quotes and a byte order mark', async (t) => {
  const files = [
    'name,symbol\nkilogram,kg\n"a ""quoted"", b",\n',
    'name,symbol\r\nkilogram,kg\r\n"a ""quoted"", b",\r\n',
    'name,symbol\rkilogram,kg\r"a ""quoted"", b",\r',
    '\ufeffname;symbol\n\n"kilogram";"kg"\r\n"a ""quoted"", b";',
    '"name"\t"symbol"\nkilogram\tkg\n"a ""quoted"", b"\t\n  \n',
  ]
  for (const file of files) {
    for (const source of [file, new TextEncoder().encode(file)]) {
      const db = await opened(t)
      assert.deepEqual(importCsv(db, 'uom', source), { rows: 2, created: 2, issues: [] }, file)
      assert.deepEqual(units(db), [
        ['kilogram', 'kg'],
        ['a "quoted", b', null],
      ])
    }
  }
})

test('what ends a line may stand within quotes where another ends the lines', async (t) => {
  const ends = ['\r', '\n', '\r\n']
  for (const end of ends) {
    for (const within of ends) {
      const db = await opened(t)
      importCsv(db, 'uom', ['name,symbol', `"a${within}b",x`, `c,"${within}"`, ''].join(end))
      assert.deepEqual(units(db), [
        [`a${within}b`, 'x'],
        ['c', within],
      ])
    }
  }
})

test('columns are mapped, left out, and found through relations', async (t) => {
  const db = await openShop(t)
  const file = 'Art.,What,Shelf,Price\nPear,Soft,Fruit,1.20\nNail,Of steel,,0.10\n'
  const columns = { 'Art.': 'name', What: 'description', Shelf: 'category.name', Price: null }
  assert.equal(importCsv(db, 'product', file, { columns }).created, 2)
  const rows = db.product.find({ where: { id: { gt: 3 } }, include: { category: true } })
  assert.deepEqual(
    rows.map(({ name, category }) => [name, category?.name ?? null]),
    [
      ['Pear', 'Fruit'],
      ['Nail', null],
    ],
  )
})

test('every bad line is reported with its number, and nothing is imported', async (t) => {
  const db = await openShop(t)
  const before = sizes(db)
  const lines = [
    'name,description,category.name,category_id',
    'Pear,Soft,Fruit,',
    '"Plum\nand more",Sweet,Fruits,',
    'Apple,Crisp,Fruit,',
    'Nut,Hard',
    `Fig,${'x'.repeat(256)},,`,
    'Kiwi,Green,,two',
    'Lime,"Sour" x,,',
  ]
  const error = refusal(() => importCsv(db, 'product', lines.join('\n')), { code: 'IMPORT' })
  assert.deepEqual(
    error.issues.map(({ line, code }) => [line, code]),
    [
      [3, 'NOT_FOUND'],
      [5, 'UNIQUE'],
      [6, 'IMPORT'],
      [7, 'VALIDATION'],
      [8, 'VALIDATION'],
      [9, 'IMPORT'],
    ],
  )
  assert.deepEqual(
    [0, 1, 3].map((index) => error.issues[index].field),
    ['category.name', 'name', 'description'],
  )
  assert.match(error.message, /because of line 3: .*5 more/)
  assert.deepEqual(sizes(db), before)
  const report = importCsv(db, 'product', lines.slice(0, 3).join('\n'), { dryRun: true })
  assert.deepEqual([report.rows, report.created, report.issues.length], [1, 1, 1])
  assert.deepEqual(sizes(db), before)
})

test('rows that are there are bad lines, or are changed', async (t) => {
  const db = await openShop(t)
  const file = 'name,symbol\npair,pr\nloaf,\n'
  refusal(() => importCsv(db, 'uom', file), { code: 'IMPORT' })
  const report = importCsv(db, 'uom', file, { existing: 'update' })
  assert.deepEqual(report, { rows: 2, created: 1, issues: [] })
  assert.deepEqual(units(db), [
    ['pair', 'pr'],
    ['kilogram', 'kg'],
    ['loaf', null],
  ])
})

test('names may be exchanged between rows, and a key that is given counts', async (t) => {
  const db = await openShop(t)
  const update = { existing: 'update' }
  const swap = 'id,name\n1,kilogram\n2,pair\n3,box\n'
  assert.deepEqual(importCsv(db, 'uom', swap, update), { rows: 3, created: 1, issues: [] })
  assert.deepEqual(units(db), [
    ['kilogram', null],
    ['pair', 'kg'],
    ['box', null],
  ])
  const twice = 'name,symbol\ncrate,a\ncrate,b\n'
  assert.deepEqual(importCsv(db, 'uom', twice, update), { rows: 2, created: 1, issues: [] })
  const taken = 'id,name\n1,box\n9,pair\n'
  const { issues } = importCsv(db, 'uom', taken, { ...update, dryRun: true })
  assert.deepEqual(
    issues.map(({ line, code }) => [line, code]),
    [
      [2, 'UNIQUE'],
      [3, 'VALIDATION'],
    ],
  )
})

test('the words of pictures are changed in a file that names whose they are', async (t) => {
  const db = await openShop(t)
  const photo = { width: 3, height: 2, mimetype: 'image/png', order_index: 0 }
  for (const product_id of [1, 2]) db.product_photo.create({ ...photo, product_id })
  const columns = ['product.name', 'order_index', 'width', 'height', 'alt']
  const file = exportCsv(db, 'product_photo', { columns }).replaceAll('0,3,2,', '0,3,2,The sole')
  const update = { existing: 'update' }
  const report = importCsv(db, 'product_photo', file, update)
  assert.deepEqual(report, { rows: 2, created: 0, issues: [] })
  assert.equal(db.product_photo.count({ where: { alt: 'The sole' } }), 2)
  const stranger = file.replace('Rain boot', 'Nobody')
  const { issues } = importCsv(db, 'product_photo', stranger, { ...update, dryRun: true })
  assert.deepEqual(
    issues.map(({ line, code }) => [line, code]),
    [[3, 'NOT_FOUND']],
  )
})

test('an import in a transaction belongs to it, and takes back its own work only', async (t) => {
  const db = await openShop(t)
  db.transaction((tx) => {
    tx.uom.create({ name: 'box' })
    refusal(() => importCsv(tx, 'uom', 'name\nbag\nbox\n'), { code: 'IMPORT' })
    assert.equal(importJson(tx, { uom: [{ name: 'crate' }] }).created, 1)
    assert.equal(importCsv(tx, 'uom', 'name\nsack\n').created, 1)
    assert.equal(exportCsv(tx, 'uom', { columns: ['name'] }).split('\r\n').length, 7)
  })
  assert.deepEqual(db.uom.count(), 5)
  const undone = () => {
    throw new Error('no')
  }
  assert.throws(() => db.transaction((tx) => [importJson(tx, { uom: [{ name: 'x' }] }), undone()]))
  assert.deepEqual(db.uom.count(), 5)
})

test('what is no catalog is refused, and it is said what to give', async () => {
  const words = /\(\) takes an open catalog first, or a transaction of one\.$/
  const code = 'VALIDATION'
  for (const db of [null, undefined, {}, 'shop', Promise.resolve()]) {
    refusal(() => importCsv(db, 'uom', 'name\n'), { code }, words)
    refusal(() => exportCsv(db, 'uom'), { code }, words)
    refusal(() => importJson(db, {}), { code }, words)
    refusal(() => exportJson(db), { code }, words)
    await rejection(importArchive(db, new Map()), { code }, words)
    await rejection(exportArchive(db), { code }, words)
  }
})

test('what is no CSV of the model is refused before anything is read', async (t) => {
  const db = await openShop(t)
  const before = sizes(db)
  const refused = (expected, file, options) =>
    refusal(() => importCsv(db, 'uom', file, options), expected)
  refused({ code: 'IMPORT' }, '')
  refused({ code: 'IMPORT' }, '\n\n')
  refused({ code: 'IMPORT' }, Uint8Array.of(0xff, 0xfe, 0x6e, 0))
  refused({ code: 'IMPORT' }, Uint8Array.from(Buffer.from('name\ncaf\xe9\n', 'latin1')))
  refused({ code: 'IMPORT' }, 5)
  refused({ code: 'VALIDATION', path: 'columns.nme' }, 'nme\nx\n')
  refused({ code: 'VALIDATION', path: 'columns.symbol' }, 'name,symbol,symbol\na,b,c\n')
  refused({ code: 'VALIDATION', path: 'columns.Name' }, 'name\nx\n', { columns: { Name: 'name' } })
  refused({ code: 'VALIDATION', path: 'columns.name' }, 'name\nx\n', { columns: { name: 1 } })
  refused({ code: 'VALIDATION', path: 'existing' }, 'name\nx\n', { existing: 'replace' })
  refused({ code: 'VALIDATION', path: 'column' }, 'name\nx\n', { column: {} })
  refused({ code: 'VALIDATION', path: 'columns.__proto__' }, 'name,__proto__\na,b\n')
  const item = (header) => importCsv(db, 'product_item', `${header}\nx\n`)
  refusal(() => item('product.description'), { code: 'VALIDATION' })
  refusal(() => item('product.category.name'), { code: 'VALIDATION' })
  refusal(() => importCsv(db, 'nothing', 'a\n'), { code: 'VALIDATION', path: 'nothing' })
  assert.deepEqual(sizes(db), before)
})

test('text that a spreadsheet would run is guarded on the way out, and only there', async (t) => {
  const db = await opened(t)
  const names = ['=1+1', '+49', '-x', '@a', '\tb', "'=c", "'plain", 'a=b']
  db.uom.createMany(names.map((name) => ({ name })))
  const file = exportCsv(db, 'uom', { columns: ['name'] })
  const guarded = ["'=1+1", "'+49", "'-x", "'@a", `"'\tb"`, "''=c", "'plain", 'a=b']
  assert.equal(file, `name\r\n${guarded.join('\r\n')}\r\n`)
  const again = await opened(t)
  importCsv(again, 'uom', file)
  assert.deepEqual(
    again.uom.find().map(({ name }) => name),
    names,
  )
})

test('an only column may be blank, and a line without a cell is none', async (t) => {
  const db = await opened(t)
  const names = ['a', '', '\u2028', 'b', ' ', '\t', '\ufeff']
  db.uom.createMany(names.map((name) => ({ name })))
  const file = exportCsv(db, 'uom', { columns: ['name'] })
  assert.deepEqual(file.split('\r\n').slice(1, 4), ['a', '""', '"\u2028"'])
  const again = await opened(t)
  const { rows } = importCsv(again, 'uom', `${file}\r\n  \r\n\r\n`)
  assert.equal(rows, names.length)
  assert.deepEqual(
    again.uom.find().map(({ name }) => name),
    names,
  )
  const nothing = { code: 'VALIDATION', path: 'columns' }
  refusal(() => exportCsv(db, 'uom', { columns: [] }), nothing)
  refusal(() => exportCsv(db, 'uom', { columns: {} }), nothing)
})

test('numbers stay numbers: a negative one is no formula', async (t) => {
  const db = await opened(t)
  const blob = { sha256: 'a', mimetype: 'x', height: 1, size_bytes: 2, bytes: Uint8Array.of(1, 2) }
  db.image_blob.create({ ...blob, width: -5 })
  const file = exportCsv(db, 'image_blob')
  assert.equal(file.split('\r\n')[1], 'a,x,-5,1,2,AQI=')
  const again = await opened(t)
  importCsv(again, 'image_blob', file)
  assert.deepEqual(again.image_blob.find(), db.image_blob.find())
})

test('an export follows columns, where and orderBy, and reads back', async (t) => {
  const db = await openShop(t)
  const columns = { Name: 'name', Category: 'category.name', About: 'description' }
  const file = exportCsv(db, 'product', {
    columns,
    where: { category: { name: 'Boots' } },
    orderBy: [{ name: 'desc' }],
  })
  assert.equal(
    file,
    'Name,Category,About\r\nRain boot,Boots,Rubber\r\nHiking boot,Boots,Waterproof\r\n',
  )
  assert.equal(importCsv(db, 'product', file, { columns, existing: 'update' }).created, 0)
  refusal(() => exportCsv(db, 'product', { columns: ['nme'] }), { code: 'VALIDATION' })
  refusal(() => exportCsv(db, 'product', { where: { nme: 1 } }), { path: 'where.nme' })
})

test('random text goes out and comes back', async (t) => {
  const random = new Random(seedOf(t))
  const db = await opened(t)
  db.product.createMany(
    Array.from({ length: 1000 }, (_, index) => ({
      name: `${index}${random.text(30)}`,
      description: random.text(60),
    })),
  )
  const again = await opened(t)
  importCsv(again, 'product', exportCsv(db, 'product'))
  assert.deepEqual(again.product.find(), db.product.find())
})
