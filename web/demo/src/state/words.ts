// The page's words for numbers of things. Pure.
import type { ModelName, Removal, Unit } from '../catalog/rows'

interface Noun {
  readonly one: string
  readonly many: string
}

export const kNouns: Readonly<Record<ModelName, Noun>> = {
  category: { one: 'category', many: 'categories' },
  product: { one: 'product', many: 'products' },
  product_item: { one: 'item', many: 'items' },
  uom: { one: 'unit', many: 'units' },
}

// What stands in no category.
export const kLoose = 'New on the counter'

// The type by which a folder is told from a file, and why it is no picture.
export const kFolderType = 'inode/directory'
export const kFolder = 'This is a folder: open it, and drop the pictures that are in it.'

export const kPicture: Noun = { one: 'picture', many: 'pictures' }
export const kRow: Noun = { one: 'row', many: 'rows' }
const kPictureTables = ['product_picture', 'user_picture', 'product_photo']
const numbers = new Intl.NumberFormat('en')
const lists = new Intl.ListFormat('en', { type: 'conjunction' })

// "an item", "a unit".
export function oneOf(model: ModelName): string {
  const { one } = kNouns[model]
  return `${/^[aeio]/.test(one) ? 'an' : 'a'} ${one}`
}

// "76", "1,200".
export function numeral(count: number): string {
  return numbers.format(count)
}

// "1 product", "76 products", "1,200 products".
export function countOf(count: number, noun: Noun): string {
  return `${numeral(count)} ${count === 1 ? noun.one : noun.many}`
}

// "1 category, 10 products, 23 items, and 10 pictures". The three picture tables are one word to a
// visitor, and stored contents without a picture are none.
export function removalWords(removal: Removal): string {
  const models: readonly ModelName[] = ['category', 'uom', 'product', 'product_item']
  const counts = models.map((model) => ({ count: removal[model] ?? 0, noun: kNouns[model] }))
  const pictures = kPictureTables.reduce((sum, table) => sum + (removal[table] ?? 0), 0)
  const filled = [...counts, { count: pictures, noun: kPicture }].filter(({ count }) => count > 0)
  return lists.format(filled.map(({ count, noun }) => countOf(count, noun)))
}

// What goods are sold by, each unit once: "kilogram, net".
export function soldBy(units: readonly (Unit | null)[]): string {
  const names = units.flatMap((unit) => (unit ? [unit.name] : []))
  return [...new Set(names)].join(', ')
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

// What files that are spoken of together are called: "a.jpg and 199 more".
export function nameOfAll([first, ...others]: readonly Pick<File, 'name'>[]): string {
  const name = first?.name ?? ''
  return others.length === 0 ? name : `${name} and ${numeral(others.length)} more`
}

interface NotAdded {
  readonly name: string
  readonly count: number
  readonly problem: string
}

// Which files could not be added to what is called `name`, and why; nothing where there are none.
export function notAddedWords(failed: readonly NotAdded[], name: string): string {
  const [first, ...others] = failed
  if (!first) return ''
  if (others.length === 0) {
    return `“${first.name}” could not be added to “${name}”: ${first.problem}`
  }
  const total = failed.reduce((sum, { count }) => sum + count, 0)
  const all = `${countOf(total, kPicture)} could not be added to “${name}”`
  return `${all}, whose page lists them. “${first.name}”: ${first.problem}`
}

// Where files belong that were dropped where nothing takes them: as the first of them says.
export function placeWords([first]: readonly Pick<File, 'name' | 'type'>[]): string {
  const ending = first?.name.split('.').at(-1)?.toLowerCase() ?? ''
  if (['sqlite', 'sqlite3', 'db'].includes(ending)) {
    return 'A shop is opened by “Open a .sqlite file”, at the foot of the page.'
  }
  if (ending === 'zip') {
    return 'An archive is added by “Add pictures and texts”, at the foot of the page.'
  }
  if (['csv', 'tsv', 'json'].includes(ending)) {
    return (
      `A .${ending} file is not taken by itself, only in an archive (.zip): “Download pictures ` +
      'and CSV”, at the foot of the page, makes one, and “Add pictures and texts” takes it back.'
    )
  }
  if (first?.type === kFolderType) {
    return 'A folder is not taken: open it, and drop its pictures on the page of their product.'
  }
  if (first && !first.type.startsWith('image/')) {
    return 'This kind of file is not taken here: only pictures, .sqlite files and .zip archives.'
  }
  return 'Pictures belong to a product: open its page and drop them there.'
}

// "640 kB", "4.2 MB".
export function sizeWords(size_bytes: number): string {
  const inMegabytes = size_bytes >= 1_000_000
  const unit = inMegabytes ? 'megabyte' : 'kilobyte'
  const size = new Intl.NumberFormat('en', { style: 'unit', unit, maximumFractionDigits: 1 })
  return size.format(size_bytes / (inMegabytes ? 1_000_000 : 1000))
}
