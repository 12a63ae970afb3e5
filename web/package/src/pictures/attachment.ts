// Attachment: the pictures of a model's rows, without their types: AttachmentApi in
// types/pictures.ts says what it promises. Pictures are rows like others, so that reading them is
// finding; only attaching and the bytes are calls of their own.
import type { Attached, Calls, Scope } from '../calls.js'
import { CatalogError } from '../errors.js'
import { after } from '../maybe.js'
import type { Maybe } from '../maybe.js'
import { options } from '../options.js'
import type { Options } from '../options.js'
import type { PlainRow } from '../packet/shape.js'
import type { ModelDescription, RelationshipDescription } from '../types/description.js'
import { refusePicture } from './failures.js'
import { PreparedPicture } from './prepared.js'
import { checkedPart, scaledSize } from './scaled-size.js'
import { setColumnsOf } from './set-columns.js'
import type { PictureUrl } from './urls.js'
import { urlsOf } from './urls.js'

/** A file from elsewhere may call its bytes a page or an SVG, which could run as this site's. */
const kInert = /^image\/\w+$/

const kPrepareOptions = ['signal', 'onProgress', 'stripMetadata', 'originalOnly']

function refuse(message: string, path = '', reason = ''): never {
  throw new CatalogError({ code: 'VALIDATION', reason, path, message })
}

function attachmentOf(model: ModelDescription, name: unknown): RelationshipDescription {
  const attachments = model.relationships.filter((relation) => relation.image_attachment)
  const found = attachments.find((one) => one.name === name)
  const known = attachments.map((one) => one.name).join(', ') || 'none'
  return found ?? refuse(`${model.name} has no attachment ${String(name)}; there are ${known}.`)
}

export class Attachment {
  readonly #calls: Calls
  readonly #scope: Scope | null
  readonly #model: number
  readonly #facts: ModelDescription
  readonly #owner: RelationshipDescription
  readonly #ownerFacts: ModelDescription
  /** What tells the sets of a gallery apart; none where there is one set. */
  readonly #setColumns: readonly string[]

  constructor(calls: Calls, model: ModelDescription, name: unknown, scope: Scope | null) {
    const relation = attachmentOf(model, name)
    const { models } = calls.describe()
    this.#calls = calls
    this.#scope = scope
    this.#model = models.findIndex((one) => one.name === relation.target)
    this.#facts = models[this.#model]
    this.#owner = this.#facts.relationships.find(
      (one) => one.name === relation.back_populates,
    ) as RelationshipDescription
    this.#ownerFacts = model
    this.#setColumns = setColumnsOf(this.#facts, this.#owner)
  }

  async prepare(source: unknown, choice?: unknown): Promise<PreparedPicture> {
    const given = options(choice, 'prepare', kPrepareOptions)
    const { prepare } = await import('./prepare.js')
    return prepare(this.#calls, source, given)
  }

  attach(key: unknown, picture: unknown, choice?: unknown): Maybe<PlainRow> {
    this.#scope?.check()
    const given = options(choice, 'attach', ['alt', ...this.#setColumns])
    if (picture instanceof PreparedPicture) return this.#attach(key, picture, given)
    return refuse('attach() takes what prepare() gave: await prepare(file) first.')
  }

  original(key: unknown, set?: unknown): Maybe<PlainRow | null> {
    const where = { ...this.#whole(key, set), original: true }
    return after(this.#find(where), ([row = null]) => row)
  }

  find(key: unknown, size: unknown, set?: unknown): Maybe<PlainRow | null> {
    const given = options(size, 'size', ['width', 'height'])
    const width = checkedPart('width', given['width'])
    const height = checkedPart('height', given['height'])
    return after(this.#find({ ...this.#whole(key, set), width, height }), ([row = null]) => row)
  }

  list(key: unknown, set?: unknown): Maybe<PlainRow[]> {
    const order = [...this.#setColumns, 'width', 'height'].map((name) => ({ [name]: 'asc' }))
    return this.#find(this.#where(key, set), order)
  }

  async thumbnail(key: unknown, scale: unknown, set?: unknown): Promise<PlainRow> {
    const original = await this.original(key, set)
    if (original === null) {
      return refusePicture('no_original', 'There is no picture yet: attach one first.')
    }
    const [width, height] = scaledSize(original, scale)
    const there = await this.find(key, { width, height }, set)
    if (there !== null) return there
    const { makeThumbnails } = await import('./prepare.js')
    const bytes = await this.#bytes(this.#row(original))
    const made = await makeThumbnails(
      this.#calls,
      bytes,
      { mimetype: original['mimetype'] as string, ladder: [[width, height]] },
      undefined,
    )
    try {
      return await this.#write(key, made, { of: original['sha256'], set: this.#set(set) })
    } catch (error) {
      // Another picture is there by now: then it is scaled instead.
      if ((error as Partial<CatalogError>).reason !== 'replaced') throw error
      return this.thumbnail(key, scale, set)
    }
  }

  alt(key: unknown, text: unknown, set?: unknown): Maybe<number> {
    const values = { where: this.#whole(key, set), data: { alt: text } }
    return this.#calls.value('updateMany', this.#model, [['', values]]) as Maybe<number>
  }

  remove(key: unknown, set?: unknown): Maybe<number> {
    const values = [
      ['', { where: this.#where(key, set) }],
      ['', false],
    ] as const
    const removed = this.#calls.value('removeMany', this.#model, values)
    return after(removed, (rows) => (rows as Record<string, number>)[this.#facts.table] ?? 0)
  }

  reorder(key: unknown, order: unknown): Maybe<void> {
    this.#scope?.check()
    if (!Array.isArray(order)) return refuse('reorder() takes a list of the sets’ numbers.')
    const values = [
      ['key', key],
      ['order', order],
    ] as const
    return after(this.#calls.value('reorder', this.#model, values), () => undefined)
  }

  blob(picture: unknown): Maybe<Blob> {
    const row = this.#row(picture)
    const named = row['mimetype'] as string
    const type = kInert.test(named) ? named : 'application/octet-stream'
    return after(this.#bytes(row), (bytes) => new Blob([bytes], { type }))
  }

  url(picture: unknown): Maybe<PictureUrl> {
    const sha256 = this.#row(picture)['sha256'] as string
    const urls = urlsOf(this.#calls.describe())
    const known = urls.has(sha256) ? new Blob() : this.blob(picture)
    return after(known, (blob) => urls.get(sha256, () => blob))
  }

  #attach(key: unknown, picture: PreparedPicture, given: Options): Maybe<PlainRow> {
    const { alt, ...others } = { alt: null, ...given }
    if (alt !== null && typeof alt !== 'string') refuse('alt must be text or null.', 'alt')
    const set = this.#set(others, 0)
    const [parts, contents] = PreparedPicture.contents(picture)
    if (this.#calls.look === undefined && contents.some((one) => one instanceof Blob)) {
      return refuse('This picture was prepared for a catalog in a worker: prepare it for this one.')
    }
    const made = { parts, contents, color: picture.dominant_color }
    // Without its number a picture comes last in a gallery; the number is found as it is stored.
    const [column] = this.#setColumns
    const isLast = column !== undefined && !(column in set)
    return this.#write(key, made, { of: null, alt, set: isLast ? null : set })
  }

  #write(
    key: unknown,
    made: { parts: readonly object[]; contents: Attached; color: string | null },
    more: object,
  ): Maybe<PlainRow> {
    const request = { ...more, dominant_color: made.color, pictures: made.parts }
    const values = [
      ['', { key, ...request }],
      ['', {}],
    ] as const
    return after(this.#calls.rows('attach', this.#model, values, made.contents), ([row]) => row)
  }

  #find(where: object, orderBy: readonly object[] = []): Maybe<PlainRow[]> {
    return this.#calls.rows('find', this.#model, [['', { where, orderBy }]])
  }

  #row(picture: unknown): PlainRow {
    this.#scope?.check()
    const row = picture as PlainRow | null
    if (typeof row?.['mimetype'] !== 'string' || row['sha256'] === undefined) {
      return refuse('This is no picture: give a row of pictures, with its sha256 and mimetype.')
    }
    if (row['sha256'] !== null) return row
    return refusePicture('no_bytes', 'The bytes of this picture are not there: attach it again.')
  }

  #bytes(row: PlainRow): Maybe<Uint8Array<ArrayBuffer>> {
    return this.#calls.bytes('content', [['sha256', row['sha256']]])
  }

  // What is attached has numbers from 0 on; one below, written by other means, is still found.
  #set(set: unknown, least = -Infinity): Options {
    const given = options(set, 'set', this.#setColumns)
    for (const { name, type } of this.#facts.columns) {
      if (type !== 'integer' || !(name in given)) continue
      const number = given[name]
      if (Number.isSafeInteger(number) && (number as number) >= least) continue
      const value = `${String(number)} (${typeof number})`
      refuse(`${name} must be a whole number from 0 on, not ${value}.`, name)
    }
    return given
  }

  // A filter is no key: it may find the pictures of many.
  #where(key: unknown, set: unknown): Options {
    this.#scope?.check()
    const { columns, primary_key } = this.#ownerFacts
    const [own] = primary_key
    const entries = Object.entries((Object(key) === key ? key : { [own]: key }) as object)
    const [[name, value] = ['', null], other] = entries
    const isKey = columns.some((one) => one.name === name && (one.unique || name === own))
    if (!isKey || other || Object(value) === value) {
      return refuse('Say whose pictures: one key, as get() takes it.', 'key')
    }
    const [column] = this.#owner.foreign_keys
    return {
      ...(name === own ? { [column]: value } : { [this.#owner.name]: { [name]: value } }),
      ...this.#set(set),
    }
  }

  // Of a gallery one set.
  #whole(key: unknown, set: unknown): Options {
    for (const column of this.#setColumns) {
      if (column in this.#set(set)) continue
      const message = `This is a gallery: say which of its pictures by { ${column}: 0 }.`
      refuse(message, column, 'set_needed')
    }
    return this.#where(key, set)
  }
}
