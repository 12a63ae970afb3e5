// Shape: what the rows of a packet look like. docs/packets.md describes the JSON it is read from.

export const kNumber = 0
export const kBoolean = 1
export const kText = 2
export const kJson = 3
export const kBlob = 4

const kinds: Readonly<Record<string, number>> = {
  number: kNumber,
  boolean: kBoolean,
  text: kText,
  json: kJson,
  blob: kBlob,
}

export type PlainRow = Record<string, unknown>

/** One node of a packet, ready for decoding. */
export interface ShapeNode {
  readonly names: readonly string[]
  readonly kinds: readonly number[]
  readonly counts: readonly string[]
  readonly children: readonly ShapeChild[]
  /** Every property of a row, in its order, as null: copies of it share one hidden class. */
  readonly template: Readonly<PlainRow>
  readonly countTemplate: Readonly<PlainRow>
}

export interface ShapeChild {
  readonly name: string
  /** Its rows name their parent's row. */
  readonly many: boolean
  /** The parent gets an array of them. */
  readonly list: boolean
  readonly node: ShapeNode
}

/** What shape() of the module answers. */
export interface NodeDescription {
  readonly columns: readonly (readonly [name: string, kind: string])[]
  readonly counts: readonly string[]
  readonly children: readonly {
    readonly name: string
    readonly many: boolean
    readonly list: boolean
    readonly node: NodeDescription
  }[]
}

function nulls(names: readonly string[]): PlainRow {
  return Object.fromEntries(names.map((name) => [name, null]))
}

export function readShape(description: NodeDescription): ShapeNode {
  const names = description.columns.map(([name]) => name)
  const children = description.children.map((child) => ({ ...child, node: readShape(child.node) }))
  const hasCounts = description.counts.length > 0
  return {
    names,
    kinds: description.columns.map(([, kind]) => kinds[kind]),
    counts: description.counts,
    children,
    template: nulls([
      ...names,
      ...children.map((child) => child.name),
      ...(hasCounts ? ['_count'] : []),
    ]),
    countTemplate: nulls(description.counts),
  }
}
