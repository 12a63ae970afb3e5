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
