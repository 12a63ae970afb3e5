// What must compile, and with which types. A test compiles this file against the packed package.
import { openCatalog } from 'vitrine/sync'
import type {
  Catalog,
  CatalogError,
  CreateData,
  Graph,
  Key,
  OrderBy,
  Row,
  SqlValue,
  Transaction,
  UpdateData,
  Where,
} from 'vitrine/sync'

type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? [] : [wrong: never]

// exactly<T>()(value) compiles when the type of value is T, no wider and no narrower.
function exactly<Expected>() {
  return <Actual>(value: Actual, ...proof: Same<Actual, Expected>) => [value, proof]
}

export async function opening(): Promise<void> {
  using db: Catalog = await openCatalog({ wasm: new URL('file:///vitrine.wasm') })
  db.describe().models.map((model) => model.columns.map((column) => column.type))
}

export function results(db: Catalog): void {
  // Without arguments a row has all columns and nothing else.
  const categories = db.category.find()
  exactly<{ id: number; name: string; description: string }[]>()(categories)

  // Result types follow select.
  const names = db.product.find({ select: ['id', 'name'] })
  exactly<{ id: number; name: string }[]>()(names)

  // And include, at any depth: null where nothing may be referred to, arrays for many.
  const product = db.product.get(1, {
    select: ['name'],
    include: {
      category: { select: ['name'] },
      product_items: {
        select: ['name'],
        include: { uom: true },
        limit: 3,
        orderBy: [{ name: 'desc' }],
      },
      _count: { photos: true },
    },
  })
  exactly<{
    name: string
    category: { name: string } | null
    product_items: {
      name: string
      uom: { id: number; name: string; symbol: string | null } | null
    }[]
    _count: { photos: number }
  }>()(product)
  const counted = db.uom.first({ include: { _count: true } })
  exactly<{
    id: number
    name: string
    symbol: string | null
    _count: { product_items: number }
  } | null>()(counted)

  // A reference that is part of the key is never null.
  const picture = db.product_picture.first({
    select: ['width'],
    include: { product: { select: ['id'] } },
  })
  exactly<{ width: number; product: { id: number } } | null>()(picture)
}

export function requests(db: Catalog): void {
  // Filters on columns and through relations.
  const where: Where<'product'> = {
    name: { startsWith: 'A', ne: null },
    id: { between: [1, 9], notIn: [3] },
    category: { name: 'Boots' },
    product_items: { some: { uom: { name: 'pair' } }, none: { name: { contains: 'x' } } },
    AND: [{ category_id: null }, { category: null }],
    OR: [{ description: { like: '%a%' } }, { name: { containsFolded: 'é' } }],
    NOT: { id: 7 },
  }
  const orderBy: OrderBy<'product'>[] = [{ category: { name: 'desc' } }, { name: 'ascFolded' }]
  db.product.find({ where, orderBy, search: 'water', limit: 20, offset: 40 })
  // Where lists are taken, one filter or one order is too; each parent's rows are searched.
  const either: Where<'product'> = { AND: { id: 1 }, OR: { name: 'A' }, NOT: [{ id: 7 }] }
  db.category.find({
    orderBy: { name: 'asc', id: 'desc' },
    include: { products: { where: either, search: 'boot', orderBy: { category: { id: 'asc' } } } },
  })
  db.product_picture.find({ where: { created_at: { gt: new Date() }, original: true } })
  const many: number = db.product.count({ where })

  // Keys: a value, the columns of a composite one, a unique column.
  const keys: Key<'product'>[] = [1, { id: 1 }, { name: 'Boot' }]
  keys.forEach((key) => db.product.get(key))
  db.product_picture.get({ width: 1, height: 1, product_id: many })
  db.image_blob.get('ab')
}

export function writes(db: Catalog): void {
  // Nested writes.
  const data: CreateData<'product'> = {
    name: 'Hiking boot',
    description: 'Waterproof',
    category: { connectOrCreate: { name: 'Boots', description: 'For feet' } },
    product_items: {
      create: [{ name: 'Boot 42', description: 'EU 42', uom: { connect: { name: 'pair' } } }],
    },
  }
  // A form that was left empty gives null.
  db.product.create({ name: 'Sock', description: '', category: null })
  const boot = db.product.create(data, { include: { category: true } })
  exactly<Row<'product', { category: true }>>()(boot)
  const change: UpdateData<'product'> = {
    category: { disconnect: true },
    product_items: {
      update: [{ where: { name: 'Boot 42' }, data: { uom_id: null } }],
      delete: [2],
    },
  }
  db.product.update({ name: 'Hiking boot' }, change)
  // One of a list needs no list.
  db.product.update(1, { product_items: { connect: { name: 'Boot 42' }, delete: 2 } })
  db.image_blob.create({
    sha256: 'ab',
    mimetype: 'image/png',
    width: 1,
    height: 1,
    size_bytes: 1,
    bytes: new Uint8Array(1),
  })
  const removed = db.category.delete(1, { dryRun: true }).product
  exactly<number | undefined>()(removed)
}

export function failures(error: CatalogError): void {
  exactly<number | undefined>()(error.issues[0].line)
  exactly<string | undefined>()(error.issues[0].path)
}

export function transactions(db: Catalog): void {
  // The value of a transaction is what its function returns.
  const total = db.transaction((tx: Transaction) => tx.transaction((inner) => inner.uom.count()))
  db.transaction(() => undefined)
  exactly<number>()(db.transaction((tx) => tx.describe().models.length))
  // So is that of a function around it, whose answer may be anything.
  const inside = <T>(work: (tx: Transaction) => T): T => db.transaction(work)
  exactly<number>()(inside((tx) => tx.uom.count()))
  const object = <T extends object>(work: (tx: Transaction) => T): T => db.transaction(work)
  object((tx) => tx.uom.find())
  const file = db.export()
  exactly<number>()(total)
  exactly<Uint8Array<ArrayBuffer>>()(file)
  // What the catalog gives goes where no bytes of shared memory may, as the parts of a Blob.
  const { bytes } = db.image_blob.get('ab')
  void new Blob([file, bytes])
  db.image_blob.update('ab', { bytes: bytes as Uint8Array })
  const [{ value }] = db.sql`SELECT ${bytes as Uint8Array} AS value`
  if (value instanceof Uint8Array) void new Blob([value])
}

export function groups(db: Catalog): void {
  // Aggregates: named by the caller, typed by function and column.
  const all = db.product_item.aggregate({
    values: {
      rows: { count: true },
      kinds: { countDistinct: 'uom.name' },
      mean: { avg: 'id' },
      last: { max: 'product.category.name' },
      newest: { min: 'description' },
    },
  })
  exactly<{
    rows: number
    kinds: number
    mean: number | null
    last: string | null
    newest: string | null
  }>()(all)
  const grouped = db.product.aggregate({
    where: { name: { startsWith: 'A' } },
    groupBy: ['category.name', 'category_id'],
    values: { products: { count: true } },
    having: { products: { gt: 1 }, 'category.name': { ne: null } },
    orderBy: [{ products: 'desc' }, { category_id: 'asc' }],
    limit: 3,
  })
  exactly<{ 'category.name': string | null; category_id: number | null; products: number }[]>()(
    grouped,
  )
  db.product.aggregate({ groupBy: ['name'], orderBy: { name: 'desc' } })
  db.product_picture.aggregate({
    groupBy: ['original', 'created_at'],
    values: { last: { max: 'created_at' }, mean: { avg: 'width' } },
    having: {
      original: { eq: true },
      created_at: { gte: new Date() },
      last: { ne: null, lt: '2026-11-22T09:30:00.000Z' },
      mean: { gt: 1.5, ne: null },
    },
  })
  // The columns of groups may be chosen at run time.
  const paths: ('name' | 'category.name')[] = []
  db.product.aggregate({ groupBy: paths, having: { name: { ne: null } }, limit: 3 })
  const deep = db.user_picture.aggregate({ groupBy: ['product_item.product.category.name'] })
  exactly<{ 'product_item.product.category.name': string | null }[]>()(deep)
  exactly<{ original: boolean }[]>()(db.product_picture.aggregate({ groupBy: ['original'] }))
}

export function many(db: Catalog): void {
  exactly<number>()(db.uom.createMany([{ name: 'a' }, { name: 'b', symbol: null }]))
  exactly<number>()(db.uom.updateMany({ where: {}, data: { symbol: 'x' } }))
  db.product.deleteMany({ where: { category: null } }, { dryRun: true }).product_item?.toFixed()
  exactly<{ id: number }>()(db.uom.upsert({ name: 'a' }, { select: ['id'] }))
  for (const row of db.product.iterate({ select: ['name'], include: { category: true } })) {
    exactly<string | undefined>()(row.category?.description)
  }
  const last = db.product.first()
  if (last !== null) db.product.find({ after: last, limit: 20 })
  db.product.find({ after: ['Boot', 7], orderBy: [{ name: 'asc' }] })
}

export function graphs(db: Catalog): void {
  // What was loaded can be edited and saved.
  const boot = db.product.get(1, {
    include: { category: true, product_items: { include: { uom: true } }, _count: true },
  })
  boot.product_items[0].name = 'x'
  boot.category = null
  // So can what it was loaded with: lists take new rows, relations other ones.
  const whole: Graph<
    'product',
    { category: true; product_items: { include: { uom: true } }; photos: true }
  > = db.product.get(1, {
    include: { category: true, product_items: { include: { uom: true } }, photos: true },
  })
  whole.description = 'Lined'
  whole.product_items.push({ name: 'new', description: '', uom: { name: 'box' } })
  whole.product_items[0].uom = null
  whole.category = { name: 'New', description: '' }
  whole.photos.splice(0, 1)
  exactly<Row<'product'>>()(db.product.save(whole))
  const edited: Graph<'product'> = {
    ...boot,
    product_items: [...boot.product_items, { name: 'new', description: '', uom: { name: 'box' } }],
  }
  exactly<Row<'product'>>()(db.product.save(edited))
  db.product_picture.save({ width: 1, height: 1, product_id: 1, created_at: new Date() })
}

export function statements(db: Catalog): void {
  const rows = db.sql`SELECT ${1} AS a, ${'b'} AS b, ${2n} AS c, ${new Date()} AS d`
  exactly<Record<string, SqlValue>[]>()(rows)
  exactly<{ n: number }[]>()(db.sql<{ n: number }>`SELECT count(*) AS n FROM product`)
  db.transaction((tx) => tx.sql`DELETE FROM uom WHERE id = ${1}`)
  const stop: () => void = db.onQuery(({ sql, duration_ms, rows: given, changes }) => [
    sql.length,
    duration_ms + given + changes,
  ])
  stop()
  db.category.toSQL({ include: { products: { limit: 3 } } }).map(({ sql }) => sql.length)
}

export function live(db: Catalog): void {
  const boots = db.product.live({ include: { category: true } })
  const stop: () => void = boots.subscribe((rows) => rows[0].category?.name.trim())
  stop()
  exactly<string | undefined>()(boots.getSnapshot()[0].category?.description)
  db.onChange(({ product }) => product === 'all' || product?.length)
  exactly<number | undefined>()(db.undo().changes.uom?.created)
  exactly<string>()(db.history().redo[0].made_at)
  exactly<string>()(db.backups()[0].taken_at)
}
