// The command that runs scenarios; the program is the build called "oracle".
import { join } from 'node:path'
import { inRoot } from './paths.mjs'

const kProgram = inRoot('build/native-asan/vitrine_oracle')

// The files of scenarios, by name. core, ext, image and variations were recorded from SQLAlchemy
// 1.4; words has what they leave unsaid of the vocabulary, written by hand.
export const scenarioFiles = ['core', 'ext', 'image', 'variations', 'words']

export function oracleCommand(scenarios, out, program = kProgram) {
  const data = ['schema.json', 'ext_models.json', 'image_models.json'].map((name) =>
    inRoot('tests', 'oracle', name),
  )
  return [program, ...data, scenarios, out]
}

export const scenarioPath = (name) => join(inRoot('tests', 'oracle'), `${name}.json`)
