// `npm run generate`: writes what is generated from the models of src/catalog/models.h. The
// registry's description goes to docs/models.json, and from that come the other files. The table of
// letters that search folds is written too.
// With --check nothing is written: it fails when a file is not what it should be.
import { readFileSync, writeFileSync } from 'node:fs'
import { build } from './lib/builds.mjs'
import { makeFoldTable } from './lib/fold-table.mjs'
import { inRoot } from './lib/paths.mjs'
import { mustRun } from './lib/run.mjs'
import { Advice, runMain, say } from './lib/say.mjs'
import { setUp } from './lib/setup.mjs'
import { descriptionText, filesFrom, kDescriptionFile } from './generate/files.mjs'

function found(path) {
  try {
    return readFileSync(inRoot(path), 'utf8')
  } catch {
    return ''
  }
}

await runMain(async () => {
  await setUp()
  await build(['describe'])
  const description = JSON.parse(await mustRun(inRoot('build/native-asan/vitrine_describe'), []))
  const files = [
    { path: kDescriptionFile, text: descriptionText(description) },
    ...filesFrom(description),
    { path: 'src/base/fold_table.cpp', text: makeFoldTable() },
  ]
  const stale = files.filter(({ path, text }) => found(path) !== text)
  if (process.argv.includes('--check') && stale.length > 0) {
    const names = stale.map(({ path }) => path).join(', ')
    throw new Advice(`Not what the models say: ${names}. Run npm run generate.`)
  }
  for (const { path, text } of stale) {
    writeFileSync(inRoot(path), text)
    say(`${path} is written`)
  }
  if (stale.length === 0) say('Every generated file is what the models say.')
})
