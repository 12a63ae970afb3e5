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
  /** The children's names: the properties that are null until their rows come. */
  readonly unset: readonly string[]
  /** Makes the empty object for a row; properties are added in the order of names, then unset. */
  readonly Row: RowMaker
  readonly CountRow: RowMaker
}

export type RowMaker = new () => PlainRow

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

// A constructor of its own for each shape: the engine learns from the first rows how much room the
// others need. Copies of a template took two to four times as long, garbage collection counted. The
// rows are plain objects all the same.
function rowMaker(): RowMaker {
  const Row = function (): void {
    // Nothing is set here: the names are only known when rows are decoded.
  }
  Row.prototype = Object.prototype
  return Row as unknown as RowMaker
}

export function readShape(description: NodeDescription): ShapeNode {
  const children = description.children.map((child) => ({ ...child, node: readShape(child.node) }))
  return {
    names: description.columns.map(([name]) => name),
    kinds: description.columns.map(([, kind]) => kinds[kind]),
    counts: description.counts,
    children,
    unset: children.map((child) => child.name),
    Row: rowMaker(),
    CountRow: rowMaker(),
  }
}
