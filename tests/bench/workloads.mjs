// The workloads in the order of the table, and the ratios they are to reach. `times` names whose
// median is the measure: 'best' is the better of hand-written sql.js and the fastest ORM.

const calls = (name, most) => [
  { name: `sql.js: ${name}`, kind: 'calls', targets: [{ times: 'sqljs-calls', most }] },
]

const kOwn = 'kept:vitrine'
const beside = (times, most) => ({ lane: kOwn, times: `kept:${times}`, most })
const kept = [
  {
    name: 'one-row commit',
    targets: [beside('handle', 1.5), beside('sahpool', 0.5)],
  },
  { name: 'flushes per commit', unit: '', most: 1, targets: [] },
  { name: 'writes per commit', unit: '', most: 3, targets: [] },
  { name: 'bytes per commit', unit: 'bytes', targets: [] },
  {
    name: 'graph to the page',
    targets: [beside('in-thread', 1.3), beside('sqlocal', 1), beside('dexie', 1)],
  },
  { name: 'page held up', unit: 'of it', most: 0.5, targets: [] },
  // Of these two counts what 95 of 100 stay below.
  { name: 'get, there and back', part: 0.95, most: 1.5, targets: [] },
  { name: 'commit to live rows', part: 0.95, most: 20, targets: [] },
  { name: 'undo of 801 rows', most: 50, targets: [] },
  { name: 'reopen 100 MB', most: 150, targets: [] },
  { name: 'peak memory of the page', unit: 'MB', targets: [] },
].map((workload) => ({ kind: 'kept', of: kOwn, ...workload }))

const kPictures = 'kept:pictures'
const besideBare = (most) => [{ lane: kPictures, times: 'kept:bare-pictures', most }]
const pictures = [
  { name: 'photo of 12 megapixels', targets: besideBare(1.5) },
  { name: 'longest task meanwhile', most: 50, targets: [] },
  { name: '200 thumbnails painted', targets: besideBare(1.5) },
  { name: '1,000 pictures of 20 KB', targets: besideBare(1.2) },
  { name: 'graph with pictures', unit: 'times', most: 1.3, targets: [] },
].map((workload) => ({ kind: 'kept', of: kPictures, ...workload }))

export const workloads = [
  { name: 'cold start', kind: 'start', targets: [{ times: 'sqljs', most: 1 }] },
  { name: 'cold start, file checked', kind: 'checked', targets: [{ times: 'sqljs', most: 1 }] },
  { name: 'rows of one table', kind: 'read', targets: [{ times: 'best', most: 0.45 }] },
  {
    name: 'whole graph',
    kind: 'read',
    targets: [
      { times: 'best', most: 0.45 },
      { times: 'drizzle', most: 0.12 },
    ],
  },
  { name: '200 pages', kind: 'read', targets: [{ times: 'best', most: 0.4 }] },
  { name: '10,000 get by id', kind: 'read', targets: [{ times: 'best', most: 0.25 }] },
  { name: '10,000 get by name', kind: 'read', targets: [] },
  { name: 'top 3 per category', kind: 'read', targets: [] },
  { name: '200 searches', kind: 'read', targets: [] },
  { name: 'aggregate', kind: 'read', targets: [] },
  {
    name: 'createMany',
    kind: 'write',
    targets: [
      { times: 'best', most: 0.75 },
      { times: 'c', most: 1.3 },
    ],
  },
  {
    name: 'nested creates',
    kind: 'write',
    targets: [
      { times: 'sqljs', most: 1 },
      { times: 'drizzle', most: 0.15 },
    ],
  },
  { name: 'save graphs', kind: 'write', targets: [{ times: 'typeorm', most: 0.15 }] },
  {
    name: 'cascade delete',
    kind: 'write',
    targets: [
      { times: 'best', most: 1 },
      { times: 'c', most: 2 },
    ],
  },
  { name: 'peak memory', kind: 'memory', unit: 'MB', targets: [] },
  // Of the lanes that are sql.js's interface: `calls` says which.
  ...calls('exec', 0.6),
  ...calls('step and get', 1),
  ...calls('step and getAsObject', 0.6),
  ...calls('10,000 prepare and get', 1),
  ...calls('10,000 new texts', 1),
  ...calls('10,000 run', 1),
  ...calls('10,000 statement.run', 1),
  ...calls('create_function', 1),
  ...calls('export', 1),
  ...calls('open 100 MB', 1),
  // Of the lanes that keep their rows in the browser.
  ...kept,
  ...pictures,
  { name: 'bytes', kind: 'bytes', unit: 'kB', most: 450, targets: [] },
]

export const kOrms = ['drizzle', 'kysely', 'typeorm']

// Every lane, where it runs, and what it is.
export const lanes = [
  { name: 'vitrine', place: 'node' },
  { name: 'sqljs', place: 'node' },
  { name: 'sqlite-wasm', place: 'node' },
  { name: 'drizzle', place: 'node' },
  { name: 'kysely', place: 'node' },
  { name: 'typeorm', place: 'node' },
  { name: 'vitrine-sqljs', place: 'node', calls: true },
  { name: 'sqljs-calls', place: 'node', calls: true },
  { name: 'native', place: 'native' },
  { name: 'c', place: 'native' },
  { name: 'chromium:vitrine', place: 'chromium' },
  { name: 'chromium:sqljs', place: 'chromium' },
  { name: 'chromium:sqlite-wasm', place: 'chromium' },
  { name: 'chromium:dexie', place: 'chromium' },
  { name: 'kept:vitrine', place: 'kept' },
  { name: 'kept:in-thread', place: 'kept' },
  { name: 'kept:handle', place: 'kept' },
  { name: 'kept:asked-handle', place: 'kept' },
  { name: 'kept:sahpool', place: 'kept' },
  { name: 'kept:sqlocal', place: 'kept' },
  { name: 'kept:dexie', place: 'kept' },
  { name: 'kept:pictures', place: 'kept' },
  { name: 'kept:bare-pictures', place: 'kept' },
]
