// Values of every kind that go in as parameters, come from functions, and are opened as files.
import { withFunction } from './call-words.mjs'

const bindable = {
  undefined,
  date: new Date(0),
  'an ArrayBuffer': new ArrayBuffer(2),
  'an object': {},
  'a function': () => 1,
  'an array': [1, 2, 300],
  floats: new Float64Array([1.5, 2]),
  'something with a length': { length: 2, 0: 5, 1: 6 },
  'no length': { length: null },
  'a String': new String('ab'),
  'a DataView': new DataView(new ArrayBuffer(2)),
  'minus zero': -0,
  NaN,
  infinity: -Infinity,
  'a large integer': 2 ** 31,
  'a small integer': -(2 ** 31),
  yes: true,
  'a bigint': 2n ** 62n,
  'a NUL': 'a\0b',
  nothing: '',
  'long text': 'é'.repeat(50_000),
  'a large blob': new Uint8Array(200_000).fill(7),
  'a symbol': Symbol('x'),
}
const binding = Object.entries(bindable).map(([name, value]) => [
  `binds ${name}`,
  (db) => db.exec('select ?1, typeof(?1), length(?1)', [value]),
])

const returned = {
  number: 1,
  float: 1.5,
  NaN,
  yes: true,
  text: 'é😀',
  'a NUL': 'a\0b',
  nothing: '',
  null: null,
  undefined,
  bytes: new Uint8Array([1, 2]),
  'no bytes': new Uint8Array(0),
  array: [1, 2, 300],
  'an object': {},
  date: new Date(0),
  bigint: 5n,
  'a function': () => 1,
  'a symbol': Symbol('x'),
}
const returning = Object.entries(returned).map(([name, value]) => [
  `a function returns ${name}`,
  withFunction(() => value, 'select f(), typeof(f())'),
])

const opened = {
  nothing: undefined,
  null: null,
  'no bytes': [],
  'three bytes': new Uint8Array([1, 2, 3]),
  'a page of nonsense': new Uint8Array(600).fill(7),
  'an array': [1, 2, 3],
  'an object': {},
  text: 'abc',
  'many bytes of nonsense': new Uint8Array(9000).fill(65),
}
const opening = Object.entries(opened).map(([name, data]) => [
  `opens ${name}`,
  (_db, { Database }) => new Database(data).exec('select * from sqlite_master'),
])

export const valueCalls = [...binding, ...returning, ...opening]
