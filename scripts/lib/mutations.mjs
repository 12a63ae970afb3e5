// Mutations of C++ source: small mistakes that a test should notice. Pure: text in, places out.

// Each kind: its name, what it looks for in a line of code, and what it writes instead, given what
// was found and the same piece of the line with its texts.
const kKinds = [
  {
    kind: 'flipped condition',
    pattern: /\bif \([^;]+\) (?=return\b|continue\b|\{)/g,
    to: (match, real) => `if (!${real.slice(3, -1)}) `,
  },
  {
    kind: 'flipped comparison',
    pattern: / (==|!=) /g,
    to: (m) => (m[1] === '==' ? ' != ' : ' == '),
  },
  { kind: 'moved bound', pattern: / (<|<=|>|>=) (?=[\w(])/g, to: (m) => kMovedBound[m[1]] },
  {
    kind: 'swapped connective',
    pattern: / (&&|\|\|) /g,
    to: (m) => (m[1] === '&&' ? ' || ' : ' && '),
  },
  { kind: 'off by one', pattern: / ([+-]) 1\b(?!\.)/g, to: (m) => ` ${m[1]} 2` },
  {
    kind: 'flipped truth',
    pattern: /(?<== |return )(true|false)(?=;)/g,
    to: (m) => String(m[1] === 'false'),
  },
  {
    kind: 'dropped call',
    pattern: /^( +)(?!return|throw|delete|using|CHECK|VITRINE_CHECK)[\w.>:*[\]-]+\([^;]*\);$/g,
    to: (m) => `${m[1]};`,
  },
]
const kMovedBound = { '<': ' <= ', '<=': ' < ', '>': ' >= ', '>=': ' > ' }

const kNoCode = /^\s*(\/\/|#|using |namespace |template|static_assert|constexpr )/

// The part of a line before its comment, with the contents of texts blanked, so that nothing is
// found in them; as long as the part it stands for.
export function codeOf(line) {
  const blanked = line.replace(/"(?:[^"\\]|\\.)*"/g, (text) => `"${'_'.repeat(text.length - 2)}"`)
  const comment = blanked.indexOf('//')
  return comment < 0 ? blanked : blanked.slice(0, comment)
}

// Every mutation of `text`: { kind, line (the first is 1), before, after }, the last two one line.
export function mutationsOf(text) {
  const found = []
  text.split('\n').forEach((before, index) => {
    if (kNoCode.test(before)) return
    const code = codeOf(before)
    for (const { kind, pattern, to } of kKinds) {
      for (const match of code.matchAll(pattern)) {
        const end = match.index + match[0].length
        const made = to(match, before.slice(match.index, end))
        const after = before.slice(0, match.index) + made + before.slice(end)
        found.push({ kind, line: index + 1, before, after })
      }
    }
  })
  return found
}

// `text` with one mutation made. Fails when it is not of this text.
export function mutated(text, { line, before, after }) {
  const lines = text.split('\n')
  if (lines[line - 1] !== before) throw new Error(`line ${line} is not what was to be changed`)
  lines[line - 1] = after
  return lines.join('\n')
}

// Numbers from 0 to 1, the same ones for the same seed (mulberry32).
function randomFrom(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

// `items` in an order that the seed decides.
export function shuffled(items, seed) {
  const random = randomFrom(seed)
  const all = [...items]
  for (let last = all.length - 1; last > 0; --last) {
    const other = Math.floor(random() * (last + 1))
    ;[all[last], all[other]] = [all[other], all[last]]
  }
  return all
}
