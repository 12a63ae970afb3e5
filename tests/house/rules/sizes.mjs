// How long files, lines and functions may be. The ceilings are those of CONTRIBUTING.md.
import { extname } from 'node:path'
import { codeOnly } from './code-text.mjs'

export const kMaxLines = { '.h': 400, '.cpp': 500, '.c': 500, '.ts': 350, '.mjs': 350, '.css': 500 }
export const kMaxFunctionLines = 60
export const kMaxLineLength = 100

const kBlocks = new Set(['if', 'for', 'while', 'switch', 'catch', 'TEST_SUITE', 'describe'])

export function fileLength(path, text) {
  const most = kMaxLines[extname(path)]
  const lines = text.split('\n').length - 1
  return most && lines > most ? [`${lines} lines, and ${most} is the ceiling; split it`] : []
}

export function lineLengths(path, text) {
  return text.split('\n').flatMap((line, index) => {
    const length = [...line].length
    return length > kMaxLineLength ? [`line ${index + 1} has ${length} characters`] : []
  })
}

// The word before the parenthesis that closes `header`, or null when it closes none: "f" in
// "int f(int a) const noexcept", "if" in "else if (a)", "" in "[&](int a)".
function calleeOf(header) {
  // What may stand between the parenthesis and the brace: const, noexcept, a return type.
  const tail = /\)[^();,=]*$/.exec(header)
  if (!tail) return null
  let depth = 0
  for (let index = tail.index; index >= 0; index--) {
    if (header[index] === ')') depth++
    if (header[index] === '(' && --depth === 0) {
      return /(\w*)\s*$/.exec(header.slice(0, index))[1]
    }
  }
  return null
}

function opensFunction(whole) {
  const header = whole.replace(/<[^<>]*>/g, '')
  if (/\bdescribe\(/.test(header)) return false
  if (/=>\s*$/.test(header)) return true
  if (/^\s*(?:export\s+)?(?:namespace|class|struct|enum|union|interface|extern)\b/.test(header)) {
    return false
  }
  const callee = calleeOf(header)
  return callee !== null && !kBlocks.has(callee)
}

// Every function of `code`, lambdas and arrow functions too, as { line, lines, header }.
export function functionsOf(code) {
  const open = []
  const found = []
  let line = 1
  let headerStart = 0
  for (let index = 0; index < code.length; index++) {
    const character = code[index]
    if (character === '\n') line++
    if (character === '{') {
      open.push({ line, header: code.slice(headerStart, index) })
    } else if (character === '}') {
      const block = open.pop()
      if (block && opensFunction(block.header))
        found.push({ ...block, lines: line - block.line + 1 })
    }
    // Inside parentheses a semicolon parts the three pieces of a for loop, which does no harm here:
    // the piece that stays still ends with the closing parenthesis, whose callee is then unknown.
    if (';{}'.includes(character)) headerStart = index + 1
  }
  return found
}

export function functionLengths(path, text) {
  return functionsOf(codeOnly(path, text))
    .filter(({ lines }) => lines > kMaxFunctionLines)
    .map(({ line, lines }) => `the function at line ${line} has ${lines} lines`)
}
