// MikroORM, whose SQLite drivers go through knex: the connection that better-sqlite3 would be is
// made of statements of sql.js.
import { EntitySchema, MikroORM } from '@mikro-orm/core'
import {
  AbstractSqlDriver,
  BaseSqliteConnection,
  BaseSqlitePlatform,
  BetterSqliteKnexDialect,
} from '@mikro-orm/knex'
import { kCategories, kTables, product } from './graph.mjs'

const category = new EntitySchema({
  name: 'category',
  properties: {
    id: { type: 'integer', primary: true },
    name: { type: 'string', unique: true },
    products: {
      kind: '1:m',
      entity: () => 'product',
      mappedBy: 'category',
      orderBy: { id: 'asc' },
    },
  },
})
const products = new EntitySchema({
  name: 'product',
  properties: {
    id: { type: 'integer', primary: true },
    name: { type: 'string' },
    price: { type: 'double', nullable: true },
    picture: { type: 'blob', nullable: true },
    category: { kind: 'm:1', entity: () => 'category', nullable: true },
  },
})

// What knex asks of better-sqlite3: prepare() with all(), run() and `reader`.
function connectionOf(file) {
  const prepare = (sql) => ({
    reader: /^\s*(?:select|pragma|with)\b|\breturning\b/i.test(sql),
    all(bindings) {
      const statement = file.prepare(sql, bindings)
      const rows = []
      while (statement.step()) rows.push(statement.getAsObject())
      statement.free()
      return rows
    },
    run(bindings) {
      file.run(sql, bindings)
      const [{ values }] = file.exec('select last_insert_rowid()')
      return { changes: file.getRowsModified(), lastInsertRowid: values[0][0] }
    },
  })
  return { prepare, exec: (sql) => file.exec(sql), close: () => file.close() }
}

function driverFor({ Database }) {
  class Dialect extends BetterSqliteKnexDialect {
    _driver() {
      return Database
    }
    async acquireRawConnection() {
      return connectionOf(new Database())
    }
  }
  class Connection extends BaseSqliteConnection {
    createKnex() {
      this.client = this.createKnexClient(Dialect)
      this.connected = true
    }
  }
  return class extends AbstractSqlDriver {
    constructor(config) {
      super(config, new BaseSqlitePlatform(), Connection, ['knex'])
    }
  }
}

export async function mikroOrmGraph(sqlJs) {
  const orm = await MikroORM.init({
    driver: driverFor(sqlJs),
    dbName: ':memory:',
    entities: [category, products],
    ensureDatabase: false,
  })
  for (const sql of kTables.split(';')) await orm.em.getConnection().execute(sql)
  const em = orm.em.fork()
  for (const one of kCategories) {
    const list = one.products.map((each) => ({
      ...each,
      picture: each.picture && Buffer.from(each.picture),
    }))
    em.create('category', { ...one, products: list })
  }
  await em.flush()
  const cap = await em.findOneOrFail('product', { name: 'Cap' })
  cap.price = 12
  em.remove(await em.findOneOrFail('product', { name: 'To be deleted' }))
  await em.flush()
  const fresh = orm.em.fork()
  const loaded = await fresh.find(
    'category',
    {},
    { populate: ['products'], orderBy: { id: 'asc' } },
  )
  const graph = loaded.map((one) => ({
    name: one.name,
    products: one.products.getItems().map(product),
  }))
  await orm.close()
  return graph
}
