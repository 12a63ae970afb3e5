// A page that goes on writing, in whichever browser.

// Writes numbers, one after the other, until told to stop.
export const write = (page, prefix) =>
  page.evaluate((start) => {
    window.written = []
    window.goesOn = true
    window.writing = (async () => {
      for (let n = 0; window.goesOn; n++) {
        await window.db.uom.create({ name: `${start} ${n}` })
        window.written.push(`${start} ${n}`)
      }
    })()
  }, prefix)

// What was acknowledged, in order.
export const stop = (page) =>
  page.evaluate(async () => {
    window.goesOn = false
    await window.writing
    return window.written
  })

// Begins a transaction that creates the units `names`, and holds it after the first. What it gives
// lets it end, and tells how it did, by codeOf().
export async function beginTransaction(page, names) {
  await page.evaluate(
    ([first, ...others]) =>
      new Promise((begun) => {
        const work = window.db.transaction(async (tx) => {
          await tx.uom.create({ name: first })
          await new Promise((resolve) => {
            window.goOn = resolve
            begun()
          })
          for (const name of others) await tx.uom.create({ name })
        })
        window.code = window.codeOf(work)
      }),
    names,
  )
  return () => page.evaluate(() => (window.goOn(), window.code))
}
