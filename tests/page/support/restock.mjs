// A shop that a test has changed, made the sample's again, so that the next test can have it.

import { openFile } from './shop.mjs'

// Runs in the page, before its own scripts: notes in the profile that somebody did something other
// than look. What is not known here counts as a change.
export function noteActions() {
  const looks = ['go', 'look', 'look-at-item', 'show-more', 'changed', 'dismiss-notice', 'download']
  const asks = ['add', 'edit', 'ask-delete', 'close-dialog', 'misplace']
  document.addEventListener('vitrine-action', ({ action }) => {
    if ([...looks, ...asks].includes(action.kind)) return
    window.localStorage.setItem('touched-by-a-test', action.kind)
  })
}

export function isTouched(page) {
  return page.evaluate(() => window.localStorage.getItem('touched-by-a-test') !== null)
}

// Opens the sample as a visitor opens a file, which also forgets what could be taken back: a new
// profile's shop is filled in the same way.
export async function restock(page, sample) {
  await openFile(page, sample)
  await page.locator('#done', { hasText: 'Opened “sample.sqlite”.' }).waitFor()
  await page.evaluate(() => window.localStorage.removeItem('touched-by-a-test'))
}
