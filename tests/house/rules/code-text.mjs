// The code of a C++ or TypeScript file without its comments and directives and without the insides
// of strings, so that rules about structure are not misled. It is a scanner, not a parser.

// Each alternative eats one thing whole; what is left is code. A regular expression literal is only
// seen after characters that cannot end an operand.
const kRawString = /R"([^()\\\s]{0,16})\([^]*?\)\1"/y
const kComment = /\/\/[^\n]*|\/\*[^]*?\*\//y
const kString = /"(?:\\[^]|[^"\\\n])*"|'(?:\\[^]|[^'\\\n])*'/y
const kTemplate = /`(?:\\[^]|[^`\\])*`/y
const kRegExp = /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[dgimsuvy]*/y
const kDirective = /(?<=^|\n)[ \t]*#(?:\\\n|[^\n])*/y
const kDigitSeparator = /(?<=[0-9a-fA-F])'(?=[0-9a-fA-F])/y

function matchAt(pattern, text, index) {
  pattern.lastIndex = index
  return pattern.exec(text)?.[0] ?? null
}

function newlinesOf(text) {
  return text.replace(/[^\n]/g, '')
}

function tokenAt(text, index, isScript, before) {
  const whole = matchAt(kComment, text, index)
  if (whole) return { whole, left: '' }
  const directive = isScript ? null : matchAt(kDirective, text, index)
  if (directive) return { whole: directive, left: '' }
  const raw = isScript ? null : matchAt(kRawString, text, index)
  if (raw) return { whole: raw, left: '""' }
  if (!isScript && matchAt(kDigitSeparator, text, index) !== null) return { whole: "'", left: '' }
  const quoted =
    matchAt(kString, text, index) ?? (isScript ? matchAt(kTemplate, text, index) : null)
  if (quoted) return { whole: quoted, left: '""' }
  const mayBeRegExp = isScript && /(?:^|[=(,:[!&|?{};\n]|return)\s*$/.test(before)
  const literal = mayBeRegExp ? matchAt(kRegExp, text, index) : null
  return literal && { whole: literal, left: '0' }
}

// `text` with the same lines: comments and directives gone, every string "", every regular
// expression 0.
export function codeOnly(path, text) {
  const isScript = /\.m?[jt]s$/.test(path)
  let code = ''
  for (let index = 0; index < text.length;) {
    const token = tokenAt(text, index, isScript, code.slice(-12))
    code += token ? token.left + newlinesOf(token.whole) : text[index]
    index += token ? token.whole.length : 1
  }
  return code
}
