// The reasons that failures give, finer than their codes: read from the sources that throw them, in
// C++ and in TypeScript, and from the tables of the documentation. It parses neither language: a
// reason is a literal that is assigned to `reason`, or given to a function that takes one.

const kWord = /["']([a-z]+(?:_[a-z]+)*)["']/

// Comments are whole lines here.
const withoutComments = (text) => text.replace(/^\s*(?:\/\/|\/?\*).*$/gm, '')

// The arguments of a call (or the parameters of a function), from behind its bracket on.
function listFrom(text, from) {
  const items = ['']
  let depth = 0
  let quote = ''
  for (let at = from; at < text.length; at++) {
    const letter = text[at]
    if (quote !== '') {
      if (letter === '\\') items[items.length - 1] += text[at++]
      else if (letter === quote) quote = ''
    } else if (`"'\``.includes(letter)) quote = letter
    else if ('([{'.includes(letter)) depth++
    else if (')]}'.includes(letter) && depth-- === 0) break
    else if (letter === ',' && depth === 0) {
      items.push('')
      continue
    }
    items[items.length - 1] += text[at]
  }
  return items.map((item) => item.trim())
}

const kParameter = /(?:std::string|std::string_view|const char\*) reason$|^reason(?:: string| = '')/

// Which functions take a reason, and at which place.
function takers(text) {
  const found = new Map()
  for (const call of text.matchAll(/\b(\w+)\(/g)) {
    const place = listFrom(text, call.index + call[0].length).findIndex((one) =>
      kParameter.test(one),
    )
    if (place >= 0) found.set(call[1], place)
  }
  return found
}

// What is shared: declared in a header, or exported.
function isShared(path, text, name) {
  return path.endsWith('.h') || text.includes(`export function ${name}(`)
}

function givenTo(text, name, place) {
  const calls = [...text.matchAll(new RegExp(`\\b${name}\\(`, 'g'))]
  return calls.map((call) => listFrom(text, call.index + call[0].length)[place] ?? '')
}

// The word itself, that of a constant, or null where a reason is only passed on.
function wordOf(argument, constants) {
  if (argument === '' || kParameter.test(argument) || /\breason\)?$/.test(argument)) return null
  return kWord.exec(argument)?.[1] ?? constants.get(argument) ?? `? ${argument}`
}

// Every reason that `files` ({ path, text }) give, once each; "? x" for one that cannot be read.
export function reasonsOfSources(files) {
  const sources = files.map(({ path, text }) => ({ path, text: withoutComments(text) }))
  const shared = new Map()
  const constants = new Map()
  for (const { path, text } of sources) {
    for (const [name, place] of takers(text))
      if (isShared(path, text, name)) shared.set(name, place)
    for (const one of text.matchAll(/\b(k\w+) = ("[a-z_]+");/g))
      constants.set(one[1], kWord.exec(one[2])?.[1])
  }
  const words = sources.flatMap(({ text }) => {
    const assigned = [...text.matchAll(/\breason\s*[:=]\s*(["'][a-z_]+["'])/g)].map(([, it]) => it)
    const given = [...shared, ...takers(text)].flatMap(([name, place]) =>
      givenTo(text, name, place),
    )
    // A table of advice, whose reason may be empty.
    const isTable = /const char\* reason;/.test(text)
    const rows = isTable ? [...text.matchAll(/return \{(?:Code::\w+, )?("[a-z_]+"),/g)] : []
    const found = [...assigned, ...given, ...rows.map(([, it]) => it)]
    return found.map((argument) => wordOf(argument, constants))
  })
  return [...new Set(words.filter((word) => word !== null))].sort()
}

// The words in the first cells of the tables that are headed "reason".
export function reasonsOfDocs(text) {
  const tables = text.matchAll(/^\| reason \|.*\n\|[-|]+\|\n((?:\|.*\n?)+)/gm)
  const cells = [...tables].flatMap(([, rows]) => rows.match(/^\| [^|]+/gm))
  return [...new Set(cells.flatMap((cell) => cell.match(/(?<=`)[a-z_]+(?=`)/g) ?? []))].sort()
}
