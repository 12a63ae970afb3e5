// What must not compile: queries that name a member of another model, or one that is not there,
// values of another type, and declarations of what there is not. Two programs are compiled, one of
// what is right and one of all that is wrong: the compiler must point at every line of the second.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { inRoot } from '../../scripts/lib/paths.mjs'

let folder
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-refused-'))
})
after(() => rm(folder, { recursive: true }))

const kHead = [
  '#include "catalog/models.h"',
  '#include "orm/session/typed_query.h"',
  'using namespace vitrine::catalog;',
  'using vitrine::declare::column, vitrine::declare::relation, vitrine::declare::loading;',
]

const functionOf = (line, index) =>
  `void f${index}(vitrine::Session& session, Product& product, Category& category, UOM& uom)` +
  ` { auto query = session.query<Product>(); ${line} }`

// What the compiler says of a program of such functions; empty when it accepts it. The first of
// them is on the line after the head.
async function complaints(name, lines) {
  const path = join(folder, name)
  await writeFile(path, [...kHead, ...lines.map(functionOf), ''].join('\n'))
  const compiler = process.env.CXX ?? 'c++'
  const args = ['-std=c++20', '-fsyntax-only', `-I${inRoot('src')}`, path]
  return new Promise((resolve) => {
    execFile(compiler, args, (error, _stdout, stderr) => resolve(error ? stderr : ''))
  })
}

test('queries and assignments by the members of their models compile', async () => {
  const said = await complaints('right.cpp', [
    'query.where(column(&Product::name) == "Boot");',
    'query.where(relation(&Product::category).has(column(&Category::name) == "Boots"));',
    'query.load(&Product::product_items).order_by(column(&Product::name).ascending());',
    'query.load(loading(&Product::product_items).limit(3).load(&Product_Item::uom));',
    'query.after(product).totals().by(column(&Product::name)).count().all();',
    'vitrine::declare::default_value(0); vitrine::declare::default_value(2.5);',
    'vitrine::declare::cascade("delete, all"); vitrine::declare::ForeignKey("category.id");',
    'product.category_id = 1; product.category = category; category.products.append(product);',
  ])
  assert.equal(said, '')
})

const kRefused = {
  'a column that the model has not': 'query.where(column(&Product::colour) == "red");',
  'a column of another model': 'query.where(column(&Category::name) == "Boots");',
  'a condition of another model in has()':
    'query.where(relation(&Product::category).has(column(&UOM::name) == "pair"));',
  'loading a relation of another model': 'query.load(&Category::products);',
  'a condition on what an object refers to':
    'query.load(loading(&Product::category).where(column(&Category::name) == "Boots"));',
  'a limit of what an object refers to': 'query.load(loading(&Product::category).limit(1));',
  'ordering by a column of another model': 'query.order_by(column(&UOM::name).ascending());',
  'grouping by a column of another model': 'query.totals().by(column(&UOM::name));',
  'a page after an object of another model': 'query.after(category);',
  'text for a number': 'product.category_id = "one";',
  'an object of another model as a parent': 'product.category = uom;',
  'an object of another model in a collection': 'category.products.append(uom);',
  'a cascade that there is not': 'vitrine::declare::cascade("delete, al");',
  'a foreign key that names no column': 'vitrine::declare::ForeignKey("category");',
}

test('wrong names, models and types do not compile', async () => {
  const said = await complaints('wrong.cpp', Object.values(kRefused))
  const accepted = Object.keys(kRefused).filter(
    (_, index) => !said.includes(`wrong.cpp:${kHead.length + 1 + index}:`),
  )
  assert.match(said, /error:/)
  assert.deepEqual(accepted, [])
})
