// The pictures of an archive: each file is looked at as one that is attached, and held against its
// row, before anything is written. A set whose pictures are there already is left alone.
import { CatalogError } from '../errors.js'
import type { Work } from '../exchange/drive.js'
import type { Step } from '../exchange/import-rows.js'
import type { Moved, Tables } from '../exchange/table-rows.js'
import type { PlainRow } from '../packet/shape.js'
import { PreparedPicture } from '../pictures/prepared.js'
import type { Part } from '../pictures/prepared.js'
import type { Bytes, Content } from '../pictures/source.js'
import { refuse } from './files.js'
import type { ArchiveFile, ArchiveFiles } from './files.js'
import type { PictureModel } from './layout.js'
import type { Listed, ListedSet } from './manifest.js'
import { checkRow } from './read-rows.js'

/** A picture is refused above 25 MB; what is larger need not be read for that. */
const kMostPictureBytes = 25 * 1024 * 1024

/** The untyped faces of models that have pictures, and of pictures. */
export interface Attachment {
  prepare(bytes: Bytes, options: object): Promise<PreparedPicture>
  attach(key: unknown, picture: PreparedPicture, set: object): unknown
}

export type Owners = Readonly<Record<string, { attachment(name: string): Attachment }>>

type Found = Readonly<Record<string, { find(args: object): unknown }>>

interface Looked extends Listed {
  readonly part: Part
  readonly content: Content
}

async function sniffFile(db: Owners, { model, file }: Listed, from: ArchiveFile) {
  const path = file ?? ''
  if (from.size_bytes > kMostPictureBytes) refuse(path, 'it is larger than 25 MB.')
  const bytes = await from.read()
  try {
    const attachment = db[model.owners].attachment(model.attachment)
    return await attachment.prepare(bytes, { originalOnly: true })
  } catch (cause) {
    if (!(cause instanceof CatalogError) || cause.code !== 'IMAGE') throw cause
    return refuse(path, cause.message, cause)
  }
}

// A picture that is what its row says.
async function lookAtFile(db: Owners, listed: Listed, files: ArchiveFiles): Promise<Looked> {
  const path = listed.file ?? ''
  const prepared = await sniffFile(db, listed, files.get(path) as ArchiveFile)
  const [[part], [content]] = PreparedPicture.contents(prepared)
  for (const name of ['sha256', 'width', 'height', 'mimetype'] as const) {
    const said = String(listed.row[name])
    if (said !== String(part[name])) refuse(path, `its ${name} is ${part[name]}, not ${said}.`)
  }
  return { ...listed, part, content }
}

// A row that does not say is no original.
const isOriginal = (row: PlainRow): boolean => row['original'] === true

function preparedOf(folder: string, set: readonly Looked[]): PreparedPicture {
  const originals = set.filter(({ row }) => isOriginal(row))
  // A set that has lost its original says so of each picture; one that says nothing forgot it.
  const isWithout = set.every(({ row }) => row['original'] === false)
  if (originals.length !== 1 && !isWithout) {
    refuse(folder, `it has ${originals.length} originals, not one.`)
  }
  const parts = [...originals, ...set.filter(({ row }) => !isOriginal(row))]
  const [{ row }] = parts
  return new PreparedPicture(
    parts.map(({ part }) => part),
    parts.map(({ content }) => content),
    (row['dominant_color'] ?? null) as string | null,
  )
}

// What tells one picture of a set from another.
const faceOf = (row: PlainRow): string =>
  [isOriginal(row), row['width'], row['height'], row['sha256']].join()

function* attachPictures(
  tx: Tables & Owners & Found,
  { owners, facts, attachment, ownerColumn, setColumns }: PictureModel,
  rows: readonly PlainRow[],
  picture: PreparedPicture | null,
): Work<number> {
  const [row] = rows
  const place = setColumns.map((name) => [name, row[name]] as const)
  const where = { [ownerColumn]: row[ownerColumn], ...Object.fromEntries(place) }
  const before = (yield tx[facts.table].find({ where })) as PlainRow[]
  const there = new Set(before.map(faceOf))
  if (picture !== null && !rows.every((one) => there.has(faceOf(one)))) {
    const owner = row[ownerColumn]
    yield tx[owners].attachment(attachment).attach(owner, picture, Object.fromEntries(place))
  }
  const select = facts.primary_key
  // The first was attached as the original: where it is none, it says so before another does.
  const written = [...rows].sort(
    (one, other) => Number(isOriginal(one)) - Number(isOriginal(other)),
  )
  for (const one of written) yield tx[facts.table].upsert(checkRow(facts, one), { select })
  return rows.filter((one) => !there.has(faceOf(one))).length
}

async function stepOf(
  db: Owners,
  files: ArchiveFiles,
  { folder, pictures }: ListedSet,
  moved: Moved,
): Promise<Step<Tables>> {
  const withBytes: Looked[] = []
  for (const listed of pictures) {
    if (listed.file !== null) withBytes.push(await lookAtFile(db, listed, files))
  }
  const picture = withBytes.length > 0 ? preparedOf(folder, withBytes) : null
  const original = pictures.find(({ row }) => isOriginal(row))?.file ?? folder
  const [{ model }] = pictures
  const write = (tx: Tables): Work<number> => {
    const rows = pictures.map(({ row }) => moved.referring(model.facts, row))
    return attachPictures(tx as Tables & Owners & Found, model, rows, picture)
  }
  return { line: 1, place: original, model: model.facts.name, rows: pictures.length, write }
}

// What was refused is told with all else that is wrong.
function* failing(error: CatalogError): Work<number> {
  yield null
  throw error
}

/**
 * A step for each set, whose owner may have another key in the catalog, as `moved` says by then. A
 * file that is not what its row says makes a step that fails. `check` may end it before each set.
 */
export async function pictureSteps(
  db: Owners,
  files: ArchiveFiles,
  sets: readonly ListedSet[],
  moved: Moved,
  check: () => void,
): Promise<Step<Tables>[]> {
  const steps: Step<Tables>[] = []
  for (const set of sets) {
    check()
    try {
      steps.push(await stepOf(db, files, set, moved))
    } catch (error) {
      if (!(error instanceof CatalogError) || error.code !== 'IMPORT') throw error
      const model = set.pictures[0].model.facts.name
      const place = error.path || set.folder
      steps.push({ line: 1, place, model, write: () => failing(error) })
    }
  }
  return steps
}
