// The CSV reader, papaparse. The build puts the library itself in place of this import, so that the
// installed package depends on nothing.
import Papa from 'papaparse'

/** One record of a CSV text: its cells, where it ends in the text, and what is wrong with it. */
export interface Parsed {
  readonly cells: readonly string[]
  readonly end: number
  readonly mistake: string | null
}

// What separates the cells: whichever there is most of in the first line of what is not quoted.
function delimiterOf(bare: string): string {
  const [first] = bare.trimStart().split(/[\r\n]/, 1)
  const count = (delimiter: string): number => first.split(delimiter).length
  return [',', ';', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best))
}

/** Calls `each` with every record of `text`, in order. Lines may end in CRLF, LF or CR. */
export function parseRecords(text: string, each: (record: Parsed) => void): void {
  // Line ends in quoted text are another matter: a spreadsheet may end lines with CR, and have LF
  // in its cells.
  const bare = text.replace(/"[^"]*"/g, '')
  let start = 0
  Papa.parse(text, {
    delimiter: delimiterOf(bare),
    newline: bare.includes('\n') ? '\n' : '\r',
    step: ({ data, errors, meta }) => {
      const end = meta.cursor
      const isCrLf = /[^"]\r\n?$/.test(text.slice(Math.max(start, end - 3), end))
      start = end
      const cells = data.slice()
      // The CR before the LF that ends a line is no part of its last cell.
      if (isCrLf) cells.push((cells.pop() ?? '').replace(/\r$/, ''))
      each({ cells, end, mistake: errors[0]?.message ?? null })
    },
  })
}
