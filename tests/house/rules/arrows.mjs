// Which room may look into which. A room that is not in the table may look at nothing.
import { posix } from 'node:path'

const base = ['base']
const query = [...base, 'orm/schema']
const session = [...query, 'orm/query', 'sqlite']
const catalog = [...session, 'orm/session', 'image']

// C++: the rooms whose headers a room includes, beside its own.
export const cppArrows = {
  'src/base': [],
  'src/sqlite': base,
  'src/image': base,
  'src/orm/schema': base,
  'src/orm/query': query,
  'src/orm/session': session,
  'src/catalog': catalog,
  bindings: [...catalog, 'catalog'],
}

// Headers from outside that only some rooms may include.
const foreignHeaders = [
  // Tests look underneath: they count statements and make storage and memory fail.
  { pattern: /^sqlite3/, rooms: ['src/sqlite', 'tests'], why: 'only src/sqlite talks to SQLite' },
  {
    pattern: /^emscripten/,
    rooms: ['bindings', 'src/base'],
    why: 'bindings/ is the bridge; src/base has what differs between platforms',
  },
  { pattern: /^doctest/, rooms: ['tests'], why: 'only tests include doctest' },
]

// TypeScript: the packages a room may import by name.
export const packageArrows = {
  // #name: the package's own conditional imports, in its package.json.
  'web/package': [/^node:/, /^#/, /^papaparse$/, /^sharp$/, /^react$/],
  'web/demo': [/^vitrine(?:\/sync|\/react|\/sqljs|\/archive)?$/, /^lit(?:\/.*)?$/],
}

// The page: the folders of its src that a folder imports, beside its own.
export const pageArrows = {
  'web/demo/src/catalog': [],
  'web/demo/src/state': ['catalog'],
  'web/demo/src/views': ['catalog', 'state'],
}

const roomNames = Object.keys(cppArrows).sort((a, b) => b.length - a.length)

function roomOf(path, names) {
  return names.find((name) => path.startsWith(`${name}/`))
}

// The room of src/ that an include names: "orm/query" for "orm/query/plan.h".
function includedRoom(include) {
  const room = roomOf(`src/${include}`, roomNames)
  return room && room.slice('src/'.length)
}

function includeFinding(path, room, include) {
  const foreign = foreignHeaders.find(({ pattern }) => pattern.test(include))
  if (foreign) {
    const isAllowed = foreign.rooms.some((name) => path.startsWith(`${name}/`))
    return isAllowed ? [] : [`includes ${include}, but ${foreign.why}`]
  }
  if (include.startsWith('.')) return [`includes ${include}: name the room, as in "base/error.h"`]
  const target = includedRoom(include)
  if (!room || !target || room === `src/${target}`) return []
  return cppArrows[room].includes(target) ? [] : [`includes ${include}, but ${room} may not`]
}

export function includeArrows(path, text) {
  const room = roomOf(path, roomNames)
  if (path.startsWith('src/') && !room) return ['is in src/ but in no room of the table']
  return [...text.matchAll(/^\s*#\s*include\s+[<"]([^>"]+)[>"]/gm)].flatMap((match) =>
    includeFinding(path, room, match[1]),
  )
}

// What a script imports, types and what is loaded later too; the name is the second group.
export const kImport = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\(\s*)(['"])([^'"\n]+)\1/g

const kPage = 'web/demo/src/'

// Whether a file of the page looks up: into a folder that is none of its own.
function looksUp(path, target) {
  const room = roomOf(path, Object.keys(pageArrows))
  if (!room || !target.startsWith(kPage) || target.startsWith(`${room}/`)) return false
  return !pageArrows[room].includes(target.slice(kPage.length).split('/')[0])
}

function importFinding(path, room, name) {
  if (name.startsWith('.')) {
    const target = posix.normalize(posix.join(posix.dirname(path), name))
    if (looksUp(path, target)) return [`imports ${name}, which ${posix.dirname(path)} may not`]
    if (room) return target.startsWith(`${room}/`) ? [] : [`imports ${name}, outside of ${room}`]
    const isWeb = target.startsWith('web/') && path.startsWith('tests/')
    return isWeb ? [`imports ${name}: tests use the built package by its public name`] : []
  }
  if (!room) return []
  const isAllowed = packageArrows[room].some((pattern) => pattern.test(name))
  return isAllowed ? [] : [`imports ${name}, which ${room} may not`]
}

// Only what the page and the package ship is held to packages; their build settings are not.
export function importArrows(path, text) {
  const room = roomOf(path, Object.keys(packageArrows))
  if (room && !path.startsWith(`${room}/src/`)) return []
  return [...text.matchAll(kImport)].flatMap((match) => importFinding(path, room, match[2]))
}
