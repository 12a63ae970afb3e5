// A catalog as the files of an archive, one after the other.
import { CatalogError } from '../errors.js'
import { byDependency } from '../exchange/dependency.js'
import { csvLine, csvText, valuesOf } from '../exchange/csv-rows.js'
import { collectRows, driveAtOnce } from '../exchange/drive.js'
import type { Readable, Work } from '../exchange/drive.js'
import { jsonText } from '../exchange/json-text.js'
import { modelsOf, placeOf, storedColumns } from '../exchange/paths.js'
import type { PlainRow } from '../packet/shape.js'
import type { Bytes } from '../pictures/source.js'
import type { CatalogDescription, ModelDescription } from '../types/description.js'
import { kMostBytes, kMostFiles, kMostTextBytes } from './files.js'
import { fileOf, kCatalog, kContents, kFormat, kManifest, kVersion } from './layout.js'
import { pictureModels, textModels } from './layout.js'

/** How many contents are fetched at once: some of them may be 25 MB large. */
const kContentsAtOnce = 8

interface Table {
  iterate(args: object): Iterable<PlainRow> | AsyncIterable<PlainRow>
  find(args: object): unknown
}

type Tables = Readonly<Record<string, Table>>

/** The untyped face of a catalog that is written out. */
export type Exporting = Readable<Tables> & {
  describe(): CatalogDescription
}

export type Texts = 'json' | 'csv'

interface Picture {
  readonly table: string
  /** null where the bytes are not there. */
  readonly file: string | null
  readonly row: PlainRow
}

type Rows = Map<string, PlainRow[]>

function* allRows(tx: Tables, models: readonly ModelDescription[]): Work<Rows> {
  const all: Rows = new Map()
  for (const model of models) {
    const asked = { select: storedColumns(model) }
    all.set(model.table, yield* collectRows(tx[model.table].iterate(asked)))
  }
  return all
}

const encodeText = (text: string): Bytes => new TextEncoder().encode(text)

function csvOf(catalog: CatalogDescription, model: ModelDescription, rows: PlainRow[]): string {
  const names = storedColumns(model)
  const places = names.map((name) => placeOf(catalog, model, name, name, name))
  return csvText([csvLine(names), ...rows.map((row) => csvLine(valuesOf(places, row)))])
}

function picturesOf(catalog: CatalogDescription, all: Rows): Picture[] {
  return [...pictureModels(catalog)].flatMap(([table, model]) =>
    (all.get(table) ?? []).map((row) => {
      return { table, file: row['sha256'] === null ? null : fileOf(model, row), row }
    }),
  )
}

function changedMeanwhile(): never {
  const message = 'A picture was replaced while the archive was written: export again.'
  throw new CatalogError({ code: 'STALE', message })
}

type File = readonly [string, Bytes]

function tooBig(what: string): never {
  const message = `${what}: keep the catalog as .sqlite, by export().`
  throw new CatalogError({ code: 'RANGE', reason: 'too_big', message })
}

/**
 * The files of an archive; those of texts come first. Fails with RANGE when they are more or larger
 * than an import takes.
 */
export async function* filesOf(db: Exporting, texts: Texts): AsyncGenerator<File> {
  let count = 0
  let total_bytes = 0
  for await (const file of allFiles(db, texts)) {
    const [name, { length }] = file
    // Pictures lie in folders.
    if (!name.includes('/') && length > kMostTextBytes) tooBig(`${name} is larger than 64 MB`)
    if (++count > kMostFiles) tooBig(`The archive has more than ${kMostFiles} files`)
    if ((total_bytes += length) > kMostBytes) tooBig('The archive is larger than 512 MB')
    yield file
  }
}

async function* allFiles(db: Exporting, texts: Texts): AsyncGenerator<File> {
  const catalog = modelsOf(db, 'exportArchive()')
  const models = byDependency(catalog).filter(({ table }) => table !== kContents)
  const all = await driveAtOnce(db, (tx) => allRows(tx, models))
  const pictures = picturesOf(catalog, all)
  yield [kManifest, encodeText(jsonText({ format: kFormat, version: kVersion, pictures }))]
  const known = textModels(catalog)
  const written = models.filter((model) => known.includes(model))
  if (texts === 'json') {
    const rows = written.map(({ table }) => [table, all.get(table)])
    yield [kCatalog, encodeText(jsonText(Object.fromEntries(rows)))]
  } else {
    for (const model of written) {
      yield [`${model.table}.csv`, encodeText(csvOf(catalog, model, all.get(model.table) ?? []))]
    }
  }
  yield* contentsOf(db, pictures)
}

async function* contentsOf(db: Exporting, pictures: readonly Picture[]): AsyncGenerator<File> {
  const there = pictures.filter(({ file }) => file !== null)
  for (let at = 0; at < there.length; at += kContentsAtOnce) {
    const some = there.slice(at, at + kContentsAtOnce)
    const where = { sha256: { in: some.map(({ row }) => row['sha256']) } }
    const select = ['sha256', 'bytes']
    const rows = (await db[kContents].find({ where, select })) as PlainRow[]
    const found = new Map(rows.map((row) => [row['sha256'], row['bytes'] as Bytes]))
    for (const { file, row } of some) {
      const bytes = found.get(row['sha256'])
      if (bytes === undefined) changedMeanwhile()
      yield [file as string, bytes.slice()]
    }
  }
}
