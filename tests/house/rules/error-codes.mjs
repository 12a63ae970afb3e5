// The error codes, read from the three places that list them: C++, the documentation, TypeScript.

// The codes of `enum class Code` in src/base/error.h, in capitals.
export function codesOfHeader(text) {
  const body = /enum class Code \{([^}]*)\}/.exec(text)?.[1] ?? ''
  return [...body.matchAll(/^\s*(\w+),?$/gm)].map((match) => match[1].toUpperCase())
}

// The codes that docs/errors.md explains: its headings of the form "### UNIQUE".
export function codesOfDocs(text) {
  return [...text.matchAll(/^### ([A-Z_]+)$/gm)].map((match) => match[1])
}

// The members of the union `type ErrorCode` in the package's sources, or null where it is not.
export function codesOfTypeScript(text) {
  const body = /\btype ErrorCode\s*=((?:\s*\|?\s*'\w+')+)/.exec(text)?.[1]
  return body === undefined ? null : [...body.matchAll(/'([A-Z_]+)'/g)].map((match) => match[1])
}

// What `codes` lacks of `wanted`, has too much, or has twice; `what` says what one of them is.
export function differences(codes, wanted, what = 'code') {
  return [
    ...wanted.filter((code) => !codes.includes(code)).map((code) => `${code} is missing`),
    ...codes.filter((code) => !wanted.includes(code)).map((code) => `${code} is not a ${what}`),
    ...codes
      .filter((code, index) => codes.indexOf(code) !== index)
      .map((code) => `${code} is there twice`),
  ]
}
