// Packets to plain objects. The loop over cells is the hottest of the package: it makes no closure
// and no array per row, and all rows of a node share one hidden class. Nothing is compiled from
// text.
import { kBoolean, kJson, kNumber, kText } from './shape.js'
import type { PlainRow, ShapeChild, ShapeNode } from './shape.js'
import { kLastSpecial, kNull, kSame, wideNumber } from './words.js'

/** The buffers of one packet; views, which are only good until the next call into the module. */
export interface Packet {
  /** Words of 32 bits: words.ts. */
  readonly numbers: Int32Array
  readonly text: Uint8Array
  readonly blobs: Uint8Array
}

// So many rows get the properties for their relations at once, from which the engine learns how
// much room the others need. Those get them with their relations.
const kTeaching = 16

// A byte order mark at the start of the text is the first cell's own.
let decoder: TextDecoder | undefined

/** The UTF-8 of `bytes` as a string; nothing of it is left out. */
export function decodeText(bytes: Uint8Array): string {
  decoder ??= new TextDecoder('utf-8', { ignoreBOM: true })
  return decoder.decode(bytes)
}

class PacketReader {
  readonly #words: Int32Array
  readonly #text: string
  readonly #blobs: Uint8Array
  #at = 0
  #textAt = 0
  #blobAt = 0

  constructor(packet: Packet) {
    this.#words = packet.numbers
    this.#text = decodeText(packet.text)
    this.#blobs = packet.blobs
  }

  /** The rows of `node`, its children hung into them; `link` says how it hangs in `parents`. */
  node(node: ShapeNode, link: ShapeChild | null, parents: readonly PlainRow[]): PlainRow[] {
    const many = link !== null && link.many
    const owners = many ? new Int32Array(this.#words[this.#at]) : null
    const rows = this.#rows(node, owners)
    if (owners !== null) attach(link as ShapeChild, parents, owners, rows)
    else if (link !== null) this.#refer(link.name, parents, rows)
    for (const child of node.children) this.node(child.node, child, rows)
    return rows
  }

  // `owners` is null where rows do not name their parent, and is filled where they do.
  #rows(node: ShapeNode, owners: Int32Array | null): PlainRow[] {
    const words = this.#words
    const text = this.#text
    const { Row, names, kinds, unset } = node
    const width = names.length
    // Relation counts come behind the relations.
    const early = node.counts.length > 0 ? Infinity : kTeaching
    let at = this.#at
    let textAt = this.#textAt
    const count = words[at++]
    const rows = new Array<PlainRow>(count)
    for (let index = 0; index < count; index++) {
      const row = new Row()
      if (owners !== null) owners[index] = words[at++]
      for (let column = 0; column < width; column++) {
        let value = words[at++]
        if (value <= kLastSpecial) {
          if (value === kNull) {
            row[names[column]] = null
            continue
          }
          if (value === kSame) {
            row[names[column]] = rows[words[at++]][names[column]]
            continue
          }
          value = wideNumber(words, at)
          at += 2
        }
        const kind = kinds[column]
        if (kind === kNumber) {
          row[names[column]] = value
        } else if (kind === kText) {
          row[names[column]] = text.substring(textAt, (textAt += value))
        } else if (kind === kBoolean) {
          row[names[column]] = value !== 0
        } else if (kind === kJson) {
          row[names[column]] = JSON.parse(text.substring(textAt, (textAt += value)))
        } else {
          row[names[column]] = this.#blob(value)
        }
      }
      if (index < early) {
        for (let child = 0; child < unset.length; child++) row[unset[child]] = null
      }
      if (node.counts.length > 0) {
        row['_count'] = counts(node, words, at)
        at += node.counts.length
      }
      rows[index] = row
    }
    this.#at = at
    this.#textAt = textAt
    return rows
  }

  #blob(sizeBytes: number): Uint8Array {
    return this.#blobs.slice(this.#blobAt, (this.#blobAt += sizeBytes))
  }

  // Rows that refer to the same row get the same object.
  #refer(name: string, parents: readonly PlainRow[], rows: readonly PlainRow[]): void {
    for (const parent of parents) {
      const target = this.#words[this.#at++]
      parent[name] = target >= 0 ? rows[target] : null
    }
  }
}

// Hangs rows into their parents. Those of one parent come in a run, unless several rows of the
// parent have the same key, and runs mostly in the order of the parents; a run is copied at once,
// into an array that is no longer than it.
function attach(
  { name, list }: ShapeChild,
  parents: readonly PlainRow[],
  owners: Int32Array,
  rows: readonly PlainRow[],
): void {
  let start = 0
  for (let owner = 0; owner < parents.length; owner++) {
    let end = start
    while (end < rows.length && owners[end] === owner) end++
    if (list) parents[owner][name] = rows.slice(start, end)
    else parents[owner][name] = end > start ? rows[end - 1] : null
    start = end
  }
  for (; start < rows.length; start++) {
    const parent = parents[owners[start]]
    if (list) (parent[name] as PlainRow[]).push(rows[start])
    else parent[name] = rows[start]
  }
}

function counts(node: ShapeNode, words: Int32Array, at: number): PlainRow {
  const row = new node.CountRow()
  for (const name of node.counts) row[name] = words[at++]
  return row
}

/** The rows of a packet of this shape, in the order in which they were asked for. */
export function decodePacket(shape: ShapeNode, packet: Packet): PlainRow[] {
  return new PacketReader(packet).node(shape, null, [])
}
