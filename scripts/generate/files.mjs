// The files that are generated from the models, and how. Pure, but for reading docs/models.json,
// which a native test compares with the registry.
import { readFileSync } from 'node:fs'
import { inRoot } from '../lib/paths.mjs'
import { descriptionModule } from './description.mjs'
import { docsText } from './docs.mjs'
import { typesText } from './types.mjs'

export const kDescriptionFile = 'docs/models.json'

const makers = [
  { path: 'web/package/src/generated/models.ts', text: typesText },
  { path: 'web/package/src/generated/description.ts', text: descriptionModule },
  { path: 'docs/models.md', text: docsText },
]

// Each generated file with the text it must have for this description.
export function filesFrom(description) {
  return makers.map(({ path, text }) => ({ path, text: text(description) }))
}

// A list of facts, one a line, so that a change of a model is a change of its lines.
function factLines(facts) {
  if (facts.length === 0) return '[]'
  const lines = facts.map((fact) => `        ${JSON.stringify(fact)}`)
  return `[\n${lines.join(',\n')}\n      ]`
}

const kLists = ['columns', 'relationships']

function modelText(model) {
  const members = Object.entries(model).map(([name, value]) => {
    const text = kLists.includes(name) ? factLines(value) : JSON.stringify(value)
    return `      ${JSON.stringify(name)}: ${text}`
  })
  return `    {\n${members.join(',\n')}\n    }`
}

// The description as text: the JSON of db.describe(), laid out for reading.
export function descriptionText(description) {
  return `{\n  "models": [\n${description.models.map(modelText).join(',\n')}\n  ]\n}\n`
}

// The description that the other files are made from.
function readDescription() {
  return JSON.parse(readFileSync(inRoot(kDescriptionFile), 'utf8'))
}

// For the house rules: path, and make(), which gives the text the file must have.
export const generatedFromModels = makers.map(({ path, text }) => ({
  path,
  make: () => text(readDescription()),
}))
