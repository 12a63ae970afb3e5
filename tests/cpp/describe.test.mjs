// The program that `npm run generate` asks says what is wrong with the models, not only that
// something is: whoever runs it has just changed them.
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { inRoot } from '../../scripts/lib/paths.mjs'
import { mustRun, run } from '../../scripts/lib/run.mjs'

let folder
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-describe-'))
})
after(() => rm(folder, { recursive: true }))

// Stands in for the catalog's own: a model whose author forgot the key.
const kModels = `#include "orm/session/relations.h"
namespace vitrine::catalog {
struct Crate : declare::Base<Crate> {
  static constexpr const char* tablename = "crate";
  declare::Column<declare::Integer> id = {this, "id"};
};
inline Registry declare_models() {
  Registry registry;
  declare::declare<Crate>(registry);
  return registry;
}
inline Registry make_registry() {
  Registry registry = declare_models();
  registry.resolve_own();
  return registry;
}
}
`

const kRooms = ['session', 'query', 'schema', 'sqlite', 'base', 'sqlite3']

test('a mistake in a model is named, with its place, and nothing is described', async () => {
  await mkdir(join(folder, 'catalog'))
  await writeFile(join(folder, 'catalog', 'models.h'), kModels)
  const program = join(folder, 'describe')
  const libraries = kRooms.map((room) => inRoot('build', 'native-asan', `libvitrine_${room}.a`))
  const includes = [`-I${folder}`, `-I${inRoot('src')}`]
  const flags = ['-std=c++20', '-fsanitize=address,undefined', ...includes, '-o', program]
  const compiler = process.env.CXX ?? 'c++'
  await mustRun(compiler, [...flags, inRoot('tools', 'describe.cpp'), ...libraries])
  assert.deepEqual(await run(program, []), {
    code: 1,
    output:
      'The registry has 1 mistake:\n' +
      '  Crate: it has no primary key; declare at least one column with primary_key.\n',
    timedOut: false,
  })
})
