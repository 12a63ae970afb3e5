// The pages of the API are made of the comments in the sources: every type that they speak of is on
// them, and every link leads somewhere.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { root } from './support/installed.mjs'

const run = promisify(execFile)

test('typedoc makes the pages of the API without a warning', async (t) => {
  const typedoc = join(root, 'node_modules', 'typedoc', 'bin', 'typedoc')
  const json = join(root, 'build', `api-${process.pid}.json`)
  t.after(() => rm(json, { force: true }))
  const options = ['--options', 'web/package/typedoc.json', '--json', json]
  await run(process.execPath, [typedoc, ...options], { cwd: root })
  const names = JSON.parse(await readFile(json, 'utf8')).children.map(({ name }) => name)
  for (const entry of ['sync', 'csv', 'json', 'archive', 'types/catalog'])
    assert.ok(names.includes(entry))
})
