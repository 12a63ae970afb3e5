// Circles of imports: files that lead back to themselves. Imports of types count, because who wants
// to understand one file of a circle has to read all of them.
import { posix } from 'node:path'
import { kImport } from './arrows.mjs'

// The files among `paths` that `name` can mean in `path`: TypeScript imports x.ts as x.js or as x,
// and in Node x.node.ts stands in for x.ts.
function imported(path, name, paths) {
  const whole = posix.join(posix.dirname(path), name)
  const bare = whole.replace(/\.js$/, '')
  return [whole, `${bare}.ts`, `${bare}.node.ts`].filter((one) => paths.has(one))
}

// The circles in `files` ({ path, text }), as lines "a -> b -> a".
export function importCircles(files) {
  const texts = new Map(files.map(({ path, text }) => [path, text]))
  const done = new Set()
  const circles = []
  const walk = (path, way) => {
    if (way.includes(path)) circles.push([...way.slice(way.indexOf(path)), path].join(' -> '))
    if (way.includes(path) || done.has(path)) return
    const names = [...texts.get(path).matchAll(kImport)].map(([, , name]) => name)
    const local = names.filter((name) => name.startsWith('.'))
    for (const next of new Set(local.flatMap((name) => imported(path, name, texts)))) {
      walk(next, [...way, path])
    }
    done.add(path)
  }
  for (const path of texts.keys()) walk(path, [])
  return circles
}
