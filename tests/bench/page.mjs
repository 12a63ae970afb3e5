// The page of one lane in Chromium: its bundle waits until the driver calls what it leaves on
// window. The lane's own code is a second bundle, so that a cold start has all of it to load.
import { edit, goods, inputs } from './goods.mjs'
import { coldName, coldStart, measure } from './measure.mjs'

const bytes = async (name) => new Uint8Array(await (await fetch(name)).arrayBuffer())

// A variable, so that the bundler leaves the import to the browser.
const address = new URL('./lane.js', location.href).href
const load = () => import(address)

async function contextOf({ size, withGoods, checked = false }) {
  return {
    data: await bytes('/goods.sqlite'),
    empty: await bytes('/empty.sqlite'),
    inputs: inputs(size),
    goods: withGoods ? goods(size) : null,
    edit,
    checked,
    sqljs: { locateFile: (name) => `/${name}` },
  }
}

window.bench = {
  // For lanes that keep their rows in the browser: fills the store, once.
  async prepare({ size }) {
    const { prepare } = await load()
    await prepare?.(await contextOf({ size, withGoods: true }))
  },
  async run({ mode, size, names }) {
    const checked = mode === 'checked'
    const context = await contextOf({ size, withGoods: mode === 'work', checked })
    const { lane, result } = await coldStart(load, context)
    return mode === 'work' ? measure(lane, names) : { [coldName(mode)]: result }
  },
}
