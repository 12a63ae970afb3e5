// Tables in the documents: a row with more or fewer cells than the head is one that came from
// another table, and what it should say is lost.
const kRule = /^\|[-:| ]+\|$/

// A bar inside of code, or behind a backslash, parts no cells.
const cells = (line) => line.replace(/`[^`]*`|\\\|/g, '').split('|').length - 2

export function unevenRows(_path, text) {
  const lines = text.split('\n')
  let head = 0
  return lines.flatMap((line, index) => {
    if (!line.startsWith('|')) head = 0
    else if (kRule.test(lines[index + 1] ?? '')) head = cells(line)
    if (head === 0 || cells(line) === head) return []
    return [`line ${index + 1} has ${cells(line)} cells, and its table ${head}`]
  })
}
