// Rules about the words in a file: it opens with what it is for, and carries no mark of unfinished
// work and no address that only one machine knows.
import { existsSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import { root } from './files.mjs'

const kOpenings = {
  '.h': /^\/\/ \S/,
  '.cpp': /^\/\/ \S/,
  '.c': /^\/\/ \S/,
  '.ts': /^\/\/ \S/,
  '.mjs': /^(?:#!.*\n)?\/\/ \S/,
  '.css': /^\/\* ?\S/,
  '.cmake': /^# \S/,
  '.sh': /^#!.*\n# \S/,
}

export function openingComment(path, text) {
  const opening = kOpenings[extname(path)]
  if (!opening || opening.test(text)) return []
  return ['does not open with a comment that says what it is for']
}

// Spelt in two halves, so that this file does not carry what it forbids.
const kUnfinished = new RegExp(
  `\\b(?:${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'].join('|')})\\b`,
)
const kLeftOut = [
  /\b(?:test|it|describe|suite|t)\.(?:skip|only|todo)\b/,
  /[{,]\s*(?:skip|only|todo):\s*(?!false)\S/,
  /\bdoctest::(?:skip|may_fail|should_fail|expected_failures)\b/,
  /@ts-(?:ignore|nocheck)\b/,
]

export function unfinishedMarks(path, text) {
  return text.split('\n').flatMap((line, index) => {
    const mark = kUnfinished.exec(line)?.[0]
    return mark ? [`line ${index + 1} says ${mark}: finish it, or file an issue`] : []
  })
}

// For tests: nothing is switched off.
export function leftOutTests(path, text) {
  return text.split('\n').flatMap((line, index) => {
    const mark = kLeftOut.map((pattern) => pattern.exec(line)?.[0]).find(Boolean)
    return mark ? [`line ${index + 1} has ${mark}: fix it or delete it, never switch it off`] : []
  })
}

// npm writes addresses of one registry into the lock file unless told not to; a clone elsewhere
// then asks the wrong machine.
export function lockFileAddresses(path, text) {
  const packages = Object.entries(JSON.parse(text).packages)
  return packages
    .filter(([, facts]) => /^https?:/.test(facts.resolved ?? ''))
    .map(([name]) => `${name} has a registry's address; .npmrc says how npm leaves it out`)
}

// For Markdown: each relative link leads to a file of the checkout. `exists` answers for tests.
export function brokenLinks(path, text, exists = (file) => existsSync(join(root, file))) {
  return [...text.matchAll(/\]\(([^)\s#]+)[^)]*\)/g)]
    .map((match) => match[1])
    .filter((target) => !/^[a-z]+:/.test(target) && !exists(join(dirname(path), target)))
    .map((target) => `links to ${target}, which is not there`)
}
