// What is generated from a description of models: types, docs and the description's own layout.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { deletedWith, docsText } from '../../scripts/generate/docs.mjs'
import { descriptionText } from '../../scripts/generate/files.mjs'
import { typesText } from '../../scripts/generate/types.mjs'

const kId = { name: 'id', type: 'integer', primary_key: true }

function model(name, columns, relationships = [], more = {}) {
  const table = name.toLowerCase()
  return { name, table, columns: [kId, ...columns], relationships, primary_key: ['id'], ...more }
}

function refersTo(table, more = {}) {
  const foreign_key = { table, column: 'id', on_delete: 'cascade', ...more }
  return { name: `${table}_id`, type: 'integer', foreign_key }
}

// The lines of one interface of the types made for these models.
function lines(models, name) {
  const text = typesText({ models })
  const start = text.indexOf(`export interface ${name} {\n`)
  assert.ok(start >= 0, `${name} is not there`)
  const body = text.slice(start, text.indexOf('\n}\n', start))
  return body
    .split('\n')
    .slice(1)
    .map((line) => line.trim())
}

const columnsOf = (...columns) => [model('Thing', columns)]

test('every type of column is read and given as its own type', () => {
  const types = ['real', 'string', 'text', 'boolean', 'datetime', 'blob', 'json']
  const columns = types.map((type) => ({ name: type, type, not_null: true }))
  assert.deepEqual(lines(columnsOf(...columns), 'ThingRow').slice(1), [
    'real: number',
    'string: string',
    'text: string',
    'boolean: boolean',
    'datetime: string',
    'blob: Uint8Array<ArrayBuffer>',
    'json: unknown',
  ])
  assert.equal(lines(columnsOf(...columns), 'ThingData')[5], 'datetime: string | Date')
})

test('a column is optional when the catalog can do without it', () => {
  const models = columnsOf(
    { name: 'required', type: 'text', not_null: true },
    { name: 'nullable', type: 'text' },
    { name: 'given', type: 'text', not_null: true, default: '' },
    { name: 'kept', type: 'integer', not_null: true, server_default: '7' },
    { name: 'version', type: 'integer', not_null: true, version_counter: true },
    { ...refersTo('other'), not_null: true },
  )
  assert.deepEqual(lines(models, 'ThingData'), [
    'id?: number',
    'required: string',
    'nullable?: string | null',
    'given?: string',
    'kept?: number',
    'version?: number',
    'other_id?: number',
  ])
})

test('what is computed is read and never given; a count is never null', () => {
  const sum = { add: [{ column: 'id' }, { literal: 1 }] }
  const models = columnsOf(
    { name: 'parts', type: 'integer', computed: { count_of: 'pieces' } },
    { name: 'total', type: 'integer', computed: { expression: sum } },
  )
  assert.deepEqual(lines(models, 'ThingRow').slice(1), ['parts: number', 'total: number | null'])
  assert.deepEqual(lines(models, 'ThingData'), ['id?: number'])
  assert.ok(lines(models, 'ThingFacts').includes('mutable: never'))
})

test('keys and version counters do not change; unique names the columns beside the key', () => {
  const models = columnsOf(
    { name: 'code', type: 'text', not_null: true, unique: true },
    { name: 'version', type: 'integer', version_counter: true },
  )
  const facts = lines(models, 'ThingFacts')
  assert.ok(facts.includes("key: 'id'"))
  assert.ok(facts.includes("unique: 'code'"))
  assert.ok(facts.includes("mutable: 'code'"))
})

test('a key of several columns must be given', () => {
  const columns = ['width', 'height'].map((name) => ({ name, type: 'integer', primary_key: true }))
  const size = { ...model('Size', [], []), columns, primary_key: ['width', 'height'] }
  assert.deepEqual(lines([size], 'SizeData'), ['width: number', 'height: number'])
  assert.ok(lines([size], 'SizeFacts').includes("key: 'width' | 'height'"))
})

test('a relation is one or many, and one may be null when its key may', () => {
  const relation = (name, direction, more = {}) => {
    return { name, target: 'Other', direction, foreign_keys: ['other_id'], ...more }
  }
  const relations = [
    relation('up', 'many_to_one'),
    relation('down', 'one_to_many'),
    relation('single', 'one_to_many', { uselist: false }),
    relation('across', 'many_to_many'),
  ]
  const of = (key) => lines([model('Thing', [key], relations), model('Other', [])], 'ThingFacts')
  const free = of(refersTo('other'))
  assert.ok(free.includes("up: { one: 'other'; nullable: true }"))
  assert.ok(free.includes("down: { many: 'other' }"))
  assert.ok(free.includes("single: { one: 'other'; nullable: true }"))
  assert.ok(free.includes("across: { many: 'other' }"))
  const bound = of({ ...refersTo('other'), not_null: true })
  assert.ok(bound.includes("up: { one: 'other'; nullable: false }"))
})

test('tables of links have no types', () => {
  const models = [model('Thing', []), model('Links', [], [], { link_table: true })]
  assert.deepEqual(lines(models, 'SeedModels'), ['thing: ThingFacts'])
})

test('a union that is too long for a line is written as the formatter does', () => {
  const names = ['first', 'second', 'third'].map((name) => `${name}_${'x'.repeat(28)}`)
  const columns = names.map((name) => ({ name, type: 'text' }))
  const facts = lines(columnsOf(...columns), 'ThingFacts')
  const start = facts.indexOf('mutable:')
  assert.deepEqual(
    facts.slice(start + 1, start + 4),
    names.map((name) => `| '${name}'`),
  )
})

test('a delete takes with it what the database cascades to, however far, each once', () => {
  const models = [
    model('A', []),
    model('B', [refersTo('a'), refersTo('b')]),
    model('C', [refersTo('b'), refersTo('a')]),
    model('D', [refersTo('c', { on_delete: 'nothing' })]),
  ]
  assert.deepEqual(deletedWith(models[0], models), ['b', 'c'])
  assert.deepEqual(deletedWith(models[2], models), [])
})

test('the page names columns, relations, constraints and deletes', () => {
  const parent = model('Shelf', [{ name: 'hall', type: 'string', length: 9, check: 'a | b' }])
  const child = model('Book', [{ ...refersTo('shelf'), not_null: true }], [], {
    unique_constraints: [{ columns: ['shelf_id', 'id'], where: 'id > 0' }],
  })
  const text = docsText({ models: [parent, child] })
  assert.match(text, /shelf \|\|--o\{ book : shelf_id/)
  assert.match(text, /\| `hall` \| string\(9\) \| check `a \\\| b` \|/)
  assert.match(
    text,
    /\| `shelf_id` \| integer \| not null, refers to `shelf.id`, deleted with it \|/,
  )
  assert.match(text, /A delete takes with it the rows that refer to it in `book`\./)
  assert.match(text, /- unique: `shelf_id`, `id`, where `id > 0`/)
})

test('a description reads back as it was written', () => {
  const description = { models: [model('Thing', [refersTo('other')]), model('Bare', [])] }
  assert.deepEqual(JSON.parse(descriptionText(description)), description)
})
